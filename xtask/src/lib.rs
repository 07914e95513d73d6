//! Generates and checks what is committed: the shared vectors, the schemas, the rule table.
#![forbid(unsafe_code)]

pub mod vectors;
