//! Every recorded dialogue with kubectl is typed again and its answers are compared.

#[path = "console/chance.rs"]
mod chance;
#[path = "console/masked.rs"]
mod masked;

use masked::masked;
use serde_json::{Value, json};
use setwise::api::Object;
use setwise::conformance::{Scenario, cluster};
use setwise::kubectl::{Answer, Console, Exit, run};
use setwise::manifest::{self, SourceFile};
use std::fs;
use std::path::{Path, PathBuf};

/// Milliseconds that a recorded command took, about.
const COMMAND_TIME: u64 = 60;
/// Milliseconds after which a recorded command that still waited was ended.
const PATIENCE: u64 = 4_000;
/// Milliseconds without a write after which a recorded settling was over, and the most that it took.
const SETTLED: [u64; 2] = [5_000, 60_000];

/// Where Setwise answers otherwise on purpose: what the command holds, and why.
const ON_PURPOSE: [(&str, &str); 0] = [];

fn dialogues() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/console");
    let mut files: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |file: PathBuf| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap())
    };
    files.into_iter().map(read).collect()
}

fn console(dialogue: &Value) -> Console {
    let scenario = json!({"name": "console", "nodes": dialogue["nodes"], "steps": []});
    let classes = dialogue["storageClasses"].as_array().into_iter().flatten().map(storage_class).collect();
    let simulation = cluster(&Scenario::read(&scenario.to_string()).unwrap(), classes).unwrap();
    let files = dialogue["files"].as_object().into_iter().flatten();
    let files = files.map(|(name, text)| SourceFile { name: name.clone(), text: text.as_str().unwrap().into() });
    let mut console = Console::new(simulation, files.collect());
    console.patience = Some(PATIENCE);
    console
}

fn storage_class(given: &Value) -> Object {
    let default = given["default"].as_bool().unwrap_or(false);
    let annotations = json!({"storageclass.kubernetes.io/is-default-class": default.to_string()});
    let mut class = json!({
        "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
        "metadata": {"name": given["name"], "annotations": annotations},
    });
    for field in ["provisioner", "reclaimPolicy", "volumeBindingMode", "allowVolumeExpansion"] {
        if !given[field].is_null() {
            class[field] = given[field].clone();
        }
    }
    manifest::decode(&class).unwrap()
}

/// What differs between a recorded answer and ours, if anything.
fn difference(recorded: &Value, answer: &Answer, nodes: &[String]) -> Option<String> {
    let text = |field: &str| recorded[field].as_str().unwrap_or_default().to_owned();
    let ours = match answer.exit {
        Exit::Code(code) => json!(code),
        Exit::Waits => json!("timeout"),
    };
    let mut found = String::new();
    if recorded["exit"] != ours {
        found.push_str(&format!("    exit: recorded {}, ours {ours}\n", recorded["exit"]));
    }
    for (stream, actual) in [("stdout", answer.stdout()), ("stderr", answer.stderr())] {
        let (expected, actual) = (masked(&text(stream), nodes), masked(&actual, nodes));
        if expected == actual {
            continue;
        }
        found.push_str(&format!("    {stream}:\n"));
        for line in expected.iter().filter(|line| !actual.contains(line)) {
            found.push_str(&format!("      - {line}\n"));
        }
        for line in actual.iter().filter(|line| !expected.contains(line)) {
            found.push_str(&format!("      + {line}\n"));
        }
        if expected.iter().all(|line| actual.contains(line)) && actual.iter().all(|line| expected.contains(line)) {
            found.push_str("      (another order or number of lines)\n");
        }
    }
    (!found.is_empty()).then_some(found)
}

#[test]
fn every_recorded_dialogue_is_answered_alike() {
    let mut report = String::new();
    let (mut agreeing, mut all, mut failed) = (0, 0, 0);
    for (name, dialogue) in dialogues() {
        let mut console = console(&dialogue);
        let nodes: Vec<String> =
            dialogue["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap().into()).collect();
        let observed = chance::Observed::of(&dialogue);
        for (index, recorded) in dialogue["dialogue"].as_array().unwrap().iter().enumerate() {
            let command = recorded["command"].as_str().unwrap();
            console.set_chance(observed.after(index));
            let answer = run(&mut console, command);
            if recorded["settle"].as_bool().unwrap_or(false) {
                console.run_until_idle(SETTLED[0], SETTLED[1]);
            } else {
                console.advance(COMMAND_TIME);
            }
            all += 1;
            let on_purpose = ON_PURPOSE.iter().any(|(part, _)| command.contains(part));
            match difference(recorded, &answer, &nodes) {
                None => agreeing += 1,
                Some(_) if on_purpose => {}
                Some(found) => {
                    failed += 1;
                    report.push_str(&format!("{name} #{index} $ {command}\n{found}"));
                }
            }
        }
    }
    println!("{agreeing} of {all} recorded commands are answered alike\n{report}");
    assert!(failed == 0, "{failed} of {all} commands are answered otherwise\n{report}");
}
