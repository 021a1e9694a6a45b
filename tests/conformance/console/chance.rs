//! Which of several equally good nodes a pod came to, as a recorded dialogue shows it: chance is an input of a run, so that
//! what hangs on it (whom a drain evicts) can be compared.

use serde_json::Value;
use setwise::actor::NodeChance;
use setwise::api::Key;
use std::collections::{BTreeMap, BTreeSet};

/// What one answer tells.
#[derive(Debug, Default)]
struct Observation {
    /// Pods and where they are.
    placed: Vec<(String, String)>,
    /// A node with all its pods but those of DaemonSets.
    full: Option<(String, BTreeSet<String>)>,
}

/// What is told of places by each answer of a dialogue.
pub(super) struct Observed(Vec<Observation>);

impl Observed {
    pub(super) fn of(dialogue: &Value) -> Observed {
        let entries = dialogue["dialogue"].as_array().into_iter().flatten();
        let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
        Observed(entries.map(|entry| observe(&text(entry, "command"), &text(entry, "stdout"))).collect())
    }

    /// Where pods that are placed by a command come to, as later answers show.
    pub(super) fn after(&self, command: usize) -> BTreeMap<Key, NodeChance> {
        let later = self.0.get(command + 1..).unwrap_or_default();
        let pods: BTreeSet<&String> = self
            .0
            .iter()
            .flat_map(|seen| {
                let full = seen.full.iter().flat_map(|(_, pods)| pods);
                seen.placed.iter().map(|(pod, _)| pod).chain(full)
            })
            .collect();
        pods.into_iter().map(|pod| (Key::new("default", pod), chance(later, pod))).collect()
    }
}

/// The first place of a pod that is told, and the nodes that it is told not to be on until then.
fn chance(later: &[Observation], pod: &str) -> NodeChance {
    let mut chance = NodeChance::default();
    for seen in later {
        let placed = seen.placed.iter().find(|(name, _)| name == pod).map(|(_, node)| node.clone());
        let full = seen.full.as_ref();
        let on_full = full.filter(|(_, pods)| pods.contains(pod)).map(|(node, _)| node.clone());
        if let Some(node) = placed.or(on_full) {
            chance.wanted = Some(node);
            return chance;
        }
        chance.avoided.extend(full.map(|(node, _)| node.clone()));
    }
    chance
}

fn observe(command: &str, stdout: &str) -> Observation {
    let words: Vec<&str> = command.split_whitespace().collect();
    let mut seen = Observation { placed: wide(stdout), full: None };
    let described = |key: &str| {
        stdout.lines().find_map(|line| line.strip_prefix(key)).map(str::trim).unwrap_or_default().to_owned()
    };
    match words.as_slice() {
        ["kubectl", "describe", "pod" | "pods" | "po", _] => {
            let node = described("Node:").split('/').next().unwrap_or_default().to_owned();
            seen.placed.push((described("Name:"), node));
        }
        ["kubectl", "describe", "node" | "nodes" | "no", node] => {
            let rows = stdout.lines().skip_while(|line| !line.starts_with("Non-terminated Pods:")).skip(3);
            let pods = rows.take_while(|line| line.starts_with(' ')).filter_map(|line| line.split_whitespace().nth(1));
            seen.full = Some(((*node).into(), pods.map(Into::into).collect()));
        }
        ["kubectl", "drain", node, ..] if stdout.contains(" drained") => {
            let evicted = stdout.lines().filter_map(|line| line.strip_prefix("evicting pod "));
            let pods = evicted.filter_map(|pod| pod.split('/').nth(1)).map(Into::into).collect();
            seen.full = Some(((*node).into(), pods));
        }
        _ => {
            if let Some(node) = words.iter().find_map(|word| word.split("spec.nodeName=").nth(1)) {
                let rows = stdout.lines().skip(1).filter_map(|line| line.split_whitespace().next());
                seen.full = Some((node.into(), rows.map(Into::into).collect()));
            }
        }
    }
    seen
}

/// Names and nodes of a wide table of pods.
fn wide(stdout: &str) -> Vec<(String, String)> {
    let mut lines = stdout.lines();
    let header = lines.next().unwrap_or_default();
    let (Some(name), Some(node)) = (header.find("NAME  "), header.find("NODE  ")) else { return vec![] };
    if !header.contains("NOMINATED NODE") {
        return vec![];
    }
    let cell =
        |line: &str, at: usize| line.get(at..).and_then(|rest| rest.split_whitespace().next()).map(str::to_owned);
    lines.filter_map(|line| Some((cell(line, name)?, cell(line, node)?))).collect()
}
