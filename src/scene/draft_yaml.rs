//! A stand-in for `manifest` until it is merged: reads YAML without checking anything.

use super::reading::{Place, Problem, Reading, Severity};
use crate::api::{Kind, Object, ObjectRef};
use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};
use std::rc::Rc;

enum Open {
    Map(Map<String, Value>, Option<(String, usize)>),
    Seq(Vec<Value>),
}

pub fn read(file: usize, text: &str, reading: &mut Reading) {
    let mut stack: Vec<Open> = vec![];
    let mut places: Vec<(String, Place)> = vec![];
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(pair) => pair,
            Err(error) => {
                let m = *error.marker();
                reading.problems.push(Problem {
                    place: Place { file, line: m.line(), column: m.col() + 1 },
                    last_line: m.line(),
                    severity: Severity::Error,
                    message: error.info().to_owned(),
                    hint: None,
                    fixes: vec![],
                });
                return;
            }
        };
        let done = match event {
            Event::DocumentStart(_) => {
                places.clear();
                None
            }
            Event::MappingStart(..) => {
                stack.push(Open::Map(Map::new(), None));
                None
            }
            Event::SequenceStart(..) => {
                stack.push(Open::Seq(vec![]));
                None
            }
            Event::MappingEnd => match stack.pop() {
                Some(Open::Map(m, _)) => Some(Value::Object(m)),
                _ => None,
            },
            Event::SequenceEnd => match stack.pop() {
                Some(Open::Seq(s)) => Some(Value::Array(s)),
                _ => None,
            },
            Event::Scalar(v, style, ..) => {
                if let Some(Open::Map(_, key @ None)) = stack.last_mut() {
                    *key = Some((v.to_string(), span.start.line()));
                    let path: Vec<String> = stack
                        .iter()
                        .filter_map(|o| match o {
                            Open::Map(_, Some((k, _))) => Some(k.clone()),
                            _ => None,
                        })
                        .collect();
                    places
                        .push((path.join("."), Place { file, line: span.start.line(), column: span.start.col() + 1 }));
                    None
                } else {
                    let plain = matches!(style, saphyr_parser::ScalarStyle::Plain);
                    Some(match v.as_ref() {
                        "true" if plain => true.into(),
                        "false" if plain => false.into(),
                        "" if plain => Value::Null,
                        s if plain => s.parse::<i64>().map(Value::from).unwrap_or_else(|_| s.into()),
                        s => s.into(),
                    })
                }
            }
            _ => None,
        };
        if let Some(value) = done {
            match stack.last_mut() {
                Some(Open::Map(map, key)) => {
                    if let Some((k, _)) = key.take() {
                        map.insert(k, value);
                    }
                }
                Some(Open::Seq(seq)) => seq.push(value),
                None => document(value, std::mem::take(&mut places), reading),
            }
        }
    }
}

fn document(mut value: Value, places: Vec<(String, Place)>, reading: &mut Reading) {
    let kind = value.get("kind").and_then(Value::as_str).and_then(Kind::parse);
    let Some(kind) = kind else { return };
    if kind.is_namespaced() {
        let meta = value.get_mut("metadata").and_then(Value::as_object_mut);
        if let Some(meta) = meta {
            meta.entry("namespace").or_insert("default".into());
        }
    }
    let object = match kind {
        Kind::Node => serde_json::from_value(value).ok().map(|o| Object::Node(Rc::new(o))),
        Kind::StorageClass => serde_json::from_value(value).ok().map(|o| Object::StorageClass(Rc::new(o))),
        Kind::PersistentVolume => serde_json::from_value(value).ok().map(|o| Object::PersistentVolume(Rc::new(o))),
        Kind::PersistentVolumeClaim => {
            serde_json::from_value(value).ok().map(|o| Object::PersistentVolumeClaim(Rc::new(o)))
        }
        Kind::Service => serde_json::from_value(value).ok().map(|o| Object::Service(Rc::new(o))),
        Kind::StatefulSet => serde_json::from_value(value).ok().map(|o| Object::StatefulSet(Rc::new(o))),
        Kind::DaemonSet => serde_json::from_value(value).ok().map(|o| Object::DaemonSet(Rc::new(o))),
        Kind::ControllerRevision => None,
        Kind::Pod => serde_json::from_value(value).ok().map(|o| Object::Pod(Rc::new(o))),
    };
    if let Some(object) = object {
        let reference: ObjectRef = object.reference();
        reading.places.insert(reference, places.into_iter().collect());
        reading.objects.push(object);
    }
}
