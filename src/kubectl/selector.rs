//! Selectors of labels and of fields, as they are typed. Upstream: `k8s.io/apimachinery/pkg/labels/selector.go`,
//! `pkg/fields/selector.go`.

use crate::api::{Labels, is_label_key};
use serde_json::Value;

/// All parts must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    In(Vec<String>),
    NotIn(Vec<String>),
    Exists,
    Missing,
    Above(i64),
    Below(i64),
}

impl Selector {
    /// Reads a selector: `app=web,tier!=db,env in (a,b),!legacy`.
    ///
    /// # Errors
    /// What `kubectl` says.
    pub fn read(text: &str) -> Result<Selector, String> {
        let parts = split(text).into_iter().filter(|part| !part.trim().is_empty());
        parts.map(|part| requirement(part.trim())).collect::<Result<_, _>>().map(Selector)
    }

    /// Whether labels satisfy all parts.
    #[must_use]
    pub fn matches(&self, labels: &Labels) -> bool {
        self.0.iter().all(|requirement| {
            let value = labels.get(&requirement.key);
            let number = || value.and_then(|value| value.parse::<i64>().ok());
            match &requirement.test {
                Test::In(values) => value.is_some_and(|value| values.contains(value)),
                Test::NotIn(values) => value.is_none_or(|value| !values.contains(value)),
                Test::Exists => value.is_some(),
                Test::Missing => value.is_none(),
                Test::Above(than) => number().is_some_and(|number| number > *than),
                Test::Below(than) => number().is_some_and(|number| number < *than),
            }
        })
    }
}

/// Takes a selector apart at commas that are not in parentheses.
fn split(text: &str) -> Vec<&str> {
    let mut parts = vec![];
    let (mut start, mut depth) = (0, 0_usize);
    for (place, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.extend(text.get(start..place));
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
}

fn requirement(part: &str) -> Result<Requirement, String> {
    let of = |key: &str, test| {
        let key = key.trim();
        if is_label_key(key) {
            Ok(Requirement { key: key.into(), test })
        } else {
            Err(format!(
                "unable to parse requirement: <nil>: Invalid value: {key:?}: name part must consist of alphanumeric characters, \
                 '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or \
                 '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
            ))
        }
    };
    if let Some((key, value)) = part.split_once("!=") {
        return of(key, Test::NotIn(vec![value.trim().into()]));
    }
    if let Some((key, value)) = part.split_once("==").or_else(|| part.split_once('=')) {
        return of(key, Test::In(vec![value.trim().into()]));
    }
    if let Some(key) = part.strip_prefix('!') {
        return of(key, Test::Missing);
    }
    for (word, negated) in [(" notin", true), (" in", false)] {
        let inside =
            part.split_once(word).and_then(|(key, set)| Some((key, set.trim().strip_prefix('(')?.strip_suffix(')')?)));
        if let Some((key, set)) = inside {
            let values: Vec<String> = set.split(',').map(|value| value.trim().to_owned()).collect();
            return of(key, if negated { Test::NotIn(values) } else { Test::In(values) });
        }
    }
    for (sign, above) in [('>', true), ('<', false)] {
        if let Some((key, value)) = part.split_once(sign) {
            let number = value.trim().parse().map_err(|_| {
                format!("unable to parse requirement: values[0][{key}]: Invalid value: {value:?}: for 'Gt', 'Lt' operators, the value must be an integer")
            })?;
            return of(key, if above { Test::Above(number) } else { Test::Below(number) });
        }
    }
    if let Some((_, rest)) = part.split_once(' ') {
        let found = rest.trim();
        return Err(format!("unable to parse requirement: found '{found}', expected: in, notin, =, ==, !=, gt, lt"));
    }
    of(part, Test::Exists)
}

/// A selector of fields: `spec.nodeName=worker-1,status.phase!=Running`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSelector(Vec<(String, bool, String)>);

impl FieldSelector {
    /// Reads a selector of fields.
    ///
    /// # Errors
    /// What `kubectl` says.
    pub fn read(text: &str) -> Result<FieldSelector, String> {
        let parts = text.split(',').filter(|part| !part.is_empty());
        let terms = parts.map(|part| {
            let split = part
                .split_once("!=")
                .map(|(field, value)| (field, false, value))
                .or_else(|| part.split_once("==").map(|(field, value)| (field, true, value)))
                .or_else(|| part.split_once('=').map(|(field, value)| (field, true, value)));
            let (field, equal, value) =
                split.ok_or_else(|| format!("invalid selector: '{part}'; can't understand '{part}'"))?;
            Ok((field.to_owned(), equal, value.to_owned()))
        });
        terms.collect::<Result<_, String>>().map(FieldSelector)
    }

    /// The first field that objects of a resource cannot be selected by.
    #[must_use]
    pub fn unsupported(&self, plural: &str) -> Option<&str> {
        let supported: &[&str] = match plural {
            "pods" => &[
                "spec.nodeName",
                "spec.restartPolicy",
                "spec.schedulerName",
                "spec.serviceAccountName",
                "spec.hostNetwork",
                "status.phase",
                "status.podIP",
                "status.nominatedNodeName",
            ],
            "nodes" => &["spec.unschedulable"],
            "events" => &[
                "involvedObject.kind",
                "involvedObject.namespace",
                "involvedObject.name",
                "involvedObject.uid",
                "involvedObject.apiVersion",
                "reason",
                "reportingComponent",
                "source",
                "type",
            ],
            "namespaces" => &["status.phase"],
            "secrets" => &["type"],
            "jobs" => &["status.successful"],
            "replicasets" | "replicationcontrollers" => &["status.replicas"],
            _ => &[],
        };
        let known = |field: &str| {
            supported.contains(&field)
                || field == "metadata.name"
                || field == "metadata.namespace" && !["nodes", "namespaces"].contains(&plural)
        };
        self.0.iter().map(|(field, ..)| field.as_str()).find(|field| !known(field))
    }

    /// Whether an object satisfies all parts; a field that is absent is empty.
    #[must_use]
    pub fn matches(&self, object: &Value) -> bool {
        self.0.iter().all(|(field, equal, wanted)| {
            let pointer = format!("/{}", field.replace('.', "/"));
            let actual = match object.pointer(&pointer) {
                Some(Value::String(text)) => text.clone(),
                None | Some(Value::Null) => match field.as_str() {
                    "spec.unschedulable" | "spec.hostNetwork" => "false".into(),
                    _ => String::new(),
                },
                Some(other) => other.to_string(),
            };
            (actual == *wanted) == *equal
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_a_label_selector_is_understood() {
        let labels: Labels = [("app", "web"), ("n", "5")].map(|(key, value)| (key.into(), value.into())).into();
        for (text, expected) in [
            ("app=web", true),
            ("app==web,n=5", true),
            ("app!=web", false),
            ("tier!=db", true),
            ("app in (web, db),n", true),
            ("app notin (web)", false),
            ("!app", false),
            ("!tier", true),
            ("n>4", true),
            ("n<4", false),
            ("", true),
        ] {
            assert_eq!(Selector::read(text).unwrap().matches(&labels), expected, "{text}");
        }
        for text in ["a b", "=x", "-a"] {
            assert!(Selector::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn fields_are_compared_as_text() {
        let pod = json!({"metadata": {"name": "a"}, "spec": {"nodeName": "n1"}, "status": {"phase": "Running"}});
        let read = |text: &str| FieldSelector::read(text).unwrap();
        assert!(read("spec.nodeName=n1,status.phase!=Failed").matches(&pod));
        assert!(!read("metadata.name==b").matches(&pod));
        assert!(read("spec.hostNetwork=false,status.podIP=").matches(&pod));
        assert_eq!(read("spec.image=x").unsupported("pods"), Some("spec.image"));
        assert_eq!(read("spec.nodeName=x").unsupported("pods"), None);
        assert!(FieldSelector::read("nodeName").is_err());
    }
}
