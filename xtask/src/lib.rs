//! Generates and checks what is committed: the shared vectors, the schemas, the rule table.
#![forbid(unsafe_code)]

pub mod articles;
pub mod cases;
pub mod codes;
pub mod commit;
pub mod faces;
pub mod fields;
#[cfg(feature = "header")]
pub mod header;
pub mod install;
pub mod schemas;
pub mod steps;
pub mod types;
pub mod vectors;
#[cfg(feature = "wasm")]
pub mod wasm;
