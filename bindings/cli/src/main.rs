//! `wuzhang`, the command line of the Five-Ledger Method's rules: it reads files, asks the library,
//! and lays out the answers. No rule of the method is decided here.

mod args;
mod calls;
mod csv;
mod demo;
mod facade;
mod findings;
mod formats;
mod glance;
mod help;
mod input;
mod journal_file;
mod lang;
mod load;
mod locate;
mod places;
mod progress;
mod shell;
mod stop;
mod text;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Call, Cli};
use lang::Lang;
use shell::Shell;
use stop::{Run, Stop, INPUT, USE, WELL};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let lang = Lang::of_arguments(arguments.iter().map(String::as_str)).unwrap_or_else(Lang::of_environment);
    let shell = Shell::new(lang);
    let parsed = help::speak(Cli::command(), lang)
        .try_get_matches_from(std::env::args_os())
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; anything else is wrong use. A closed pipe is nobody's fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USE } else { WELL });
        }
    };
    ExitCode::from(match run(&shell, &cli.call) {
        Ok(code) => code,
        Err(Stop::Pipe) => WELL,
        Err(Stop::Said(code)) => code,
        Err(Stop::Use(words)) => {
            shell.complain(&words);
            USE
        }
        Err(Stop::Input(words)) => {
            shell.complain(&words);
            INPUT
        }
    })
}

fn run(shell: &Shell, call: &Call) -> Run {
    match call {
        Call::Demo(args) => calls::demo::run(shell, args),
        Call::Replay(args) => calls::replay::run(shell, args),
        Call::Duties(args) => calls::duties::run(shell, args),
        Call::Ledger(args) => calls::ledger::run(shell, args),
        Call::Case(args) => calls::one_case::run(shell, args),
        Call::Agenda(args) => calls::duties::agenda(shell, args),
        Call::Publication(args) => calls::publication::run(shell, args),
        Call::Rates(args) => calls::rates::run(shell, args),
        Call::Check(args) => calls::check::run(shell, args),
        Call::Test(args) => calls::test::run(shell, args),
        Call::Analyse(args) => calls::analyse::run(shell, args),
        Call::Diff(args) => calls::diff::run(shell, args),
        Call::Verify(args) => calls::plain::verify(shell, args),
        Call::Explain(args) => calls::plain::explain(shell, args),
        Call::Schema(args) => calls::plain::schema(shell, args),
    }
}
