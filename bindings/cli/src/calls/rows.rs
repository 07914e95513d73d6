//! How the rows of a view are written: for machines as the library wrote them, for people as a table.

use std::io::Write;

use serde_json::{json, Value};

use crate::args::Rows;
use crate::csv;
use crate::facade::read;
use crate::locate::{elements, member};
use crate::stop::Stop;

/// Writes an answer in one of the formats for machines; answers false for text, which is the
/// call's own. `list` names the member that holds the rows; none, when the answer is the list.
pub fn write_machine(
    out: &mut dyn Write,
    format: Rows,
    answer: &str,
    list: Option<&str>,
    fields: &[&str],
) -> Result<bool, Stop> {
    let rows = || list.map_or(Some(answer), |name| member(answer, name)).unwrap_or("[]");
    match format {
        Rows::Text => return Ok(false),
        Rows::Json => writeln!(out, "{answer}")?,
        Rows::Jsonl => {
            for row in elements(rows()) {
                writeln!(out, "{row}")?;
            }
        }
        Rows::Csv => {
            let read = read(rows());
            csv::rows(out, fields, read.as_array().map_or(&[], Vec::as_slice))?;
        }
    }
    out.flush()?;
    Ok(true)
}

/// A request's rows as values.
pub fn values(answer: &str) -> Vec<Value> {
    match read(answer) {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    }
}

/// One value on a line, and the end of the answer.
pub fn write_value(out: &mut dyn Write, value: &Value) -> Result<(), Stop> {
    writeln!(out, "{value}")?;
    out.flush()?;
    Ok(())
}

/// Names with counts, as a list of objects.
pub fn counted<'a>(counts: impl Iterator<Item = (&'a String, &'a u64)>) -> Value {
    Value::Array(counts.map(|(code, count)| json!({"code": code, "count": count})).collect())
}
