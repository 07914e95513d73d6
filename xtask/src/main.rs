//! `cargo run -p xtask -- TASK`: generates and checks what is committed.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask::vectors;

const USAGE: &str = "usage: xtask vectors [--bless] [--coverage] [--through WUZHANG] [--only TEXT] [--dir DIR]";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("vectors") => {
            let mut options = vectors::Options { dir: default_dir(), ..vectors::Options::default() };
            while let Some(flag) = args.next() {
                match flag.as_str() {
                    "--bless" => options.bless = true,
                    "--coverage" => options.coverage = true,
                    "--through" => options.through = args.next().map(PathBuf::from),
                    "--only" => options.only = args.next(),
                    "--dir" => options.dir = args.next().map(PathBuf::from).unwrap_or_else(default_dir),
                    _ => return usage(),
                }
            }
            match vectors::run(&options) {
                Ok(report) => {
                    print!("{}", report.text);
                    println!("{} passed, {} failed", report.passed, report.failed);
                    if report.failed == 0 {
                        ExitCode::SUCCESS
                    } else {
                        ExitCode::FAILURE
                    }
                }
                Err(problem) => {
                    eprintln!("{problem}");
                    ExitCode::from(3)
                }
            }
        }
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn default_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}
