//! One thing that is wrong with one field, worded as the API server words it.
//! Upstream: `k8s.io/apimachinery/pkg/util/validation/field`.

use serde_json::Value;
use std::fmt;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldErrorKind {
    /// It is missing.
    Required,
    /// Its value is malformed or out of bounds.
    Invalid,
    /// Its value is not one of those that are allowed.
    NotSupported,
    /// It may not be set here, or not changed.
    Forbidden,
    /// It names something that is not there.
    NotFound,
    /// Its value is taken.
    Duplicate,
    /// Its value is too long.
    TooLong,
    /// It has too many items.
    TooMany,
    /// There is no such field. Found by strict decoding, before validation.
    Unknown,
    /// Its value is of another type. Found by decoding, before validation.
    Type,
}

impl FieldErrorKind {
    /// The words in which the API prints it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FieldErrorKind::Required => "Required value",
            FieldErrorKind::Invalid => "Invalid value",
            FieldErrorKind::NotSupported => "Unsupported value",
            FieldErrorKind::Forbidden => "Forbidden",
            FieldErrorKind::NotFound => "Not found",
            FieldErrorKind::Duplicate => "Duplicate value",
            FieldErrorKind::TooLong => "Too long",
            FieldErrorKind::TooMany => "Too many",
            FieldErrorKind::Unknown => "unknown field",
            FieldErrorKind::Type => "wrong type",
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field: `spec.template.spec.containers[0].image`.
    pub path: String,
    /// What is wrong.
    pub kind: FieldErrorKind,
    /// The value that is wrong; none for kinds that do not print it.
    pub value: Option<Value>,
    /// More about it; may be empty.
    pub detail: String,
}

impl FieldError {
    /// An error without a value.
    #[must_use]
    pub fn new(path: impl Into<String>, kind: FieldErrorKind, detail: impl Into<String>) -> FieldError {
        FieldError { path: path.into(), kind, value: None, detail: detail.into() }
    }

    /// An error about a value.
    #[must_use]
    pub fn of_value(
        path: impl Into<String>,
        kind: FieldErrorKind,
        value: impl Into<Value>,
        detail: impl Into<String>,
    ) -> FieldError {
        FieldError { path: path.into(), kind, value: Some(value.into()), detail: detail.into() }
    }
}

impl fmt::Display for FieldError {
    /// As the API prints it: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FieldErrorKind::Unknown => return write!(f, "unknown field {}", go_quoted(&self.path)),
            FieldErrorKind::Type => return f.write_str(&self.detail),
            _ => {}
        }
        write!(f, "{}: {}", self.path, self.kind.as_str())?;
        match &self.value {
            Some(Value::String(text)) => write!(f, ": {}", go_quoted(text))?,
            Some(value) => write!(f, ": {}", go_json(value))?,
            None => {}
        }
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

/// Go's `%q`.
pub(crate) fn go_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if c.is_control() || c.is_whitespace() && c != ' ' || c == '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Fields in the order in which Go's structs have them, those of internal types, which have no names of their own in JSON,
/// included. Others come after them, sorted.
const IN_ORDER: [&str; 42] = [
    "Name",
    "ResourceClaimName",
    "ResourceClaimTemplateName",
    "MinAvailable",
    "Selector",
    "Protocol",
    "AppProtocol",
    "Port",
    "TargetPort",
    "NodePort",
    "Capabilities",
    "Add",
    "Drop",
    "Privileged",
    "SELinuxOptions",
    "WindowsOptions",
    "RunAsUser",
    "RunAsGroup",
    "RunAsNonRoot",
    "ReadOnlyRootFilesystem",
    "AllowPrivilegeEscalation",
    "ProcMount",
    "SeccompProfile",
    "AppArmorProfile",
    "Type",
    "LocalhostProfile",
    "Partition",
    "MaxUnavailable",
    "UnhealthyPodEvictionPolicy",
    "MaxSurge",
    "RollingUpdate",
    "matchLabels",
    "matchExpressions",
    "apiVersion",
    "kind",
    "key",
    "operator",
    "values",
    "name",
    "uid",
    "controller",
    "blockOwnerDeletion",
];

/// Go's `json.Marshal`, which also escapes what would matter in HTML.
pub(crate) fn go_json(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| IN_ORDER.iter().position(|known| known == name).unwrap_or(IN_ORDER.len()));
            let fields: Vec<_> = fields
                .into_iter()
                .map(|(name, value)| format!("{}:{}", go_json(&name.as_str().into()), go_json(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(go_json).collect::<Vec<_>>().join(",")),
        value => value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"),
    }
}

/// How `kubectl` prints the errors of one object: `The StatefulSet "web" is invalid: …`, as a list where there are several.
#[must_use]
pub fn invalid_text(kind: &str, name: &str, errors: &[FieldError]) -> String {
    match errors {
        [] => String::new(),
        [error] => format!("The {kind} {} is invalid: {error}", go_quoted(name)),
        errors => {
            // Equal errors are printed once (`errors.NewAggregate`).
            let mut lines: Vec<String> = Vec::new();
            for error in errors {
                let line = format!("* {error}");
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            match lines.as_slice() {
                [_] => invalid_text(kind, name, errors.get(..1).unwrap_or_default()),
                lines => format!("The {kind} {} is invalid: \n{}", go_quoted(name), lines.join("\n")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_error_is_printed_as_the_api_prints_it() {
        let error = FieldError::of_value("spec.replicas", FieldErrorKind::Invalid, -1, "must be greater");
        assert_eq!(error.to_string(), "spec.replicas: Invalid value: -1: must be greater");
        let error = FieldError::of_value("a", FieldErrorKind::NotFound, "x\"y", "");
        assert_eq!(error.to_string(), r#"a: Not found: "x\"y""#);
        let error = FieldError::of_value("a", FieldErrorKind::Invalid, json!({"app": "<b>"}), "d");
        assert_eq!(error.to_string(), r#"a: Invalid value: {"app":"\u003cb\u003e"}: d"#);
        assert_eq!(FieldError::new("a", FieldErrorKind::Required, "").to_string(), "a: Required value");
    }
}
