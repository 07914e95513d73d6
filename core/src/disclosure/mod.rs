//! What the public may see: an allow-list projection, and nothing else.

mod counts;
mod mask;
mod surnames;

pub use counts::{suppress, suppress_table};
pub use mask::{find_secret, find_secrets, masked_name, Secret};
