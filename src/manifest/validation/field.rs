//! A field with its path, and the list of what is wrong.

use crate::api::Quantity;
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use serde_json::Value;

/// A field, there or not, and its path.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    pub path: String,
    pub value: &'a Value,
}

const NOTHING: &Value = &Value::Null;

impl<'a> Field<'a> {
    pub fn root(value: &'a Value) -> Field<'a> {
        Field { path: String::new(), value }
    }

    /// A field of this one.
    pub fn at(&self, name: &str) -> Field<'a> {
        let path = if self.path.is_empty() { name.to_string() } else { format!("{}.{name}", self.path) };
        Field { path, value: self.value.get(name).unwrap_or(NOTHING) }
    }

    /// The same field under another path: upstream's paths are not always true.
    pub fn called(&self, path: String) -> Field<'a> {
        Field { path, value: self.value }
    }

    /// An entry of this map.
    pub fn key(&self, key: &str) -> Field<'a> {
        Field { path: format!("{}[{key}]", self.path), value: self.value.get(key).unwrap_or(NOTHING) }
    }

    /// The items of this list.
    pub fn items(&self) -> impl Iterator<Item = Field<'a>> + use<'a> {
        let path = self.path.clone();
        let items = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(move |(index, value)| Field { path: format!("{path}[{index}]"), value })
    }

    /// The entries of this map, sorted.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Field<'a>)> + use<'a> {
        let path = self.path.clone();
        let entries = self.value.as_object().into_iter().flatten();
        entries.map(move |(key, value)| (key.as_str(), Field { path: format!("{path}[{key}]"), value }))
    }

    /// Whether it is there.
    pub fn is_set(&self) -> bool {
        !self.value.is_null()
    }

    /// Whether it is missing, or an empty text, list or map.
    pub fn is_empty(&self) -> bool {
        is_empty(self.value)
    }

    /// Its text; empty where it is none.
    pub fn text(&self) -> &'a str {
        self.value.as_str().unwrap_or_default()
    }

    /// Its number; 0 where it is none.
    pub fn int(&self) -> i64 {
        self.value.as_i64().unwrap_or_default()
    }

    /// Its quantity, if it is one.
    pub fn quantity(&self) -> Option<Quantity> {
        match self.value {
            Value::String(text) => Quantity::parse(text),
            Value::Number(number) => Quantity::parse(&number.to_string()),
            _ => None,
        }
    }
}

/// Go's empty values, which it does not tell from missing ones.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Whether two values mean the same: `apiequality.Semantic.DeepEqual`.
pub(super) fn is_equal(a: &Value, b: &Value) -> bool {
    equal_within(a, b, false)
}

fn equal_within(a: &Value, b: &Value, are_quantities: bool) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => a.keys().chain(b.keys()).all(|key| {
            let are_quantities = matches!(key.as_str(), "requests" | "limits" | "capacity" | "overhead")
                || are_quantities && !matches!(key.as_str(), "claims");
            equal_within(a.get(key).unwrap_or(NOTHING), b.get(key).unwrap_or(NOTHING), are_quantities)
        }),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal_within(a, b, are_quantities))
        }
        _ if are_quantities => {
            let quantity = |value| Field::root(value).quantity();
            a == b || quantity(a).is_some_and(|a| quantity(b) == Some(a))
        }
        _ => a == b || is_empty(a) && is_empty(b),
    }
}

/// What is wrong, in the order of upstream.
#[derive(Clone, Debug, Default)]
pub(super) struct Errors(pub Vec<FieldError>);

impl Errors {
    pub fn required(&mut self, field: &Field, detail: &str) {
        self.0.push(FieldError::new(field.path.clone(), FieldErrorKind::Required, detail));
    }

    pub fn forbidden(&mut self, field: &Field, detail: &str) {
        self.0.push(FieldError::new(field.path.clone(), FieldErrorKind::Forbidden, detail));
    }

    /// The field's own value is invalid.
    pub fn invalid(&mut self, field: &Field, detail: &str) {
        self.invalid_value(field, field.value.clone(), detail);
    }

    /// A value is invalid that is not quite the field's own.
    pub fn invalid_value(&mut self, field: &Field, value: impl Into<Value>, detail: &str) {
        self.0.push(FieldError::of_value(field.path.clone(), FieldErrorKind::Invalid, value, detail));
    }

    pub fn too_many(&mut self, field: &Field, most: usize) {
        let count = field.items().count();
        let detail = format!("must have at most {most} items");
        self.0.push(FieldError::of_value(field.path.clone(), FieldErrorKind::TooMany, count, detail));
    }

    /// Longer than some bytes.
    pub fn too_long(&mut self, field: &Field, most: usize) {
        let detail = format!("may not be more than {most} bytes");
        self.0.push(FieldError::new(field.path.clone(), FieldErrorKind::TooLong, detail));
    }

    pub fn duplicate(&mut self, field: &Field, value: impl Into<Value>) {
        self.0.push(FieldError::of_value(field.path.clone(), FieldErrorKind::Duplicate, value, ""));
    }

    pub fn not_found(&mut self, field: &Field) {
        self.0.push(FieldError::of_value(field.path.clone(), FieldErrorKind::NotFound, field.text(), ""));
    }

    pub fn not_found_among(&mut self, field: &Field, value: &str, detail: &str) {
        self.0.push(FieldError::of_value(field.path.clone(), FieldErrorKind::NotFound, value, detail));
    }

    pub fn not_supported(&mut self, field: &Field, value: impl Into<Value>, supported: &[&str]) {
        let listed: Vec<String> = supported.iter().map(|value| format!("\"{value}\"")).collect();
        let detail = format!("supported values: {}", listed.join(", "));
        self.0.push(FieldError::of_value(field.path.clone(), FieldErrorKind::NotSupported, value, detail));
    }

    /// The text must be one of some. Where it is missing, `is_required` says whether that is wrong too.
    pub fn one_of(&mut self, field: &Field, supported: &[&str], is_required: bool) {
        match field.text() {
            "" if is_required => self.required(field, ""),
            "" => {}
            text if supported.contains(&text) => {}
            text => self.not_supported(field, text, supported),
        }
    }

    /// Every message is an error about the field's own value.
    pub fn all_invalid(&mut self, field: &Field, messages: Vec<String>) {
        for message in messages {
            self.invalid(field, &message);
        }
    }

    pub fn non_negative(&mut self, field: &Field) {
        if field.int() < 0 {
            self.invalid(field, "must be greater than or equal to 0");
        }
    }

    pub fn port(&mut self, field: &Field) {
        if !(1..=65535).contains(&field.int()) {
            self.invalid_value(field, field.int(), "must be between 1 and 65535, inclusive");
        }
    }

    pub fn immutable(&mut self, old: &Field, new: &Field) {
        if !is_equal(old.value, new.value) {
            self.invalid(new, "field is immutable");
        }
    }
}
