//! The JSONPath of `kubectl`: what `-o jsonpath`, `-o custom-columns` and `--sort-by` take.
//! Upstream: `k8s.io/client-go/util/jsonpath`.

mod compare;
mod eval;
mod parse;

pub use compare::sorted;

use super::golang;
use serde_json::Value;
use std::borrow::Cow;

/// A template that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonPath {
    nodes: Vec<Node>,
}

/// One part of a template (`jsonpath/node.go`).
#[derive(Clone, Debug, PartialEq)]
enum Node {
    /// What was written in braces.
    List(Vec<Node>),
    /// Text outside of braces, or in quotes.
    Text(String),
    /// `.name`.
    Field(String),
    /// `[from:to:step]`; a single index has a derived end.
    Array([Bound; 3]),
    /// `[?(left operator right)]`.
    Filter { left: Vec<Node>, right: Vec<Node>, operator: String },
    /// A number.
    Number(serde_json::Number),
    /// `true` or `false`.
    Bool(bool),
    /// `.*`.
    Wildcard,
    /// `..`.
    Recursive,
    /// `[a,b]`.
    Union(Vec<Vec<Node>>),
    /// `range`, `end`, or a word that means nothing.
    Identifier(String),
}

/// One bound of a slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bound {
    value: Option<i64>,
    is_derived: bool,
}

/// Values found, each of the object or made by the template.
pub type Found<'a> = Vec<Cow<'a, Value>>;

impl JsonPath {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<JsonPath, String> {
        parse::template(text).map(|nodes| JsonPath { nodes })
    }

    /// Reads a path as `--sort-by` and `-o custom-columns` take it: the braces and the first dot may be missing
    /// (`kubectl/pkg/cmd/get/customcolumn.go: RelaxedJSONPathExpression`).
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse_relaxed(text: &str) -> Result<JsonPath, String> {
        JsonPath::parse(&relaxed(text)?)
    }

    /// What each part of the template finds; a field that is missing finds nothing.
    ///
    /// # Errors
    /// What cannot be done with the object.
    pub fn find<'a>(&self, object: &'a Value) -> Result<Vec<Found<'a>>, String> {
        eval::find(&self.nodes, object)
    }

    /// What the template prints.
    ///
    /// # Errors
    /// As [`JsonPath::find`].
    pub fn print(&self, object: &Value) -> Result<String, String> {
        let parts = self.find(object)?;
        let texts = parts.iter().map(|found| found.iter().map(|value| text_of(value)).collect::<Vec<_>>().join(" "));
        Ok(texts.collect())
    }

    /// What the template prints for `-o jsonpath-as-json`: each part as a JSON list.
    ///
    /// # Errors
    /// As [`JsonPath::find`].
    pub fn print_as_json(&self, object: &Value) -> Result<String, String> {
        let parts = self.find(object)?;
        let lists = parts.into_iter().map(|found| found.into_iter().map(Cow::into_owned).collect());
        Ok(lists.map(|list| golang::json_indented(&Value::Array(list)) + "\n").collect())
    }
}

/// A path with its braces and its first dot.
///
/// # Errors
/// Where it is none.
pub fn relaxed(text: &str) -> Result<String, String> {
    let inner = text.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(text);
    let inner = inner.strip_prefix('.').unwrap_or(inner);
    if text.is_empty() {
        return Ok(String::new());
    }
    if inner.is_empty() || inner.contains(['{', '}']) {
        return Err("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or \
                    '{.name1.name2}'"
            .into());
    }
    Ok(format!("{{.{inner}}}"))
}

/// `evalToText`, and JSON for what has parts.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Array(_) | Value::Object(_) => golang::json(value),
        scalar => golang::plain(scalar),
    }
}
