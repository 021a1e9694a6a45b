//! `-o custom-columns`. Upstream: `k8s.io/kubectl/pkg/cmd/get/customcolumn.go`.

use super::golang;
use super::jsonpath::JsonPath;
use super::tabwriter::TabWriter;
use serde_json::Value;

/// A column: its heading, and the path to its cells.
pub type CustomColumn = (String, JsonPath);

/// Objects in the columns of a specification: `NAME:.metadata.name,NODE:.spec.nodeName`.
///
/// # Errors
/// What is wrong with the specification, and what cannot be done with an object.
pub fn print(objects: &[Value], spec: &str, no_headers: bool) -> Result<String, String> {
    Ok(TabWriter::of_tables().align(&rows(objects, &parse(spec)?, !no_headers)?))
}

/// Reads a specification.
///
/// # Errors
/// What is wrong with it.
pub fn parse(spec: &str) -> Result<Vec<CustomColumn>, String> {
    if spec.is_empty() {
        return Err("custom-columns format specified but no custom columns given".into());
    }
    let column = |part: &str| match part.split_once(':') {
        Some((heading, path)) => Ok((heading.to_owned(), JsonPath::parse_relaxed(path)?)),
        None => Err(format!("unexpected custom-columns spec: {part}, expected <header>:<json-path-expr>")),
    };
    spec.split(',').map(column).collect()
}

/// Rows whose cells end with tabs, below their headings if there are to be some.
///
/// # Errors
/// What cannot be done with an object.
pub fn rows(objects: &[Value], columns: &[CustomColumn], is_headed: bool) -> Result<String, String> {
    let mut out = String::new();
    if is_headed {
        let headings: Vec<&str> = columns.iter().map(|(heading, _)| heading.as_str()).collect();
        out = headings.join("\t") + "\n";
    }
    for object in objects {
        let cells: Vec<String> = columns.iter().map(|(_, path)| cell(object, path)).collect::<Result<_, _>>()?;
        out += &cells.join("\t");
        out.push('\n');
    }
    Ok(out)
}

fn cell(object: &Value, path: &JsonPath) -> Result<String, String> {
    let found = path.find(object)?;
    let mut texts: Vec<String> = vec![];
    if found.first().is_none_or(Vec::is_empty) {
        texts.push("<none>".into());
    }
    texts.extend(found.iter().flatten().map(|value| golang::plain(value).replace('\u{1b}', "^[")));
    Ok(texts.join(","))
}
