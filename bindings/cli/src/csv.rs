//! CSV as Excel opens it: UTF-8 with a byte order mark, CRLF, RFC 4180 quotes, and no cell that a
//! spreadsheet would take for a formula.

use std::io::{self, Write};

use serde_json::Value;

use crate::words::cell;

/// Writes the byte order mark and the headings.
pub fn begin(out: &mut dyn Write, heads: &[impl AsRef<str>]) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    line(out, heads)
}

/// Writes a line of cells.
pub fn line(out: &mut dyn Write, cells: &[impl AsRef<str>]) -> io::Result<()> {
    for (index, text) in cells.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        out.write_all(quoted(text.as_ref()).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// Writes rows of objects by the names of their fields; `a.b` is the field `b` of `a`.
pub fn rows(out: &mut dyn Write, fields: &[&str], rows: &[Value]) -> io::Result<()> {
    begin(out, fields)?;
    for row in rows {
        let cells: Vec<String> = fields.iter().map(|field| cell(field_of(row, field))).collect();
        line(out, &cells)?;
    }
    Ok(())
}

/// The value of a field, or of a field of a field.
pub fn field_of<'v>(row: &'v Value, field: &str) -> Option<&'v Value> {
    field.split('.').try_fold(row, |value, name| value.get(name))
}

fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_quoted_and_are_no_formulas() {
        let mut out = Vec::new();
        let row = json!({"a": "=1+1", "b": "x,\"y\"\nz", "c": {"of": 3}, "d": null, "e": ["v1", "v2"], "f": -5});
        rows(&mut out, &["a", "b", "c.of", "d", "e", "f"], &[row]).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\u{feff}a,b,c.of,d,e,f\r\n'=1+1,\"x,\"\"y\"\"\nz\",3,,v1 v2,'-5\r\n");
        assert_eq!(quoted("@x"), "'@x");
        assert_eq!(quoted("+86"), "'+86");
    }
}
