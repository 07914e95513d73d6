//! Analysis of a policy before it binds anyone (feature `analyse`): scenarios and what they cover,
//! and what the rules allow at worst.

mod abstraction;
pub mod ambiguity;
mod compare;
pub mod coverage;
pub mod delay;
pub mod difference;
pub mod draw;
mod explore;
pub mod feasibility;
mod graph;
mod guards;
pub mod lifecycle;
mod moves;
pub mod mutate;
pub mod replay;
pub mod report;
pub mod run;
pub mod scenario;
mod schemas;
pub mod seen;
mod typed;
pub mod walk;
mod witness;
mod world;

pub use schemas::{schema, SCHEMAS};
