//! Analysis of a policy before it binds anyone (feature `analyse`): scenarios and what they cover,
//! and what the rules allow at worst.

pub mod scenario;
