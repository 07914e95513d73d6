//! What can be asked on the command line. The words for people stand in `help.rs`, in both languages.

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::findings::FailOn;
use crate::formats::Format;
use crate::lang::Lang;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "wuzhang", version, disable_help_subcommand = true, max_term_width = 100)]
pub struct Cli {
    /// The language.
    #[arg(long, global = true, value_name = "zh|en")]
    pub lang: Option<Lang>,
    /// The call.
    #[command(subcommand)]
    pub call: Call,
}

/// The calls.
#[derive(Debug, Subcommand)]
pub enum Call {
    /// A year of a county.
    Demo(Demo),
    /// Commands applied.
    Replay(Replay),
    /// Who owes what by when.
    Duties(Duties),
    /// A unit's ledger.
    Ledger(Ledger),
    /// One case.
    Case(Case),
    /// A person's agenda.
    Agenda(Agenda),
    /// A unit's board.
    Publication(Publication),
    /// The rates.
    Rates(Rates),
    /// Documents looked through.
    Check(Check),
    /// Scenarios run.
    Test(Test),
    /// A policy proved.
    Analyse(Analyse),
    /// Two policies side by side.
    Diff(Diff),
    /// A journal's chain.
    Verify(Verify),
    /// A code or rule in words.
    Explain(Explain),
    /// A JSON Schema.
    Schema(Schema),
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    /// For people.
    Text,
    /// One JSON value.
    Json,
    /// One row a line.
    Jsonl,
    /// For spreadsheets.
    Csv,
}

/// How a single answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum One {
    /// For people.
    Text,
    /// One JSON value.
    Json,
}

/// The documents of a book.
#[derive(Debug, Args)]
pub struct Documents {
    /// A preset's name or a path.
    #[arg(long, value_name = "P")]
    pub policy: String,
    /// A path.
    #[arg(long, value_name = "R")]
    pub roster: String,
}

/// Who looks.
#[derive(Debug, Args)]
pub struct Eyes {
    /// A person's id.
    #[arg(long, value_name = "ID")]
    pub viewer: Option<String>,
}

/// `demo`
#[derive(Debug, Args)]
pub struct Demo {
    #[arg(long, value_name = "DIR", default_value = "wuzhang-demo")]
    pub out: String,
    #[arg(long, value_name = "N")]
    pub households: Option<u32>,
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[arg(long, value_name = "Y")]
    pub year: Option<i32>,
}

/// `replay`
#[derive(Debug, Args)]
pub struct Replay {
    #[command(flatten)]
    pub documents: Documents,
    #[arg(value_name = "COMMANDS.jsonl")]
    pub commands: String,
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    #[arg(long, value_name = "OUT")]
    pub journal: Option<String>,
    #[arg(long, value_name = "OUT")]
    pub outcomes: Option<String>,
    #[arg(long)]
    pub keep_going: bool,
    #[arg(long, requires = "journal")]
    pub sync: bool,
    #[arg(long, value_name = "error|warning")]
    pub fail_on: Option<FailOn>,
    #[arg(long, value_name = "text|json", default_value = "text")]
    pub format: One,
}

/// `duties`
#[derive(Debug, Args)]
pub struct Duties {
    #[command(flatten)]
    pub documents: Documents,
    #[arg(value_name = "COMMANDS.jsonl")]
    pub commands: String,
    #[arg(long, value_name = "D")]
    pub from: String,
    #[arg(long, value_name = "D")]
    pub to: String,
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    #[arg(long, value_name = "GLOB")]
    pub rule: Option<String>,
    #[arg(long, value_name = "S")]
    pub state: Option<String>,
    #[arg(long, value_name = "ID")]
    pub subject: Option<String>,
    #[command(flatten)]
    pub eyes: Eyes,
    #[arg(long, value_name = "text|json|jsonl|csv", default_value = "text")]
    pub format: Rows,
}

/// `ledger`
#[derive(Debug, Args)]
pub struct Ledger {
    #[command(flatten)]
    pub documents: Documents,
    #[arg(value_name = "COMMANDS.jsonl")]
    pub commands: String,
    #[arg(long, value_name = "U")]
    pub unit: String,
    #[arg(long, value_name = "C")]
    pub category: Option<String>,
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub eyes: Eyes,
    #[arg(long, value_name = "text|json|jsonl|csv", default_value = "text")]
    pub format: Rows,
}

/// `case`
#[derive(Debug, Args)]
pub struct Case {
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub documents: Documents,
    #[arg(value_name = "COMMANDS.jsonl")]
    pub commands: String,
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub eyes: Eyes,
    #[arg(long, value_name = "text|json", default_value = "text")]
    pub format: One,
}

/// `agenda`
#[derive(Debug, Args)]
pub struct Agenda {
    #[arg(value_name = "PERSON")]
    pub person: String,
    #[command(flatten)]
    pub documents: Documents,
    #[arg(value_name = "COMMANDS.jsonl")]
    pub commands: String,
    #[arg(long, value_name = "T")]
    pub at: Option<String>,
    #[command(flatten)]
    pub eyes: Eyes,
    #[arg(long, value_name = "text|json|jsonl|csv", default_value = "text")]
    pub format: Rows,
}

/// `publication`
#[derive(Debug, Args)]
pub struct Publication {
    #[command(flatten)]
    pub documents: Documents,
    #[arg(value_name = "COMMANDS.jsonl")]
    pub commands: String,
    #[arg(long, value_name = "U")]
    pub unit: String,
    #[arg(long, value_name = "P")]
    pub period: String,
    #[arg(long, value_name = "text|json|jsonl|csv", default_value = "text")]
    pub format: Rows,
}

/// `rates`
#[derive(Debug, Args)]
pub struct Rates {
    #[command(flatten)]
    pub documents: Documents,
    #[arg(value_name = "COMMANDS.jsonl")]
    pub commands: String,
    #[arg(long, value_name = "D")]
    pub from: String,
    #[arg(long, value_name = "D")]
    pub to: String,
    #[arg(long, value_name = "U")]
    pub unit: Option<String>,
    #[command(flatten)]
    pub eyes: Eyes,
    #[arg(long, value_name = "text|json|jsonl|csv", default_value = "text")]
    pub format: Rows,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    #[arg(long, value_name = "P")]
    pub policy: Option<String>,
    #[arg(long, value_name = "R")]
    pub roster: Option<String>,
    #[arg(long, value_name = "D")]
    pub on: Option<String>,
    #[arg(long, value_name = "error|warning", default_value = "error")]
    pub fail_on: FailOn,
    #[arg(long, value_name = "text|json|jsonl|sarif|junit|github", default_value = "text")]
    pub format: Format,
}

/// `test`
#[derive(Debug, Args)]
pub struct Test {
    #[arg(value_name = "DIR|FILE", required = true)]
    pub paths: Vec<String>,
    #[arg(long, value_name = "P")]
    pub policy: Option<String>,
    #[arg(long)]
    pub coverage: bool,
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u64).range(0..=100))]
    pub fail_under: Option<u64>,
    #[arg(long)]
    pub mutate: bool,
    #[arg(long, value_name = "error|warning", default_value = "error")]
    pub fail_on: FailOn,
    #[arg(long, value_name = "text|json|jsonl|sarif|junit|github", default_value = "text")]
    pub format: Format,
}

/// The parts of an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The state space.
    Explore,
    /// The longest waits.
    Delay,
    /// Whether the quotas can be kept.
    Feasibility,
    /// The clauses with several readings.
    Ambiguities,
}

/// `analyse`
#[derive(Debug, Args)]
pub struct Analyse {
    #[arg(value_name = "POLICY")]
    pub subject: String,
    #[arg(long, value_name = "explore|delay|feasibility|ambiguities", value_delimiter = ',')]
    pub only: Vec<Part>,
    #[arg(long, value_name = "R")]
    pub roster: Option<String>,
    #[arg(long, value_name = "COMMANDS.jsonl", requires = "roster")]
    pub history: Option<String>,
    #[arg(long, value_name = "Y")]
    pub year: Vec<u32>,
    #[arg(long)]
    pub prompt: bool,
    #[arg(long, value_name = "V")]
    pub visits_per_day: Option<u32>,
    #[arg(long, value_name = "N")]
    pub most_states: Option<usize>,
    #[arg(long, value_name = "DIR")]
    pub witnesses: Option<String>,
    #[arg(long, value_name = "DIR")]
    pub draw: Option<String>,
    #[arg(long, value_name = "N", conflicts_with_all = ["only", "witnesses", "draw"])]
    pub walks: Option<usize>,
    #[arg(long, value_name = "N", requires = "walks")]
    pub seed: Option<u64>,
    #[arg(long, value_name = "error|warning", default_value = "error")]
    pub fail_on: FailOn,
    #[arg(long, value_name = "text|json", default_value = "text")]
    pub format: One,
}

/// `diff`
#[derive(Debug, Args)]
pub struct Diff {
    #[arg(value_name = "OLD")]
    pub old: String,
    #[arg(value_name = "NEW")]
    pub new: String,
    #[arg(long, value_name = "COMMANDS.jsonl", requires = "roster")]
    pub replay: Option<String>,
    #[arg(long, value_name = "R")]
    pub roster: Option<String>,
    #[arg(long, value_name = "T", requires = "replay")]
    pub as_of: Option<String>,
    #[arg(long, value_name = "error|warning")]
    pub fail_on: Option<FailOn>,
    #[arg(long, value_name = "text|json", default_value = "text")]
    pub format: One,
}

/// `verify`
#[derive(Debug, Args)]
pub struct Verify {
    #[arg(value_name = "JOURNAL")]
    pub journal: String,
    #[arg(long, value_name = "HASH")]
    pub head: Option<String>,
    #[arg(long, value_name = "N")]
    pub count: Option<u64>,
    #[arg(long, value_name = "text|json", default_value = "text")]
    pub format: One,
}

/// `explain`
#[derive(Debug, Args)]
pub struct Explain {
    #[arg(value_name = "CODE")]
    pub code: String,
    #[arg(long, value_name = "P")]
    pub policy: Option<String>,
    #[arg(long, value_name = "text|json", default_value = "text")]
    pub format: One,
}

/// `schema`
#[derive(Debug, Args)]
pub struct Schema {
    #[arg(value_name = "NAME")]
    pub name: String,
}
