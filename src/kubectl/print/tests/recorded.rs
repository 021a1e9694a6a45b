//! What `kubectl` v1.36.2 printed of a real cluster, read and printed again.

use crate::kubectl::print::{JsonPath, golang, to_yaml};
use crate::manifest;
use serde_json::Value;

const POD: &str = include_str!("recorded/pod.yaml");
const STATEFUL_SET: &str = include_str!("recorded/statefulset.yaml");

fn read(text: &str) -> Value {
    manifest::yaml::to_json(text).unwrap().remove(0)
}

#[test]
fn yaml_is_written_as_it_was() {
    for text in [POD, STATEFUL_SET] {
        assert_eq!(to_yaml(&read(text)), text);
    }
}

#[test]
fn json_is_written_without_blanks_and_with_sorted_keys() {
    let path = JsonPath::parse("{.status}").unwrap();
    assert_eq!(
        path.print(&read(STATEFUL_SET)).unwrap(),
        r#"{"availableReplicas":3,"collisionCount":0,"currentReplicas":3,"currentRevision":"web-7d695c9644","observedGeneration":1,"readyReplicas":3,"replicas":3,"updateRevision":"web-7d695c9644","updatedReplicas":3}"#
    );
}

#[test]
fn indented_json_says_the_same() {
    let value = read(POD);
    let text = golang::json_indented(&value);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    assert!(text.starts_with(
        "{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"Pod\",\n    \"metadata\": {\n        \"creation"
    ));
}
