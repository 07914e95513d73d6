//! `cargo run -p xtask -- TASK`: generates and checks what is committed.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask::{articles, cases, codes, commit, faces, fields, install, schemas, types, vectors};

const USAGE: &str = "usage: xtask vectors [--bless] [--coverage] [--through WUZHANG] [--only TEXT] [--dir DIR]\n       xtask cases DIR\n       xtask compare DIR LOG\n       xtask faces DIR [--check]\n       xtask install PREFIX\n       xtask fields\n       xtask wasm\n       xtask articles|codes|schemas|types|header [--check]";

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
        Some("cases") => {
            let Some(out) = args.next() else { return usage() };
            match cases::write(&default_dir(), Path::new(&out)) {
                Ok(count) => {
                    println!("{count} vectors written");
                    ExitCode::SUCCESS
                }
                Err(problem) => {
                    eprintln!("{problem}");
                    ExitCode::FAILURE
                }
            }
        }
        Some("install") => {
            let Some(prefix) = args.next() else { return usage() };
            match install::install(Path::new(&prefix)) {
                Ok(written) => {
                    for file in written {
                        println!("{file}");
                    }
                    ExitCode::SUCCESS
                }
                Err(problem) => {
                    eprintln!("{problem}");
                    ExitCode::FAILURE
                }
            }
        }
        Some("wasm") => match wasm() {
            Ok(said) => {
                print!("{said}");
                ExitCode::SUCCESS
            }
            Err(problem) => {
                eprintln!("{problem}");
                ExitCode::FAILURE
            }
        },
        Some("compare") => {
            let (Some(dir), Some(log)) = (args.next(), args.next()) else { return usage() };
            finish(cases::compare(&default_dir(), &Path::new(&dir).join("expected.log"), Path::new(&log)))
        }
        Some("faces") => {
            let Some(dir) = args.next() else { return usage() };
            finish(held(Path::new(&dir), args.next().as_deref() == Some("--check")))
        }
        Some("fields") => match fields::run(&default_dir()) {
            Ok(report) => {
                for name in &report.dead {
                    println!("no vector notices {name}");
                }
                println!("{} passed, {} failed", report.matter, report.dead.len());
                if report.dead.is_empty() {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::FAILURE
                }
            }
            Err(problem) => {
                eprintln!("{problem}");
                ExitCode::from(3)
            }
        },
        Some(task @ ("articles" | "codes" | "schemas" | "types" | "header")) => {
            let check = match args.next().as_deref() {
                None => false,
                Some("--check") => true,
                Some(_) => return usage(),
            };
            match documents(task, check) {
                Ok(()) => ExitCode::SUCCESS,
                Err(problem) => {
                    eprintln!("{problem}");
                    ExitCode::FAILURE
                }
            }
        }
        _ => usage(),
    }
}

/// The C header, and the list of its functions.
#[cfg(feature = "header")]
fn header(check: bool) -> Result<(), String> {
    let text = xtask::header::render()?;
    commit::put(xtask::header::FILE, &text, check)?;
    commit::put(xtask::header::SYMBOLS, &xtask::header::symbols(&text), check)
}

#[cfg(not(feature = "header"))]
fn header(_check: bool) -> Result<(), String> {
    Err("this needs the feature header: cargo run -p xtask --features header -- header".to_owned())
}

/// What each face can do; the list is written, or compared, when every face gave its log.
fn held(dir: &Path, check: bool) -> Result<(usize, Vec<String>), String> {
    let mut report = faces::read(dir)?;
    if report.absent.is_empty() {
        if let Err(differs) = commit::put(faces::FILE, &report.text, check) {
            report.lacks.push(differs);
        }
    } else {
        println!("no log of {}: the list is not compared", report.absent.join(", "));
    }
    Ok((report.had, report.lacks))
}

/// The WebAssembly module with its glue.
#[cfg(feature = "wasm")]
fn wasm() -> Result<String, String> {
    xtask::wasm::build(&commit::root())
}

#[cfg(not(feature = "wasm"))]
fn wasm() -> Result<String, String> {
    Err("this needs the feature wasm: cargo run -p xtask --features wasm -- wasm".to_owned())
}

/// Prints what passed and what did not.
fn finish(result: Result<(usize, Vec<String>), String>) -> ExitCode {
    match result {
        Ok((passed, failed)) => {
            for problem in &failed {
                println!("{problem}");
            }
            println!("{passed} passed, {} failed", failed.len());
            if failed.is_empty() {
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

/// Writes what is generated for the documentation, or checks it.
fn documents(task: &str, check: bool) -> Result<(), String> {
    match task {
        "articles" => commit::put(articles::FILE, &articles::render(), check),
        "codes" => commit::put(codes::FILE, &codes::render(), check),
        "types" => commit::put(types::FILE, &types::render()?, check),
        "header" => header(check),
        _ => schemas::render()?.iter().try_for_each(|(name, text)| commit::put(name, text, check)),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn default_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}
