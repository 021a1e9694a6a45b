//! Cells that end with a tab, made into columns of spaces.
//! Upstream: `text/tabwriter`, and `github.com/liggitt/tabwriter`, which remembers widths.

use std::fmt::Write as _;

/// Aligns text: cells end with a tab, lines with a newline. Lines that follow one another and have a cell at a place share
/// the width of that column; the last cell of a line belongs to no column.
#[derive(Clone, Debug)]
pub struct TabWriter {
    /// The least width of a column.
    least: usize,
    /// Spaces after the widest cell of a column.
    padding: usize,
    /// The widest that each column has been, where widths are remembered.
    remembered: Option<Vec<usize>>,
}

impl TabWriter {
    /// The one of tables (`cli-runtime/pkg/printers/tabwriter.go: GetNewTabWriter`).
    #[must_use]
    pub fn of_tables() -> TabWriter {
        TabWriter { least: 6, padding: 3, remembered: Some(vec![]) }
    }

    /// The one of descriptions (`kubectl/pkg/describe: tabbedString`).
    #[must_use]
    pub fn of_descriptions() -> TabWriter {
        TabWriter { least: 0, padding: 2, remembered: None }
    }

    /// Aligns some lines; where widths are remembered, columns are no narrower than those of earlier lines.
    pub fn align(&mut self, text: &str) -> String {
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        let mut out = String::with_capacity(text.len() * 2);
        self.format(&lines, &mut vec![], &mut out);
        if !text.ends_with('\n') {
            out.pop();
        }
        out
    }

    /// Writes lines whose first columns are as wide as `widths` says; looks for blocks of lines in the next column.
    fn format(&mut self, lines: &[Vec<&str>], widths: &mut Vec<usize>, out: &mut String) {
        let column = widths.len();
        let mut rest = lines;
        while let Some(first) = rest.first() {
            if column + 1 >= first.len() {
                write_line(first, widths, out);
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let length = rest.iter().take_while(|line| column + 1 < line.len()).count();
            let (block, after) = rest.split_at(length);
            let cells = block.iter().filter_map(|line| line.get(column));
            let widest = cells.map(|cell| cell.chars().count() + self.padding).max().unwrap_or(0);
            let width = self.remember(widths, widest.max(self.least));
            widths.push(width);
            self.format(block, widths, out);
            widths.pop();
            rest = after;
        }
    }

    /// The width of the next column, no less than it has been.
    fn remember(&mut self, widths: &[usize], width: usize) -> usize {
        let Some(remembered) = &mut self.remembered else { return width };
        remembered.extend_from_slice(widths.get(remembered.len()..).unwrap_or_default());
        match remembered.get_mut(widths.len()) {
            Some(known) => {
                *known = width.max(*known);
                *known
            }
            None => {
                remembered.push(width);
                width
            }
        }
    }
}

fn write_line(cells: &[&str], widths: &[usize], out: &mut String) {
    for (index, cell) in cells.iter().enumerate() {
        match widths.get(index) {
            Some(width) if index + 1 < cells.len() => {
                let _ = write!(out, "{cell:width$}");
            }
            _ => out.push_str(cell),
        }
    }
    out.push('\n');
}
