//! The calls, one file each.

pub mod analyse;
pub mod check;
pub mod demo;
pub mod diff;
pub mod duties;
pub mod ledger;
pub mod one_case;
pub mod plain;
pub mod publication;
pub mod rates;
pub mod replay;
pub mod rows;

pub mod mutants;
pub mod scenarios;
pub mod test;
