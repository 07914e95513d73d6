//! wuzhang (五账): the rules of the Five-Ledger Method, as a library.
#![forbid(unsafe_code)]

#[cfg(feature = "analyse")]
pub mod analyse;
pub mod authority;
pub mod book;
pub mod calendar;
pub mod case;
pub mod chain;
pub mod codes;
pub mod command;
pub mod disclosure;
pub mod doc;
pub mod duty;
pub mod engine;
pub mod event;
pub mod explain;
pub mod finding;
pub mod ids;
pub mod json;
mod judge;
pub mod limits;
pub mod messages;
pub mod policy;
pub mod roster;
pub mod shape;
mod steps;
pub mod vocab;

pub use book::{verify, Book, Chaining, Check, Opened, Outcome, Verdict};
pub use case::Case;
pub use codes::Code;
pub use command::Command;
pub use engine::{Action, Applied, Engine, Status};
pub use finding::{Finding, Severity};
pub use policy::Policy;
pub use roster::Roster;

/// The examples of the documentation, run as tests.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../../README.md")]
    struct Readme;
    #[doc = include_str!("../../docs/ARCHITECTURE.md")]
    struct Architecture;
    #[doc = include_str!("../../docs/SPECIFICATION.md")]
    struct Specification;
    #[cfg(feature = "analyse")]
    #[doc = include_str!("../../docs/ANALYSE.md")]
    struct Analyse;
}
