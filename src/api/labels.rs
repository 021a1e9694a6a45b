//! Labels and the selectors that match them. Upstream: `k8s.io/apimachinery/pkg/labels`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Labels, annotations and node selectors: names to values, in the order of the names.
pub type Labels = BTreeMap<String, String>;

/// Characters that the value of a label may have.
pub const MAX_LABEL_VALUE: usize = 63;

/// `metav1.LabelSelector`: all parts must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelector {
    /// Labels that must have exactly these values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: Labels,
    /// Requirements on single labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// One requirement of a selector.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelSelectorRequirement {
    /// The label's name.
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: String,
    /// The values that `In` and `NotIn` compare with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

impl LabelSelector {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.match_labels.is_empty() && self.match_expressions.is_empty()
    }

    /// Whether labels satisfy the selector. An unknown operator satisfies nothing; an empty selector, everything.
    #[must_use]
    pub fn matches(&self, labels: &Labels) -> bool {
        self.match_labels.iter().all(|(key, value)| labels.get(key) == Some(value))
            && self.match_expressions.iter().all(|requirement| requirement.matches(labels))
    }
}

impl LabelSelectorRequirement {
    fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(&self.key);
        match self.operator.as_str() {
            "In" => value.is_some_and(|value| self.values.contains(value)),
            "NotIn" => value.is_none_or(|value| !self.values.contains(value)),
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            _ => false,
        }
    }
}

/// Whether a text can be a label's value: up to 63 characters, letters and digits at both ends
/// (`validation.IsValidLabelValue`).
#[must_use]
pub fn is_value(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let outer = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    bytes.len() <= 63 && bytes.iter().all(|byte| inner(*byte)) && outer(bytes.first()) && outer(bytes.last())
}

/// Whether a text can be a label's name: a value that is not empty, after a DNS name and a slash if there is one
/// (`validation.IsQualifiedName`).
#[must_use]
pub fn is_key(text: &str) -> bool {
    let (prefix, name) = text.split_once('/').map_or((None, text), |(prefix, name)| (Some(prefix), name));
    let is_part = |part: &str| {
        let is_dns = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !part.is_empty() && part.bytes().all(is_dns) && !part.starts_with('-') && !part.ends_with('-')
    };
    !name.is_empty()
        && is_value(name)
        && prefix.is_none_or(|prefix| prefix.len() <= 253 && prefix.split('.').all(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect()
    }

    #[test]
    fn not_in_matches_an_absent_label() {
        let selector = LabelSelector {
            match_expressions: vec![LabelSelectorRequirement {
                key: "disk".into(),
                operator: "NotIn".into(),
                values: vec!["hdd".into()],
            }],
            ..Default::default()
        };
        assert!(selector.matches(&labels(&[])));
        assert!(selector.matches(&labels(&[("disk", "ssd")])));
        assert!(!selector.matches(&labels(&[("disk", "hdd")])));
    }

    #[test]
    fn every_part_of_a_selector_must_hold() {
        let selector = LabelSelector { match_labels: labels(&[("app", "web"), ("tier", "db")]), ..Default::default() };
        assert!(!selector.matches(&labels(&[("app", "web")])));
        assert!(selector.matches(&labels(&[("app", "web"), ("tier", "db"), ("x", "y")])));
    }
}
