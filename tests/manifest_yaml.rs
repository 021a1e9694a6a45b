//! `tests/conformance/yaml/*.json`: texts with the objects, or the error, that they are to `kubectl` v1.36: what
//! `k8s.io/apimachinery/pkg/util/yaml` and `go.yaml.in/yaml/v2` v2.4.3 made of them.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files")]

use serde::Deserialize;
use serde_json::Value;
use setwise::manifest::yaml::{self, YamlProblemKind};
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Recorded {
    text: String,
    documents: Vec<Value>,
    error: Option<String>,
}

/// Numbers by their value: `2.0` and `2` are the same.
fn leveled(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().unwrap().to_string().into(),
        Value::Array(items) => items.iter().map(leveled).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), leveled(value))).collect(),
        other => other.clone(),
    }
}

#[test]
fn yaml_and_json_are_to_setwise_what_they_are_to_kubectl() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/yaml");
    let (mut count, mut wrong) = (0, vec![]);
    for entry in fs::read_dir(folder).unwrap() {
        let recorded: Vec<Recorded> = serde_json::from_slice(&fs::read(entry.unwrap().path()).unwrap()).unwrap();
        count += recorded.len();
        for Recorded { text, documents, error } in recorded {
            let stream = yaml::parse(&text);
            let problem = stream.problems.iter().find(|problem| problem.kind != YamlProblemKind::AfterEnd);
            let said = problem.map(yaml::YamlProblem::kubectl_text);
            let read = stream.documents.iter().map_while(|document| Some(leveled(&document.root.as_ref()?.to_json())));
            let read: Vec<Value> = read.collect();
            let expected: Vec<Value> = documents.iter().map(leveled).collect();
            // `kubectl` stops at the first text that it cannot read, and Setwise reads on.
            let is_same = if error.is_none() { read == expected } else { read.starts_with(&expected) };
            if said != error || !is_same {
                wrong.push(format!("{text:?}\n  kubectl: {error:?} {expected:?}\n  setwise: {said:?} {read:?}"));
            }
        }
    }
    assert!(count >= 400, "{count} texts");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
