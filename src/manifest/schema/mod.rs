//! Which fields there are and of what type: strict decoding in the words of the API server, of parts too that are
//! not simulated, and what a misspelt field may have meant.

mod check;
mod kinds;

pub use check::check;
pub use kinds::{KindInfo, Lookup, Removed, lookup, served};

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Text, with Go's name for it: `string`, `v1.RestartPolicy`.
    String(&'static str),
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// `true` or `false`.
    Bool,
    /// `100m`, `1Gi`.
    Quantity,
    /// `1` or `25%`, a port's number or name.
    IntOrString,
    /// A time.
    Time,
    /// Not looked into.
    Any,
    /// A list.
    List(Box<FieldType>),
    /// A map from text.
    Map(Box<FieldType>),
    /// A struct by its name in the schema.
    Struct(&'static str),
}

/// Fields of one struct in upstream's order.
pub type Fields = Vec<(&'static str, FieldType)>;

static STRUCTS: LazyLock<BTreeMap<&'static str, Fields>> = LazyLock::new(|| {
    let lines = include_str!("fields.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).map(|(name, fields)| (name, parse_fields(fields))).collect()
});

fn parse_fields(text: &'static str) -> Fields {
    text.split(", ").filter_map(|field| field.split_once(' ')).map(|(name, kind)| (name, parse_type(kind))).collect()
}

fn parse_type(text: &'static str) -> FieldType {
    if let Some(item) = text.strip_prefix("[]") {
        return FieldType::List(Box::new(parse_type(item)));
    }
    if let Some(value) = text.strip_prefix("{}") {
        return FieldType::Map(Box::new(parse_type(value)));
    }
    match text {
        "string" => FieldType::String("string"),
        "int32" => FieldType::Int32,
        "int64" => FieldType::Int64,
        "bool" => FieldType::Bool,
        "Quantity" => FieldType::Quantity,
        "IntOrString" => FieldType::IntOrString,
        "Time" => FieldType::Time,
        "any" => FieldType::Any,
        _ => match text.split_once('=') {
            Some((name, "string")) => FieldType::String(name),
            Some((_, _)) => FieldType::Int32,
            None => FieldType::Struct(text),
        },
    }
}

/// The fields of a struct; none for one that the schema does not have.
#[must_use]
pub fn fields(name: &str) -> Option<&'static Fields> {
    STRUCTS.get(name)
}

impl FieldType {
    /// Go's name for the type.
    #[must_use]
    pub fn go_name(&self) -> String {
        let in_package = |name: &str| {
            let name = name.strip_suffix("(1)").unwrap_or(name);
            if name.contains('.') || name == "string" { name.to_string() } else { format!("v1.{name}") }
        };
        match self {
            FieldType::String(name) | FieldType::Struct(name) => in_package(name),
            FieldType::Int32 => "int32".into(),
            FieldType::Int64 => "int64".into(),
            FieldType::Bool => "bool".into(),
            FieldType::Quantity => "resource.Quantity".into(),
            // It decodes itself, a number first.
            FieldType::IntOrString => "int32".into(),
            FieldType::Time => "v1.Time".into(),
            FieldType::Any => "interface {}".into(),
            FieldType::List(item) => format!("[]{}", item.go_name()),
            FieldType::Map(value) if **value == FieldType::Quantity => "v1.ResourceList".into(),
            FieldType::Map(value) => format!("map[string]{}", value.go_name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refers(kind: &FieldType) -> Option<&'static str> {
        match kind {
            FieldType::Struct(name) => Some(name),
            FieldType::List(item) | FieldType::Map(item) => refers(item),
            _ => None,
        }
    }

    #[test]
    fn every_struct_that_a_field_refers_to_is_there() {
        assert!(STRUCTS.len() > 100);
        for (name, fields) in STRUCTS.iter() {
            for (field, kind) in fields {
                assert!(refers(kind).is_none_or(|to| STRUCTS.contains_key(to)), "{name}.{field}");
            }
        }
    }
}
