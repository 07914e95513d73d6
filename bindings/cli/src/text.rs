//! Text for people: how wide it is, what of it is safe to show, colour, and tables.

use std::io::{self, IsTerminal, Write};

use unicode_width::UnicodeWidthStr;

/// How wide a text is on a terminal: a Chinese character takes two columns.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text on one line, without what could move a cursor, ring a bell or turn the reading
/// direction: people's words reach a terminal here.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' => out.push(' '),
            char if char.is_control() => out.push('\u{fffd}'),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            char => out.push(char),
        }
    }
    out
}

/// How a piece of text is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Paint {
    /// As it is.
    #[default]
    Plain,
    /// A heading.
    Bold,
    /// Of less weight.
    Dim,
    /// Something is wrong.
    Red,
    /// Something wants looking at.
    Yellow,
    /// In order.
    Green,
    /// A place, a name.
    Blue,
}

impl Paint {
    fn code(self) -> &'static str {
        match self {
            Paint::Plain => "",
            Paint::Bold => "\u{1b}[1m",
            Paint::Dim => "\u{1b}[2m",
            Paint::Red => "\u{1b}[31m",
            Paint::Yellow => "\u{1b}[33m",
            Paint::Green => "\u{1b}[32m",
            Paint::Blue => "\u{1b}[34m",
        }
    }
}

/// How text is shown on one of the two outputs.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether there is colour.
    pub colour: bool,
    /// How many columns a line may take; without a terminal, any number.
    pub columns: usize,
}

impl Style {
    /// The style of standard output.
    pub fn of_output() -> Style {
        Style::of(io::stdout().is_terminal())
    }

    /// The style of standard error.
    pub fn of_errors() -> Style {
        Style::of(io::stderr().is_terminal())
    }

    fn of(terminal: bool) -> Style {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let columns = std::env::var("COLUMNS").ok().and_then(|value| value.parse().ok());
        Style {
            colour: terminal && !no_colour && !dumb,
            columns: if terminal { columns.unwrap_or(120).max(40) } else { usize::MAX },
        }
    }

    /// The text, painted when there is colour.
    pub fn paint(self, paint: Paint, text: &str) -> String {
        if !self.colour || paint == Paint::Plain || text.is_empty() {
            return text.to_owned();
        }
        format!("{}{text}\u{1b}[0m", paint.code())
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    text: String,
    paint: Paint,
}

impl Cell {
    /// A cell of some colour.
    pub fn painted(text: impl AsRef<str>, paint: Paint) -> Cell {
        Cell { text: clean(text.as_ref()), paint }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell::painted(text, Paint::Plain)
    }
}

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// At the right: numbers.
    Right,
    /// At the left, and broken into lines where the table is too wide.
    Wrap,
}

/// A table with aligned columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    heads: Vec<(String, Align)>,
    rows: Vec<Vec<Cell>>,
}

/// No column is broken narrower than this.
const NARROWEST: usize = 12;
const GAP: &str = "  ";

impl Table {
    /// A table with these headings.
    pub fn new<'a>(heads: impl IntoIterator<Item = (&'a str, Align)>) -> Table {
        Table { heads: heads.into_iter().map(|(head, align)| (head.to_owned(), align)).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn widths(&self, columns: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.heads.iter().map(|(head, _)| width(head)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(&cell.text));
            }
        }
        let gaps = GAP.len().saturating_mul(widths.len().saturating_sub(1));
        loop {
            let total = widths.iter().fold(gaps, |sum, width| sum.saturating_add(*width));
            let over = total.saturating_sub(columns);
            let widest = widths
                .iter_mut()
                .zip(&self.heads)
                .filter(|(width, (_, align))| *align == Align::Wrap && **width > NARROWEST)
                .map(|(width, _)| width)
                .max();
            match widest {
                Some(width) if over > 0 => *width = width.saturating_sub(over.min(8)).max(NARROWEST),
                _ => return widths,
            }
        }
    }

    /// Writes the table: headings, then the rows.
    pub fn write(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let widths = self.widths(style.columns);
        let heads: Vec<Cell> = self.heads.iter().map(|(head, _)| Cell::painted(head, Paint::Bold)).collect();
        self.write_row(&heads, &widths, style, out)?;
        let rule: Vec<Cell> =
            widths.iter().map(|width| Cell::painted("─".repeat(*width), Paint::Dim)).collect();
        self.write_row(&rule, &widths, style, out)?;
        for row in &self.rows {
            self.write_row(row, &widths, style, out)?;
        }
        Ok(())
    }

    fn write_row(&self, row: &[Cell], widths: &[usize], style: Style, out: &mut dyn Write) -> io::Result<()> {
        let broken: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, space)| if width(&cell.text) > *space { wrap(&cell.text, *space) } else { vec![cell.text.clone()] })
            .collect();
        let height = broken.iter().map(Vec::len).max().unwrap_or(0);
        let last = row.len().saturating_sub(1);
        for line in 0..height {
            let mut text = String::new();
            for (column, (((cell, parts), space), (_, align))) in
                row.iter().zip(&broken).zip(widths).zip(&self.heads).enumerate()
            {
                let part = parts.get(line).map_or("", String::as_str);
                let pad = " ".repeat(space.saturating_sub(width(part)));
                let painted = style.paint(cell.paint, part);
                match align {
                    Align::Right => {
                        text.push_str(&pad);
                        text.push_str(&painted);
                    }
                    _ => {
                        text.push_str(&painted);
                        if column < last {
                            text.push_str(&pad);
                        }
                    }
                }
                if column < last {
                    text.push_str(GAP);
                }
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

/// Breaks a text into lines of at most so many columns: at a space where there is one, between
/// Chinese characters anywhere.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for char in text.chars() {
        let mut buffer = [0u8; 4];
        let wide = width(char.encode_utf8(&mut buffer));
        if width(&line).saturating_add(wide) > columns && !line.is_empty() {
            let at = line.rfind(' ').filter(|at| *at > 0 && char.is_ascii() && char != ' ');
            let rest = at.map(|at| line.split_off(at).trim_start().to_owned()).unwrap_or_default();
            lines.push(std::mem::replace(&mut line, rest).trim_end().to_owned());
        }
        if !(line.is_empty() && char == ' ' && !lines.is_empty()) {
            line.push(char);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(table: &Table, columns: usize) -> String {
        let mut out = Vec::new();
        table.write(Style { colour: false, columns }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn chinese_takes_two_columns() {
        let mut table = Table::new([("单位", Align::Left), ("n", Align::Right), ("x", Align::Left)]);
        table.row(["王泗镇".into(), "7".into(), "a".into()]);
        table.row(["x".into(), "12".into(), "b".into()]);
        assert_eq!(shown(&table, 80), "单位     n  x\n──────  ──  ─\n王泗镇   7  a\nx       12  b\n");
    }

    #[test]
    fn wide_text_is_broken_and_narrow_is_not() {
        let mut table = Table::new([("a", Align::Left), ("b", Align::Wrap)]);
        table.row(["1".into(), "村里到镇上的路坏了很久了没有人来修".into()]);
        let shown = shown(&table, 20);
        assert!(shown.lines().all(|line| width(line) <= 20), "{shown}");
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("村路", 2), ["村", "路"]);
    }

    #[test]
    fn words_of_others_cannot_steer_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc\u{202e}d"), "a\u{fffd}[31mb cd");
    }
}
