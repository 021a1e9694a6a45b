//! What a simulator cannot know, in one place: everything that is taken out of an answer before two are compared.

use regex_lite::Regex;
use std::sync::LazyLock;

/// A pattern, what stands in its place, and why.
type Mask = (&'static str, &'static str);

/// In the order in which they are put to work. Generated names have the characters of `k8s.io/apimachinery/pkg/util/rand`.
const MASKS: [Mask; 16] = [
    // Times and ages.
    (r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000", "<time>"),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", "<time>"),
    // How often an Event was repeated depends on how fast the machine was.
    (r" \(x\d+ over (\d+[dhms])+\)", ""),
    // Identities; before the ages, which some of them look like.
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uid>"),
    (r"\b(\d+d)?(\d+h)?(\d+m)?\d+[smhd]\b", "<age>"),
    // Addresses.
    (r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b", "<ip>"),
    (r#"resourceVersion: "\d+""#, "resourceVersion: <version>"),
    (r"(?m)^( *(?:Container ID|containerID|Image ID|- containerID|imageID):) .*$", "$1 <id>"),
    // Names that are generated, and hashes of templates.
    (r"-[bcdfghjklmnpqrstvwxz2456789]{5}\b", "-<suffix>"),
    (r"-[bcdfghjklmnpqrstvwxz2456789]{8,10}\b", "-<hash>"),
    (r"hash=[bcdfghjklmnpqrstvwxz2456789]{8,10}\b", "hash=<hash>"),
    // The recorded tree gives every pod a certificate of its own.
    (
        r"(?m)^ +- configMap:\n +items:\n +- key: service-ca.crt\n +path: service-ca.crt\n +name: openshift-service-ca.crt\n",
        "",
    ),
    (r"(?m)^ +ConfigMapName: +openshift-service-ca.crt\n +Optional: +false\n", ""),
    // A plugin of the recorded scheduler has the last word on pods whose claims are not bound.
    (r"(?m)(PersistentVolumeClaims\.) (not found|preemption: .*|no new claims .*)$", "$1"),
    // The played kubelets and the played provisioner say less than real ones do.
    (r"(?m)^(  (?:Ready|MemoryPressure|DiskPressure|PIDPressure) .* Kubelet[A-Za-z]+) +kubelet [a-zA-Z ]+$", "$1"),
    (r"(?m)^  (?:Normal|Warning) .*  external-provisioner  .*\n", ""),
];

static COMPILED: LazyLock<Vec<(Regex, &'static str)>> =
    LazyLock::new(|| MASKS.iter().map(|(pattern, with)| (Regex::new(pattern).unwrap(), *with)).collect());

/// The lines of an answer without what a simulator cannot know. Columns are as far apart as two blanks, and lines whose
/// order hangs on a generated name are sorted.
pub(super) fn masked(text: &str, nodes: &[String]) -> Vec<String> {
    let mut text = text.to_owned();
    for (pattern, with) in COMPILED.iter() {
        text = pattern.replace_all(&text, *with).into_owned();
    }
    let mut lines: Vec<String> = text.lines().map(|line| squeezed(&without_place(line, nodes))).collect();
    // The same Event said again is another Event only where time passed in between.
    lines.dedup_by(|a, b| a == b && a.contains("  <age>  "));
    for run in lines.chunk_by_mut(|a, b| hangs_on_chance(a) && hangs_on_chance(b)) {
        run.sort();
    }
    lines
}

/// Which of several equal nodes a pod came to is left to chance.
fn without_place(line: &str, nodes: &[String]) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let is_first = |index: usize, words: &[String]| words.iter().take(index).all(String::is_empty);
    for index in 0..words.len() {
        let place = words[index].split('/').next().unwrap_or_default();
        let says_where = line.trim_start().starts_with("Node:")
            || line.contains("Successfully assigned")
            || line.trim_start().starts_with("nodeName:")
            || line.contains("<none>");
        if says_where && !is_first(index, &words) && nodes.iter().any(|node| node == place) {
            words[index] = "<node>".into();
        }
    }
    words.join(" ")
}

/// Blanks between columns are two; those at the beginning stay.
fn squeezed(line: &str) -> String {
    let text = line.trim_start_matches(' ');
    let indent = &line[..line.len() - text.len()];
    let mut squeezed = String::from(indent);
    let mut blanks = 0;
    for c in text.chars() {
        if c == ' ' {
            blanks += 1;
            continue;
        }
        squeezed.push_str(&" ".repeat(blanks.min(2)));
        blanks = 0;
        squeezed.push(c);
    }
    squeezed
}

fn hangs_on_chance(line: &str) -> bool {
    line.contains("<suffix>") || line.contains("<hash>") || line.contains("<uid>") || line.starts_with("evicting pod")
}
