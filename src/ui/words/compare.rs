//! Words of the comparison and of the run in short. In English.

use super::en::instant;
use crate::api::Time;

/// The words of the comparison and of the run in short in one language.
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct CompareWords {
    // Comparison.
    pub open: &'static str,
    pub title: &'static str,
    pub which: &'static str,
    /// By the name of the preset: its title, what it shows, and what each side is.
    pub preset: fn(&str) -> (&'static str, &'static str, [&'static str; 2]),
    pub own: &'static str,
    pub own_about: &'static str,
    pub own_sides: [&'static str; 2],
    pub commands: &'static str,
    pub commands_about: &'static str,
    pub run: &'static str,
    pub has_errors: fn(&str, usize) -> String,
    pub parting: &'static str,
    pub no_parting: &'static str,
    pub to_parting: &'static str,
    pub decided_by: &'static str,
    pub now: &'static str,
    pub moment: fn(usize, usize, Time) -> String,
    // The run in short.
    pub story: &'static str,
    pub story_empty: &'static str,
    pub phase_at: fn(Time) -> String,
    // Rules.
    pub rules: &'static str,
    pub rules_about: fn(usize) -> String,
    pub find_rule: &'static str,
    pub no_rule: &'static str,
    pub documentation: &'static str,
    pub source: &'static str,
}

/// The words in English.
pub static EN: CompareWords = CompareWords {
    open: "Compare",
    title: "Two runs on one clock",
    which: "What to compare",
    preset: |id| match id {
        "statefulset-deployment" => (
            "StatefulSet beside Deployment",
            "Three pods start, then the image changes.",
            ["StatefulSet", "Deployment"],
        ),
        "ordered-parallel" => (
            "OrderedReady beside Parallel",
            "Three pods start, then the set shrinks to one.",
            ["podManagementPolicy: OrderedReady", "podManagementPolicy: Parallel"],
        ),
        "partition" => ("Partition 0 beside 2", "The image of three pods changes.", ["partition: 0", "partition: 2"]),
        "daemonset-replicaset" => {
            ("DaemonSet beside ReplicaSet", "Three pods run, then a node joins.", ["DaemonSet", "ReplicaSet"])
        }
        "unavailable-surge" => (
            "maxUnavailable beside maxSurge",
            "The image of a Deployment changes.",
            ["maxUnavailable: 1, maxSurge: 0", "maxUnavailable: 0, maxSurge: 1"],
        ),
        _ => ("", "", ["", ""]),
    },
    own: "Your manifests, changed",
    own_about: "Both sides begin as your manifests. Change one of them and run both.",
    own_sides: ["Left", "Right"],
    commands: "Then, on both sides",
    commands_about: "One kubectl command a line, each when both sides have come to rest.",
    run: "Run both",
    has_errors: |side, count| {
        let errors = if count == 1 { "error" } else { "errors" };
        format!("{side}: {count} {errors} in the manifests. What Kubernetes refuses is left out.")
    },
    parting: "Where they part",
    no_parting: "They do not part: the pods of both sides do the same at the same times.",
    to_parting: "Show where they part",
    decided_by: "Decided by",
    now: "Now",
    moment: |moment, moments, at| format!("{moment} of {moments}, {}", instant(at)),
    story: "The run in short",
    story_empty: "Nobody has done anything yet.",
    phase_at: instant,
    rules: "All rules",
    rules_about: |count| {
        format!(
            "The {count} rules of Kubernetes that steps here rest on, each with its documentation and the function that follows it."
        )
    },
    find_rule: "Find a rule",
    no_rule: "No rule has these words.",
    documentation: "Kubernetes documentation",
    source: "In the source",
};
