//! Selectors as text. Upstream: `metav1.FormatLabelSelector`, `k8s.io/apimachinery/pkg/labels/selector.go: String`.

use crate::api::{LabelSelector, LabelSelectorRequirement};

/// A selector in a cell: `app=web,tier in (a,b)`.
#[must_use]
pub fn format_selector(selector: Option<&LabelSelector>) -> String {
    let text = selector_text(selector);
    if text.is_empty() { "<none>".into() } else { text }
}

/// A selector as a query; empty where it says nothing.
#[must_use]
pub fn selector_text(selector: Option<&LabelSelector>) -> String {
    let Some(selector) = selector else { return String::new() };
    let labels = selector.match_labels.iter().map(|(key, value)| (key.as_str(), format!("{key}={value}")));
    let expressions =
        selector.match_expressions.iter().map(|requirement| (requirement.key.as_str(), text(requirement)));
    let mut parts: Vec<(&str, String)> = labels.chain(expressions).collect();
    parts.sort_by_key(|(key, _)| *key);
    parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(",")
}

fn text(requirement: &LabelSelectorRequirement) -> String {
    let key = &requirement.key;
    let mut values = requirement.values.clone();
    values.sort();
    let values = values.join(",");
    match requirement.operator.as_str() {
        "In" => format!("{key} in ({values})"),
        "NotIn" => format!("{key} notin ({values})"),
        "DoesNotExist" => format!("!{key}"),
        _ => key.clone(),
    }
}
