//! Holds a simulated run against recorded ones, on what Kubernetes guarantees.
//!
//! A real control plane leaves to chance which of several equal nodes a pod lands on, in which order a DaemonSet takes
//! its nodes, and which of two independent writes comes first. The canonical form drops exactly that: it has one group
//! of entries for every stretch of a scenario that ends in a wait or a sleep of ten seconds or more. Where several
//! recordings are given, an entry counts only if they all agree on it.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Entries of one stretch by name.
pub type Group = BTreeMap<&'static str, Value>;

/// An entry on which all recordings agree and the run does not.
#[derive(Debug)]
pub struct Difference {
    /// The stretch, counted from 0.
    pub group: usize,
    /// The entry.
    pub entry: &'static str,
    /// What was recorded.
    pub recorded: Option<Value>,
    /// What the run says.
    pub actual: Option<Value>,
}

/// Tokens of each stretch of the scenario that ends in a wait.
fn stretches(steps: &[Value], text: &str) -> Vec<Vec<String>> {
    let mut chunks: Vec<Vec<String>> = vec![];
    for line in text.lines() {
        let line = if line.starts_with("== REFUSED") { "    !refused" } else { line };
        if line.starts_with("== NOT quiescent") {
            continue;
        }
        if line.starts_with("==") {
            chunks.push(vec![]);
        } else if !line.trim().is_empty()
            && let Some(chunk) = chunks.last_mut()
        {
            chunk.extend(tokens(line.trim()));
        }
    }
    let mut groups = vec![];
    let mut current: Vec<String> = vec![];
    let mut chunks = chunks.into_iter();
    for step in steps {
        let sleep = step.get("sleepMs").and_then(Value::as_u64);
        if step.get("wait").is_some() || sleep.is_some_and(|millis| millis >= 10_000) {
            groups.push(std::mem::take(&mut current));
        } else if sleep.is_none() {
            current.extend(chunks.next().unwrap_or_default());
        }
    }
    if !current.is_empty() {
        groups.push(current);
    }
    groups
}

/// Words of a line; what stands in square or curly brackets is one.
fn tokens(line: &str) -> Vec<String> {
    let mut tokens = vec![];
    let mut token = String::new();
    let mut closing = None;
    for letter in line.chars() {
        match (letter, closing) {
            (' ', None) => {
                if !token.is_empty() {
                    tokens.push(std::mem::take(&mut token));
                }
                continue;
            }
            ('[', None) => closing = Some(']'),
            ('{', None) => closing = Some('}'),
            (letter, Some(end)) if letter == end => closing = None,
            _ => {}
        }
        token.push(letter);
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}

/// A pod's token, its mark, and what follows the mark.
fn milestone(token: &str) -> Option<(&str, char, &str)> {
    let is_pod = |name: &str| {
        let (base, number) = name.split_once('#').map_or((name, None), |(base, number)| (base, Some(number)));
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let bytes = base.as_bytes();
        bytes.first().is_some_and(|byte| letter(*byte))
            && bytes.last().is_some_and(|byte| letter(*byte))
            && bytes.iter().all(|byte| letter(*byte) || *byte == b'-')
            && number.is_none_or(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if let Some(rest) = token.strip_prefix('+') {
        let (pod, revision) = rest.split_once('@').unwrap_or((rest, ""));
        return is_pod(pod).then_some((pod, '+', revision));
    }
    for mark in ['~', '-'] {
        if let Some(pod) = token.strip_prefix(mark).filter(|pod| is_pod(pod)) {
            return Some((pod, mark, ""));
        }
    }
    for mark in ['>', ':'] {
        if let Some((pod, argument)) =
            token.split_once(mark).filter(|(pod, argument)| is_pod(pod) && !argument.is_empty())
        {
            return Some((pod, mark, argument));
        }
    }
    None
}

/// The canonical form of a run.
pub fn canonical(scenario: &Value, text: &str) -> Vec<Group> {
    let steps = scenario["steps"].as_array().cloned().unwrap_or_default();
    let whole = scenario.to_string();
    let parallel = whole.contains("podManagementPolicy: Parallel") || whole.contains("podManagementPolicy:Parallel");
    let mut reader = Reader { parallel, ..Reader::default() };
    stretches(&steps, text).iter().map(|tokens| reader.group(tokens)).collect()
}

/// What is known from earlier stretches.
#[derive(Default)]
struct Reader {
    parallel: bool,
    node_of: BTreeMap<String, String>,
    replica_set_of: BTreeMap<String, String>,
    sizes: BTreeMap<String, u64>,
    asked: BTreeSet<String>,
}

/// What one stretch holds.
#[derive(Default)]
struct Stretch {
    pods: BTreeMap<String, Vec<String>>,
    nodes: BTreeMap<String, Vec<String>>,
    pending: BTreeMap<String, Vec<String>>,
    claims: BTreeMap<String, String>,
    created: BTreeMap<String, u64>,
    deleted: BTreeMap<String, u64>,
    resized: BTreeSet<String>,
    order: Vec<String>,
    revisions: Vec<String>,
    gone: BTreeSet<String>,
    current: Vec<String>,
    counts: Option<String>,
    desired: Vec<u64>,
    refused: u64,
    unknown: Vec<String>,
}

impl Reader {
    fn group(&mut self, tokens: &[String]) -> Group {
        let mut stretch = Stretch::default();
        let mut rest = tokens.iter().map(String::as_str);
        while let Some(token) = rest.next() {
            match token {
                "rev" => stretch.revisions.extend(rest.next().map(str::to_owned)),
                "-rev" => stretch.gone.extend(rest.next().map(str::to_owned)),
                "!refused" => stretch.refused += 1,
                token => self.token(&mut stretch, token),
            }
        }
        stretch.entries(self.parallel, &self.sizes)
    }

    fn token(&mut self, stretch: &mut Stretch, token: &str) {
        let replica_set = |name: &str| {
            name.strip_prefix("rs")
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        if let Some((name, size)) = token.split_once('=').filter(|(name, _)| replica_set(name))
            && let Ok(size) = size.parse()
        {
            self.sizes.insert(name.into(), size);
            stretch.resized.insert(name.into());
        } else if let Some(name) = token.strip_prefix('-').filter(|name| replica_set(name)) {
            self.sizes.remove(name);
            stretch.gone.insert(name.into());
        } else if let Some(revision) = token.strip_prefix("cur=") {
            stretch.current.push(revision.into());
        } else if let Some(status) = token.strip_prefix("[hpa ") {
            let desired =
                status.split("des=").nth(1).and_then(|text| text.split(' ').next()?.trim_end_matches(']').parse().ok());
            if let Some(desired) = desired.filter(|desired| stretch.desired.last() != Some(desired)) {
                stretch.desired.push(desired);
            }
        } else if token.starts_with('[') {
            stretch.counts = Some(token.trim_matches(['[', ']']).into());
        } else if token.starts_with('{') {
        } else if let Some(claim) = token.strip_prefix("pvc").filter(|claim| claim.starts_with(['-', '+', '='])) {
            stretch.claims.entry(claim[1..].into()).or_default().push_str(&claim[..1]);
        } else if let Some((pod, mark, argument)) = milestone(token) {
            self.pod(stretch, pod, mark, argument);
        } else {
            stretch.unknown.push(token.into());
        }
    }

    fn pod(&mut self, stretch: &mut Stretch, pod: &str, mark: char, argument: &str) {
        let generated = pod.contains('#');
        if mark == '+' && argument.starts_with("rs") {
            self.replica_set_of.insert(pod.into(), argument.into());
        }
        if mark == '>' {
            self.node_of.insert(pod.into(), argument.into());
            if generated && !self.replica_set_of.contains_key(pod) {
                let earlier = stretch.pending.remove(pod).unwrap_or_default();
                stretch.nodes.entry(argument.into()).or_default().extend(earlier);
            }
            return;
        }
        if mark == ':' && matches!(argument, "running" | "unsched") {
            return;
        }
        let word = match (mark, argument) {
            ('+', revision) => format!("+{revision}"),
            (':', owner) if owner.starts_with("owner=") => {
                if owner.contains("nil") { "orphaned" } else { "adopted" }.into()
            }
            (':', word) => word.into(),
            (mark, _) => mark.to_string(),
        };
        if let Some(replica_set) = self.replica_set_of.get(pod) {
            match mark {
                '+' => *stretch.created.entry(argument.into()).or_default() += 1,
                '~' => *stretch.deleted.entry(replica_set.clone()).or_default() += 1,
                _ => {}
            }
        } else if generated {
            if word == "-" && self.asked.contains(pod) {
                return;
            }
            if word == "~" {
                self.asked.insert(pod.into());
            }
            match self.node_of.get(pod) {
                Some(node) => stretch.nodes.entry(node.clone()).or_default().push(word),
                None => stretch.pending.entry(pod.into()).or_default().push(word),
            }
        } else {
            if mark == '+' || matches!(word.as_str(), "~" | "ready" | "unready") {
                let colon = if mark == ':' { ":" } else { "" };
                stretch.order.push(format!("{pod}{colon}{word}"));
            }
            stretch.pods.entry(pod.into()).or_default().push(word);
        }
    }
}

impl Stretch {
    fn entries(self, parallel: bool, sizes: &BTreeMap<String, u64>) -> Group {
        let mut group = Group::new();
        let mut put = |name, is_there: bool, value: Value| {
            if is_there {
                group.insert(name, value);
            }
        };
        let sorted = |sequences: &BTreeMap<String, Vec<String>>| {
            let mut lines: Vec<String> =
                sequences.values().filter(|words| !words.is_empty()).map(|words| words.join(" ")).collect();
            lines.sort();
            lines
        };
        put("pods", !self.pods.is_empty(), json!(self.pods));
        put("order", !self.order.is_empty() && !parallel, json!(self.order));
        put("nodes", !self.nodes.is_empty(), json!(sorted(&self.nodes)));
        put("unbound", !self.pending.is_empty(), json!(sorted(&self.pending)));
        let names: BTreeSet<&String> = self.created.keys().chain(self.deleted.keys()).chain(&self.resized).collect();
        let replicas: BTreeMap<&String, Value> = (names.iter())
            .map(|name| {
                let count = |counts: &BTreeMap<String, u64>| counts.get(*name).copied().unwrap_or(0);
                let entry =
                    json!({"created": count(&self.created), "deleted": count(&self.deleted), "size": count(sizes)});
                (*name, entry)
            })
            .collect();
        put("replicas", !names.is_empty(), json!(replicas));
        put("claims", !self.claims.is_empty(), json!(self.claims));
        put(
            "revisions",
            !self.revisions.is_empty() || !self.gone.is_empty(),
            json!({"new": self.revisions, "gone": self.gone}),
        );
        put("current", !self.current.is_empty(), json!(self.current));
        put("counts", self.counts.is_some(), json!(self.counts));
        put("desired", !self.desired.is_empty(), json!(self.desired));
        put("refused", self.refused > 0, json!(self.refused));
        put("unknown", !self.unknown.is_empty(), json!(self.unknown));
        group
    }
}

/// Whether all recordings say the same of an entry.
fn agreed(recordings: &[Vec<Group>], group: usize, entry: &str) -> bool {
    let Some((first, rest)) = recordings.split_first() else { return false };
    let said = first.get(group).and_then(|entries| entries.get(entry));
    rest.iter().all(|other| other.get(group).is_some_and(|entries| entries.get(entry) == said))
}

/// Every entry on which all recordings agree and the run does not.
pub fn differences(actual: &[Group], recordings: &[Vec<Group>]) -> Vec<Difference> {
    let empty = Group::new();
    let first = recordings.first().map_or(&[][..], Vec::as_slice);
    let mut found = vec![];
    for group in 0..first.len().max(actual.len()) {
        let recorded = first.get(group).unwrap_or(&empty);
        let run = actual.get(group).unwrap_or(&empty);
        let entries: BTreeSet<&'static str> = recorded.keys().chain(run.keys()).copied().collect();
        for entry in entries.into_iter().filter(|entry| agreed(recordings, group, entry)) {
            if recorded.get(entry) != run.get(entry) {
                let (recorded, actual) = (recorded.get(entry).cloned(), run.get(entry).cloned());
                found.push(Difference { group, entry, recorded, actual });
            }
        }
    }
    found
}

/// How many entries all recordings agree on: the size of the comparison.
pub fn compared(recordings: &[Vec<Group>]) -> usize {
    let first = recordings.first().map_or(&[][..], Vec::as_slice);
    let entries =
        first.iter().enumerate().flat_map(|(group, entries)| entries.keys().map(move |entry| (group, *entry)));
    entries.filter(|(group, entry)| agreed(recordings, *group, entry)).count()
}
