//! Values of another type or form than the field takes.

use super::edits::{insert, quoted_like, replace, replace_scalar};
use super::layout::into_list;
use super::{fix, guess, offer};
use crate::api::Quantity;
use crate::manifest::diagnostic::Fix;
use crate::manifest::field_error::FieldError;
use crate::manifest::words::Repair;
use crate::manifest::yaml::Node;
use serde_json::Value;

/// A value of another type.
pub(super) fn wrong_type(text: &str, file: usize, node: &Node, error: &FieldError) -> Option<Fix> {
    let range = node.span.range();
    let written = text.get(range.clone())?;
    if written.is_empty() || written.starts_with(['*', '&', '!']) {
        return None;
    }
    let detail = error.detail.as_str();
    if detail.starts_with("quantities") {
        return quantity(text, file, node);
    }
    let is_wanted = |kind: &str| detail.ends_with(&format!("of type {kind}"));
    let is_int = is_wanted("int32") || is_wanted("int64");
    match error.value.as_ref()? {
        Value::Number(_) | Value::Bool(_) if is_wanted("string") => {
            let is_one_line = !written.contains(['\n', '"']);
            is_one_line.then(|| fix(&Repair::Quote, vec![replace(file, range, format!("\"{written}\""))]))
        }
        Value::Number(number) if is_int => {
            // `2.0`.
            let whole = number.to_string();
            let whole = whole.strip_suffix(".0")?;
            Some(fix(&Repair::ChangeTo { from: written.into(), to: whole.into() }, vec![replace(file, range, whole)]))
        }
        Value::String(word) if is_int => {
            let number = word.trim().parse::<i64>().ok()?.to_string();
            Some(fix(&Repair::Unquote, vec![replace(file, range, number)]))
        }
        Value::String(word) if is_wanted("bool") => {
            let value = match word.trim().to_lowercase().as_str() {
                "true" | "yes" | "on" => "true",
                "false" | "no" | "off" => "false",
                _ => return None,
            };
            Some(fix(&Repair::Unquote, vec![replace(file, range, value)]))
        }
        Value::String(_) if is_wanted("[]string") && !written.contains('\n') => {
            offer(&Repair::MakeList, Some(vec![insert(file, range.start, "["), insert(file, range.end, "]")]))
        }
        Value::Object(_) if detail.contains("of type []") && !is_wanted("[]string") => {
            offer(&Repair::MakeList, into_list(text, file, node))
        }
        _ => None,
    }
}

/// Units as people write them, and as Kubernetes does.
const UNITS: [(&str, &str); 22] = [
    ("kib", "Ki"),
    ("mib", "Mi"),
    ("gib", "Gi"),
    ("tib", "Ti"),
    ("ki", "Ki"),
    ("mi", "Mi"),
    ("gi", "Gi"),
    ("ti", "Ti"),
    ("kb", "k"),
    ("mb", "M"),
    ("gb", "G"),
    ("tb", "T"),
    ("k", "k"),
    ("g", "G"),
    ("t", "T"),
    ("b", ""),
    ("bytes", ""),
    ("cpu", ""),
    ("cpus", ""),
    ("core", ""),
    ("cores", ""),
    ("milli", "m"),
];

/// An amount with the unit that is meant.
pub(super) fn meant_quantity(written: &str) -> Option<String> {
    let text: String = written.trim().chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".");
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    if number.is_empty() {
        return None;
    }
    let lower = unit.to_lowercase();
    let as_is = Quantity::parse(&text).map(|_| text.clone());
    let meant = as_is.or_else(|| {
        let (_, unit) = UNITS.iter().find(|(written, _)| *written == lower)?;
        Some(format!("{number}{unit}"))
    })?;
    Quantity::parse(&meant).filter(|_| meant != written).map(|_| meant)
}

fn quantity(text: &str, file: usize, node: &Node) -> Option<Fix> {
    let value = node.as_str()?;
    let meant = meant_quantity(value)?;
    let range = node.span.range();
    let edit = match text.get(range.clone())? {
        // An amount needs no quotes, be it a number or not.
        written if written.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            replace(file, range, meant.as_str())
        }
        _ => replace_scalar(text, file, node, &meant)?,
    };
    Some(fix(&Repair::ChangeTo { from: value.into(), to: meant }, vec![edit]))
}

/// A word that is one of those that are supported but for a letter, or the only one that is.
pub(super) fn supported(text: &str, file: usize, node: &Node, error: &FieldError) -> Option<Fix> {
    let (_, listed) = error.detail.split_once("supported values: ")?;
    let words: Vec<&str> = listed.split(", ").map(|word| word.trim_matches('"')).collect();
    let node = word_of(node, error)?;
    let value = node.as_str()?;
    let meant = match words.as_slice() {
        [only] => only,
        words => guess::nearest(words.iter().copied(), value)?,
    };
    let edit = replace_scalar(text, file, node, meant)?;
    Some(fix(&Repair::ChangeTo { from: value.into(), to: meant.into() }, vec![edit]))
}

/// The word that an error about a list, or about a block with a `type`, means.
fn word_of<'a>(node: &'a Node, error: &FieldError) -> Option<&'a Node> {
    if node.as_str().is_some() {
        return Some(node);
    }
    if let Some(items) = node.as_sequence() {
        let value = error.value.as_ref()?.as_str()?;
        return items.iter().map(|item| &**item).find(|item| item.as_str() == Some(value));
    }
    Some(&node.get("type")?.value)
}

/// The type of an update strategy, but for a letter.
pub(super) fn strategy(text: &str, file: usize, node: &Node) -> Option<Fix> {
    let entry = node.get("type")?;
    let value = entry.value.as_str()?;
    let meant = guess::nearest(["RollingUpdate", "OnDelete"], value)?;
    let edit = replace(file, entry.value.span.range(), quoted_like(text.get(entry.value.span.range())?, meant));
    Some(fix(&Repair::ChangeTo { from: value.into(), to: meant.into() }, vec![edit]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_recognised_as_people_write_it() {
        for (written, meant) in [
            ("500 m", Some("500m")),
            ("1GB", Some("1G")),
            ("1 GiB", Some("1Gi")),
            ("64mi", Some("64Mi")),
            ("512mb", Some("512M")),
            ("0,5", Some("0.5")),
            ("2 cores", Some("2")),
            ("much", None),
            ("1x", None),
        ] {
            assert_eq!(meant_quantity(written).as_deref(), meant, "{written}");
        }
    }
}
