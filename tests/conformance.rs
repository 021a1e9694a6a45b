//! Every recording of a real control plane is played and compared.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "recordings are files")]

#[path = "conformance/compare.rs"]
mod compare;
#[path = "conformance/console.rs"]
mod console;
#[path = "conformance/diagnostics.rs"]
mod diagnostics;
#[path = "conformance/tables/mod.rs"]
mod tables;

use compare::{canonical, compared, differences};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

struct Recording {
    name: String,
    scenario: String,
    document: Value,
    recorded: Vec<String>,
}

fn recordings() -> Vec<Recording> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/runs");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().map(|folder| recording(folder)).collect()
}

fn recording(folder: &Path) -> Recording {
    let scenario = fs::read_to_string(folder.join("scenario.yaml")).unwrap();
    let document = setwise::manifest::yaml::to_json(&scenario).unwrap().remove(0);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "seq"));
    files.sort();
    let recorded = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    Recording { name, scenario, document, recorded }
}

#[test]
fn every_recorded_run_is_reproduced() {
    let mut report = String::new();
    let (mut agreeing, mut entries) = (0, 0);
    let mut failed = vec![];
    for recording in recordings() {
        let recorded: Vec<_> = recording.recorded.iter().map(|text| canonical(&recording.document, text)).collect();
        assert!(!recorded.is_empty(), "{} has no recording", recording.name);
        let found = match setwise::conformance::run(&recording.scenario) {
            Ok(run) => differences(&canonical(&recording.document, &run), &recorded)
                .into_iter()
                .map(|difference| {
                    let show = |value: Option<Value>| value.map_or("nothing".into(), |value| value.to_string());
                    format!(
                        "  group {} {}:\n    recorded {}\n    actual   {}\n",
                        difference.group,
                        difference.entry,
                        show(difference.recorded),
                        show(difference.actual)
                    )
                })
                .collect(),
            Err(message) => vec![format!("  {message}\n")],
        };
        if found.is_empty() {
            agreeing += 1;
            entries += compared(&recorded);
        } else {
            failed.push(recording.name.clone());
            report.push_str(&format!("{}: {} differ\n{}", recording.name, found.len(), found.concat()));
        }
    }
    println!("{agreeing} recorded scenarios agree in all of their {entries} entries\n{report}");
    assert!(failed.is_empty(), "{} differ: {}\n{report}", failed.len(), failed.join(", "));
}

#[test]
fn a_recording_agrees_with_itself_and_not_with_a_run_that_lacks_a_milestone() {
    for recording in recordings() {
        let own = canonical(&recording.document, &recording.recorded[0]);
        assert!(differences(&own, std::slice::from_ref(&own)).is_empty(), "{}", recording.name);
        assert!(compared(std::slice::from_ref(&own)) > 0, "{}", recording.name);
        assert!(own.iter().all(|group| !group.contains_key("unknown")), "{}: {own:?}", recording.name);
    }
    let ordered = recordings().into_iter().find(|recording| recording.name == "sts-ordered").unwrap();
    let own = canonical(&ordered.document, &ordered.recorded[0]);
    let swapped = ordered.recorded[0].replacen("~web-4 -web-4 ~web-3", "~web-3 -web-3 ~web-4", 1);
    assert_ne!(swapped, ordered.recorded[0]);
    let found = differences(&canonical(&ordered.document, &swapped), std::slice::from_ref(&own));
    assert!(found.iter().any(|difference| difference.entry == "order"), "{found:?}");
}
