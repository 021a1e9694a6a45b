//! Validation against the rows of Kubernetes' own unit tests.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::Value;
use setwise::api::Kind;
use setwise::manifest::{FieldErrorKind, validation};
use std::collections::BTreeMap;

fn kind_name(kind: FieldErrorKind) -> &'static str {
    match kind {
        FieldErrorKind::Required => "Required",
        FieldErrorKind::Invalid => "Invalid",
        FieldErrorKind::NotSupported => "NotSupported",
        FieldErrorKind::Forbidden => "Forbidden",
        FieldErrorKind::NotFound => "NotFound",
        FieldErrorKind::Duplicate => "Duplicate",
        other => panic!("no row expects {other:?}"),
    }
}

#[test]
fn every_row_of_a_kind_that_is_simulated_agrees() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("conformance/cases/apps_validation.json")).unwrap();
    let (mut agreed, mut skipped, mut failures) = (0, BTreeMap::<String, usize>::new(), Vec::new());
    for (index, row) in rows.iter().enumerate() {
        let (given, expect) = (&row["given"], &row["expect"]);
        let name = given["object"]["kind"].as_str().unwrap();
        let Some(kind) = Kind::parse(name) else {
            *skipped.entry(name.into()).or_default() += 1;
            continue;
        };
        let errors = match given["operation"].as_str().unwrap() {
            "create" => validation::create_value(kind, &given["object"]),
            _ => validation::update_value(kind, &given["old"], &given["object"]),
        };
        let mut found: Vec<_> = errors.iter().map(|error| (kind_name(error.kind), error.path.as_str())).collect();
        found.sort_unstable();
        let listed = |key: &str| -> Option<Vec<(&str, &str)>> {
            let list = expect.get(key)?.as_array()?;
            let mut list: Vec<_> =
                list.iter().map(|it| (it["type"].as_str().unwrap(), it["field"].as_str().unwrap())).collect();
            list.sort_unstable();
            Some(list)
        };
        let agrees = expect["ok"].as_bool().unwrap() == found.is_empty()
            && listed("errors").is_none_or(|wanted| wanted == found)
            && listed("errors_include").is_none_or(|wanted| wanted.iter().all(|it| found.contains(it)));
        if agrees {
            agreed += 1;
        } else {
            let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
            failures.push(format!("row {index} {}: expected {expect}, found {texts:#?}", row["source"]));
        }
    }
    println!("{agreed} rows agree; of kinds that are not there yet: {skipped:?}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(agreed > 0);
}
