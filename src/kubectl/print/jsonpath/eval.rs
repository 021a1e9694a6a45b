//! Finds what a template asks for. Upstream: `k8s.io/client-go/util/jsonpath/jsonpath.go`.
//! Where upstream follows Go's random order of a map, this follows the order of the keys.

use super::compare::compare;
use super::{Bound, Found, Node};
use crate::kubectl::print::golang;
use serde_json::Value;
use std::borrow::Cow;

/// What each part of a template finds (`FindResults`).
pub(super) fn find<'a>(nodes: &[Node], object: &'a Value) -> Result<Vec<Found<'a>>, String> {
    Ok(block(nodes, &[Cow::Borrowed(object)], 0)?.0)
}

/// What a word in a part did.
#[derive(Default)]
struct Words {
    begins_range: bool,
    ends_range: bool,
}

/// The parts of a template up to the `end` of the range that they are in, and its place.
fn block<'a>(
    nodes: &[Node],
    current: &[Cow<'a, Value>],
    depth: usize,
) -> Result<(Vec<Found<'a>>, Option<usize>), String> {
    let mut found = vec![];
    let mut place = 0;
    while let Some(node) = nodes.get(place) {
        let mut words = Words::default();
        let results = walk(current.to_vec(), node, depth, &mut words)?;
        if words.ends_range {
            return Ok((found, Some(place)));
        }
        place += 1;
        if !words.begins_range {
            found.push(results);
            continue;
        }
        let body = nodes.get(place..).unwrap_or_default();
        let mut end = None;
        if results.is_empty() {
            end = block(body, &[Cow::Owned(Value::Null)], depth + 1)?.1;
        }
        for value in results {
            let (inner, ended) = block(body, &[value], depth + 1)?;
            found.extend(inner);
            end = ended;
        }
        place += end.map_or(0, |end| end + 1);
    }
    Ok((found, None))
}

/// Follows one node from some values.
fn walk<'a>(input: Found<'a>, node: &Node, depth: usize, words: &mut Words) -> Result<Found<'a>, String> {
    match node {
        Node::List(nodes) => list(input, nodes, depth, words),
        Node::Text(text) => Ok(vec![Cow::Owned(Value::String(text.clone()))]),
        Node::Field(name) => Ok(input.into_iter().filter_map(|value| field(value, name)).collect()),
        Node::Array(bounds) => slices(input, bounds),
        Node::Filter { left, right, operator } => filtered(input, left, right, operator),
        Node::Number(number) => Ok(input.iter().map(|_| Cow::Owned(Value::Number(number.clone()))).collect()),
        Node::Bool(bool) => Ok(input.iter().map(|_| Cow::Owned(Value::Bool(*bool))).collect()),
        Node::Wildcard => Ok(input.into_iter().flat_map(children).collect()),
        Node::Recursive => Ok(input.into_iter().flat_map(descendants).collect()),
        Node::Union(parts) => {
            let mut found = vec![];
            for part in parts {
                found.extend(list(input.clone(), part, depth, words)?);
            }
            Ok(found)
        }
        Node::Identifier(word) => match word.as_str() {
            "range" => {
                words.begins_range = true;
                Ok(input)
            }
            "end" if depth > 0 => {
                words.ends_range = true;
                Ok(vec![])
            }
            "end" => Err("not in range, nothing to end".into()),
            word => Err(format!("unrecognized identifier {word}")),
        },
    }
}

fn list<'a>(input: Found<'a>, nodes: &[Node], depth: usize, words: &mut Words) -> Result<Found<'a>, String> {
    nodes.iter().try_fold(input, |current, node| walk(current, node, depth, words))
}

/// A field of an object; of anything else, none.
fn field<'a>(value: Cow<'a, Value>, name: &str) -> Option<Cow<'a, Value>> {
    match value {
        Cow::Borrowed(value) => value.as_object()?.get(name).map(Cow::Borrowed),
        Cow::Owned(value) => value.as_object()?.get(name).cloned().map(Cow::Owned),
    }
}

/// The elements of a list, the fields of an object.
fn children(value: Cow<'_, Value>) -> Vec<Cow<'_, Value>> {
    match value {
        Cow::Borrowed(Value::Array(items)) => items.iter().map(Cow::Borrowed).collect(),
        Cow::Borrowed(Value::Object(fields)) => fields.values().map(Cow::Borrowed).collect(),
        Cow::Owned(Value::Array(items)) => items.into_iter().map(Cow::Owned).collect(),
        Cow::Owned(Value::Object(fields)) => fields.into_iter().map(|(_, value)| Cow::Owned(value)).collect(),
        Cow::Borrowed(_) | Cow::Owned(_) => vec![],
    }
}

/// Everything that has parts: the value itself, then what is in it (`evalRecursive`).
fn descendants(value: Cow<'_, Value>) -> Vec<Cow<'_, Value>> {
    let inner = children(value.clone());
    if inner.is_empty() {
        return vec![];
    }
    let mut found = vec![value];
    found.extend(inner.into_iter().flat_map(descendants));
    found
}

/// `evalArray`.
fn slices<'a>(input: Found<'a>, bounds: &[Bound; 3]) -> Result<Found<'a>, String> {
    let [from, to, step] = bounds;
    let mut found = vec![];
    for value in input {
        if value.is_null() {
            continue;
        }
        if !value.is_array() {
            return Err(format!("{} is not array or slice", golang::type_name(&value)));
        }
        let items = children(value);
        let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let mut start = from.value.unwrap_or(0);
        if start < 0 {
            start = start.saturating_add(length);
        }
        let mut end = to.value.unwrap_or(length);
        if end < 0 || (end == 0 && to.is_derived) {
            end = end.saturating_add(length);
        }
        if start == end {
            return Ok(found);
        }
        if start >= length || start < 0 {
            return Err(format!("array index out of bounds: index {start}, length {length}"));
        }
        if end > length || end < 0 {
            return Err(format!("array index out of bounds: index {}, length {length}", end.saturating_sub(1)));
        }
        if start > end {
            return Err(format!("starting index {start} is greater than ending index {end}"));
        }
        let step = step.value.unwrap_or(1);
        if step <= 0 {
            return Err("step must be > 0".into());
        }
        let [start, end, step] = [start, end, step].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
        found.extend(items.into_iter().take(end).skip(start).step_by(step));
    }
    Ok(found)
}

/// `evalFilter`.
fn filtered<'a>(input: Found<'a>, left: &[Node], right: &[Node], operator: &str) -> Result<Found<'a>, String> {
    let mut found = vec![];
    for value in input {
        if !value.is_array() {
            return Err(format!("{} is not array or slice and cannot be filtered", golang::plain(&value)));
        }
        for item in children(value) {
            let side = |nodes: &[Node]| list(vec![item.clone()], nodes, 0, &mut Words::default());
            if operator == "exists" {
                if side(left).is_ok_and(|lefts| !lefts.is_empty()) {
                    found.push(item);
                }
                continue;
            }
            let (lefts, rights) = (side(left)?, side(right)?);
            let passes = match (lefts.as_slice(), rights.as_slice()) {
                ([], _) | (_, []) => false,
                ([left], [right]) => compare(left, right, operator)?,
                _ => return Err("can only compare one element at a time".into()),
            };
            if passes {
                found.push(item);
            }
        }
    }
    Ok(found)
}
