//! A table as the API server hands it out, and as `kubectl get` prints it.
//! Upstream: `cli-runtime/pkg/printers/tableprinter.go`.

use super::tabwriter::TabWriter;
use crate::api::Labels;

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// Whether it is printed for `-o wide` alone.
    pub is_wide: bool,
}

/// A column that is always printed.
pub const fn always(name: &'static str) -> Column {
    Column { name, is_wide: false }
}

/// A column of `-o wide`.
pub const fn wide(name: &'static str) -> Column {
    Column { name, is_wide: true }
}

/// One object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<String>,
    /// The object's namespace.
    pub namespace: String,
    /// The object's labels.
    pub labels: Labels,
}

/// What is added to a table and left out of it.
#[derive(Clone, Debug, Default)]
pub struct Decoration<'a> {
    /// Print the columns of `-o wide`.
    pub is_wide: bool,
    /// Print no headings.
    pub no_headers: bool,
    /// Print the namespace first.
    pub with_namespace: bool,
    /// Print this and a slash before the name.
    pub kind: Option<&'a str>,
    /// Labels with a column of their own.
    pub label_columns: &'a [String],
    /// Print all labels last.
    pub show_labels: bool,
}

impl Decoration<'_> {
    /// The headings, cells ending with tabs.
    #[must_use]
    pub fn headings(&self, columns: &[Column]) -> String {
        let mut names: Vec<String> = vec![];
        names.extend(self.with_namespace.then(|| "NAMESPACE".into()));
        names.extend(columns.iter().filter(|column| self.shows(**column)).map(|column| column.name.to_uppercase()));
        let last = |label: &str| label.rsplit('/').next().unwrap_or_default().to_uppercase();
        names.extend(self.label_columns.iter().map(|label| last(label)));
        names.extend(self.show_labels.then(|| "LABELS".into()));
        names.join("\t") + "\n"
    }

    /// One row, cells ending with tabs.
    #[must_use]
    pub fn row(&self, columns: &[Column], row: &Row) -> String {
        let mut cells: Vec<String> = vec![];
        cells.extend(self.with_namespace.then(|| row.namespace.clone()));
        for (column, cell) in columns.iter().zip(&row.cells).filter(|(column, _)| self.shows(**column)) {
            let prefix = self.kind.filter(|_| column.name == "Name").map(|kind| format!("{kind}/")).unwrap_or_default();
            cells.push(prefix + &escaped(cell));
        }
        let label = |name: &String| row.labels.get(name).cloned().unwrap_or_default();
        cells.extend(self.label_columns.iter().map(label));
        cells.extend(self.show_labels.then(|| format_labels(&row.labels)));
        cells.join("\t") + "\n"
    }

    fn shows(&self, column: Column) -> bool {
        self.is_wide || !column.is_wide
    }
}

/// Aligned rows under their headings; nothing where there are no rows.
#[must_use]
pub fn print(columns: &[Column], rows: &[Row], decoration: &Decoration<'_>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = if decoration.no_headers { String::new() } else { decoration.headings(columns) };
    text.extend(rows.iter().map(|row| decoration.row(columns, row)));
    TabWriter::of_tables().align(&text)
}

/// Labels in one cell (`labels.FormatLabels`).
#[must_use]
pub fn format_labels(labels: &Labels) -> String {
    if labels.is_empty() {
        return "<none>".into();
    }
    labels.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",")
}

/// A cell on one line, without what a terminal would obey (`printTable`, `WriteEscaped`).
fn escaped(cell: &str) -> String {
    let (line, more) = match cell.find(['\n', '\r', '\u{c}']) {
        Some(end) => (cell.get(..end).unwrap_or_default(), "..."),
        None => (cell, ""),
    };
    line.replace('\u{1b}', "^[") + more
}
