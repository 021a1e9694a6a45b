//! `apps_validation`: validation of new and changed objects.

use serde_json::Value;
use setwise::api::Kind;
use setwise::manifest::{FieldErrorKind, validation};

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

/// One row: the errors found have the expected types and fields.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let name = given["object"]["kind"].as_str().unwrap();
    let kind = Kind::parse(name).ok_or_else(|| format!("unknown kind {name}"))?;
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
    if agrees { Ok(()) } else { Err(format!("found {:?}", errors.iter().map(ToString::to_string).collect::<Vec<_>>())) }
}
