//! `List` objects as the objects in them.

use crate::manifest::yaml::Node;
use std::rc::Rc;

/// The objects of a document.
pub(super) fn expand(root: Rc<Node>) -> Vec<Rc<Node>> {
    let mut found = Vec::new();
    let mut left = vec![root];
    while let Some(node) = left.pop() {
        let kind = node.get("kind").and_then(|entry| entry.value.as_str()).unwrap_or_default();
        let items = node.get("items").and_then(|entry| entry.value.as_sequence());
        match items {
            Some(items) if kind.ends_with("List") => left.extend(items.iter().rev().cloned()),
            _ => found.push(node),
        }
    }
    found
}
