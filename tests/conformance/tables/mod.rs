//! Rows of Kubernetes' own unit tests: every file of `cases` is read, and the part of its name before `--` says which
//! table it belongs to. One module a table; each row is checked by the table's `check(given, expect)`.

mod apps_validation;
mod daemonset;
mod deployment_rolling;
mod extra_fit_error_message;
mod extra_hpa_limits;
mod extra_pod_deletion_order;
mod extra_statefulset_max_unavailable;
mod hpa_replica_calculator;
mod node_affinity;
mod node_resources_fit;
mod taints_tolerations;

use serde_json::Value;
use std::fs;
use std::path::Path;

type Check = fn(&Value, &Value) -> Result<(), String>;

/// Rows that cannot apply, by file and name of the row, with the reason.
const CANNOT_APPLY: &[(&str, &str, &str)] = &[];

/// How the rows of a table are checked; none for a table that is not known.
fn check_of(table: &str) -> Option<Check> {
    Some(match table {
        "apps_validation" => apps_validation::check,
        "daemonset" => daemonset::check,
        "extra_statefulset_max_unavailable" => extra_statefulset_max_unavailable::check,
        "deployment_rolling" => deployment_rolling::check,
        "extra_pod_deletion_order" => extra_pod_deletion_order::check,
        "extra_fit_error_message" => extra_fit_error_message::check,
        "node_affinity" => node_affinity::check,
        "node_resources_fit" => node_resources_fit::check,
        "taints_tolerations" => taints_tolerations::check,
        "extra_hpa_limits" => extra_hpa_limits::check,
        "hpa_replica_calculator" => hpa_replica_calculator::check,
        _ => return None,
    })
}

/// The row's place upstream: file, test, number.
fn name_of(row: &Value) -> String {
    let source = &row["source"];
    format!("{} {}", source["test"].as_str().unwrap_or_default(), source["row"].to_string().trim_matches('"'))
}

#[test]
fn every_row_of_every_case_table_gives_the_expected_result() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/cases");
    let mut files: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let (mut agreed, mut failures, mut excused) = (0, vec![], vec![]);
    for file in &files {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let table = stem.split("--").next().unwrap_or_default();
        let Some(check) = check_of(table) else {
            failures.push(format!("{stem}: no table is called {table}"));
            continue;
        };
        let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        assert!(!rows.is_empty(), "{stem} has no rows");
        for row in &rows {
            let name = name_of(row);
            if CANNOT_APPLY.iter().any(|(of, row, _)| *of == stem && *row == name) {
                excused.push(name);
                continue;
            }
            match check(&row["given"], &row["expect"]) {
                Ok(()) => agreed += 1,
                Err(found) => failures.push(format!("{stem}, {name}: expected {}, {found}", row["expect"])),
            }
        }
    }
    println!("{agreed} rows of {} files agree; {} cannot apply", files.len(), excused.len());
    assert!(CANNOT_APPLY.len() < 10, "too many excuses");
    assert_eq!(excused.len(), CANNOT_APPLY.len(), "an excuse without a row");
    assert!(failures.is_empty(), "{} rows fail:\n{}", failures.len(), failures.join("\n"));
}
