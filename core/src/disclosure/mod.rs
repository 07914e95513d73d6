//! What the public may see: an allow-list projection, and nothing else.

mod counts;
mod mask;
mod projection;
mod surnames;

pub use counts::{suppress, suppress_table, Suppressed};
pub use mask::{find_secret, find_secrets, masked_name, Secret};
pub(crate) use projection::public_item;
pub use projection::PublicItem;
