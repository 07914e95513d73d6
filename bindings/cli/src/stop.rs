//! How a call ends before its end, and the exit codes.

use std::io;

/// All well.
pub const WELL: u8 = 0;
/// Findings of the threshold's severity.
pub const FINDINGS: u8 = 1;
/// Wrong use.
pub const USE: u8 = 2;
/// Input that cannot be read.
pub const INPUT: u8 = 3;

/// Why a call stops.
#[derive(Debug)]
pub enum Stop {
    /// Whoever reads our output has gone; that is his right, and nothing to complain of.
    Pipe,
    /// Wrong use, in words.
    Use(String),
    /// Input that cannot be read, or output that cannot be written, in words.
    Input(String),
    /// Everything was said already.
    Said(u8),
}

/// What a call comes to: its exit code.
pub type Run = Result<u8, Stop>;

/// Output that failed: only standard output is written without a name.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Pipe,
            _ => Stop::Input(format!("标准输出 / standard output: {error}")),
        }
    }
}
