//! Analysis of a policy before it binds anyone (feature `analyse`): scenarios and what they cover,
//! and what the rules allow at worst.

mod compare;
pub mod coverage;
pub mod mutate;
pub mod run;
pub mod scenario;
mod schemas;
pub mod seen;

pub use schemas::{schema, SCHEMAS};
