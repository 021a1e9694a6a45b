//! The page in English.

use super::super::notice::Notice;
use super::Words;
use crate::api::{Kind, Time};
use crate::engine::RunEnd;
use crate::explain::{Piece, Text};
use crate::language::Language;
use crate::reason::Refusal;
use crate::scene::{Absent, ClaimState, Deficit, Note, PodState};
use crate::session::Severity;

/// The page in English.
pub static EN: Words = Words {
    language: Language::En,
    stage_words: &super::stage::EN,
    console_words: &super::console::EN,
    compare_words: &super::compare::EN,
    title: "Setwise: Kubernetes rollouts, step by step, explained",
    description: "Paste a Kubernetes manifest and watch its rollout step by step, with the reason for every step.",
    share_words: super::share::of("en"),
    tagline: "Kubernetes rollouts, step by step, explained",
    skip_to_stage: "Skip to the stage",
    colon: ": ",
    semicolon: "; ",
    comma: ", ",
    short_kind: |kind| match kind {
        Kind::PersistentVolumeClaim => "Claim",
        Kind::PersistentVolume => "Volume",
        Kind::ControllerRevision => "Revision",
        other => other.as_str(),
    },
    examples: "Examples",
    example,
    kept_title: "Back to your own text",
    kept_note: "It was put aside when you chose an example.",
    about: "About",
    keys: "Keys",
    close: "Close",
    theme: "Colours",
    theme_auto: "As the system",
    theme_light: "Light",
    theme_dark: "Dark",
    manifests: "Manifests",
    new_file: "New file",
    new_file_name: "manifest.yaml",
    remove_file: |name| format!("Close {name}"),
    text_of: |name| format!("Text of {name}"),
    apply: "Apply",
    apply_keys: "Ctrl+Enter",
    edited: "Edited since the run",
    problems: "Problems",
    problem_counts,
    severity: |severity| match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    },
    severity_note: |severity| match severity {
        Severity::Error => "Kubernetes refuses this.",
        Severity::Warning => "Kubernetes takes this. It is probably not what you meant.",
        Severity::Note => "Valid, but not simulated here.",
    },
    next_problem: "Next problem (F8)",
    previous_problem: "Previous problem (Shift+F8)",
    go_to_line: |place| format!("Go to {place}"),
    editor_hint: "Tab indents. To leave the text, press Escape, then Tab. F8 goes to the next problem, Control and full stop \
                  list its quick fixes, Control and Space say what can be written here.",
    leaving_editor: "Tab now leaves the text.",
    quick_fixes: "Quick fixes",
    editor_phrases: &[
        ("Find", "Find"),
        ("Replace", "Replace"),
        ("next", "Next"),
        ("previous", "Previous"),
        ("all", "Select all"),
        ("match case", "Match case"),
        ("by word", "Whole words"),
        ("regexp", "Pattern"),
        ("replace", "Replace"),
        ("replace all", "Replace all"),
        ("close", "Close"),
        ("current match", "current match"),
        ("on line", "on line"),
        ("replaced $ matches", "$ places replaced"),
        ("replaced match on line $", "Replaced in line $"),
        ("Completions", "What can be written here"),
        ("Diagnostics", "Problems"),
        ("Fold line", "Fold"),
        ("Unfold line", "Unfold"),
        ("Folded lines", "Folded lines"),
        ("Unfolded lines", "Unfolded lines"),
        ("folded code", "folded lines"),
        ("unfold", "unfold"),
        ("to", "to"),
        ("Control character", "Control character"),
        ("Selection deleted", "Selection deleted"),
    ],
    no_fixes: "No quick fix for this line.",
    rename_file: |name| format!("Rename {name}"),
    file_name: "Name of the file",
    open_files: "Open files from this computer",
    save_file: |name| format!("Save {name} on this computer"),
    reset: "Reset to the example",
    drop_here: "Drop the files to open them",
    notice: |notice| match notice {
        Notice::Closed(name) => format!("{name} was closed."),
        Notice::Reset => "The example is as it was. Your text was put aside.".into(),
        Notice::NotKept => {
            "This browser does not keep your text: its storage is full or not allowed. Save what you want to keep."
                .into()
        }
        Notice::Unreadable(name) => format!("{name} could not be read as text."),
        Notice::TooLarge(name) => format!("{name} is larger than what can be read here."),
        Notice::NotMade => super::stage::EN.export.failed.into(),
    },
    undo: "Undo",
    dismiss: "Dismiss",
    hide_editor: "Hide the manifests",
    show_editor: "Show the manifests",
    stage: "Stage",
    nothing_yet: "An empty cluster",
    nothing_to_show: "Only nodes so far.",
    nodes: "Nodes",
    requested: |used, total| format!("{used} requested of {total}"),
    node_ready: "Ready",
    node_not_ready: "Not ready",
    cordoned: "Cordoned",
    cordoned_note: "Cordoned: new pods are kept off, unless they tolerate it",
    cpu: "CPU",
    memory: "Mem",
    events: "Events",
    event_warning: "Warning",
    event_when: |last, count| match count {
        1 => format!("at {}", duration(last.0)),
        count => format!("×{count}, last at {}", duration(last.0)),
    },
    ready_endpoints: "ready endpoints",
    used_of: |used, total| format!("{used} / {total}"),
    no_pods: "no pods",
    placed: "placed",
    will_be_placed: "may run here",
    refused: "refused",
    keeps: "takes no new pod",
    refusal,
    state,
    on_node: |node| format!("on {node}"),
    absent,
    note,
    not_made_yet: "not made yet",
    claim_state: |state| match state {
        ClaimState::Absent => "not yet",
        ClaimState::Pending => "Pending",
        ClaimState::Bound => "Bound",
        ClaimState::Lost => "Lost",
        ClaimState::Terminating => "Terminating",
    },
    claim_kept: "kept, no pod uses it",
    ready_of: |ready, replicas| format!("{ready} of {replicas} ready"),
    ordered: "OrderedReady",
    parallel: "Parallel",
    ordered_note: "podManagementPolicy OrderedReady: each pod waits for the one before it",
    parallel_note: "podManagementPolicy Parallel: pods do not wait for one another",
    updated_of: |updated, pods, revision| format!("{updated} of {pods} at r{revision}"),
    partition: |partition| format!("partition {partition}"),
    on_delete: "OnDelete",
    being_deleted: "being deleted",
    rolling_update: ("RollingUpdate", "strategy RollingUpdate: new pods come as old ones go"),
    recreate: ("Recreate", "strategy Recreate: all old pods go before the first new one comes"),
    paused: "paused",
    timed_out: "progress deadline exceeded",
    kept_sets: |sets| format!("{sets} older {} kept for a rollback", plural(sets, "ReplicaSet", "ReplicaSets")),
    named_by: "named by Service",
    no_service: |name| format!("No Service {name} exists, so the pods have no names in DNS"),
    not_headless: |name| format!("Service {name} is not headless, so the pods have no names in DNS"),
    unnamed: "No serviceName, so the pods have no names in DNS",
    selects_nothing: |name| format!("Service {name} does not select these pods: no names in DNS"),
    no_record_yet: "no record until Ready",
    no_record: "no DNS name",
    waiting_daemons: "on their way",
    daemon_counts: |ready, eligible, refused| {
        let refused = if refused == 0 { String::new() } else { format!(" · {refused} refused") };
        format!("{ready} of {eligible} {} ready{refused}", plural(eligible, "node", "nodes"))
    },
    for_node: |node| format!("for {node}"),
    others: "On their own",
    others_note: "no set made these",
    unused_claim: "no pod uses it",
    passed: |millis| format!("{} pass", duration(millis)),
    as_table: "Show the stage as a table",
    table_caption: "Pods at this step",
    table_head: ["Pod", "State", "Node", "Revision", "Remarks"],
    waits_arrow: |waiting, awaited| format!("{waiting} waits for {awaited}"),
    rail_of: |name| format!("Ordinals of {name}"),
    revision: |number| format!("r{number}"),
    revision_note: |number, newest| {
        format!("Made from template revision {number}, {}", if newest { "the newest" } else { "not the newest" })
    },
    more_pods: |count| format!("+{count}"),
    explanation: "Explanation",
    step_of: |step, steps, at| format!("Step {step} of {steps} · {}", instant(at)),
    before_first: "Before the first step",
    before_first_note: "Press play, or the right arrow key.",
    nothing_ran: "Write a manifest on the left and press Apply, or choose an example.",
    evidence: "Evidence",
    waiting_now: "Waiting now",
    in_the_way: "What stands in the way",
    would_help: "What would change it",
    trap: "Trap",
    way_out: "The way out",
    decided_by: "Decided by",
    line: |line| format!("line {line}"),
    line_in: |file, line| format!("{file}, line {line}"),
    written_before: |value| format!("was {value} in the text that was applied"),
    not_written: |value| format!("not written; the default is {value}"),
    next: "Next",
    rule: "Rule",
    new_tab: "opens kubernetes.io in a new tab",
    run_ended: |end| match end {
        RunEnd::Settled => "Nothing is left to happen unless somebody acts.",
        RunEnd::StepLimit => "The run was stopped at its limit of steps; what was simulated so far is shown.",
        RunEnd::TimeLimit => "The run was stopped at its limit of virtual time; what was simulated so far is shown.",
    },
    inspector: |name| format!("Details of {name}"),
    gone: "It does not exist at this step.",
    status: "Status",
    node: "Node",
    no_node: "none yet",
    owner: "Owner",
    dns: "DNS name",
    labels: "Labels",
    taints: "Taints",
    conditions: "Conditions",
    claims: "Claims",
    size: "Size",
    volume: "Volume",
    used_by: "Used by",
    nobody: "nobody",
    restarts: "Restarts",
    image: "Image",
    pods: "Pods",
    selector: "Selector",
    transport: "Playback",
    play: "Play",
    pause: "Pause",
    replay: "Play again",
    forward: "Step forward",
    back: "Step back",
    to_start: "To the start",
    to_end: "To the end",
    speed: "Speed",
    speed_value: |percent| {
        if percent % 100 == 0 { format!("{}×", percent / 100) } else { format!("0.{}×", percent / 10) }
    },
    time_of: |now, end| format!("{} of {}", duration(now.0), duration(end.0)),
    every_step: "Bookkeeping too",
    every_step_note: "Also stop at steps in which a controller only writes down counts",
    timeline: "Timeline",
    position_text: |step, steps, at, headline| {
        if step == 0 {
            format!("Before the first of {steps} steps")
        } else {
            format!("Step {step} of {steps}, {}: {headline}", instant(at))
        }
    },
    commands: "commands",
    no_lanes: "No pod in this run.",
    legend: "What the shapes mean",
    claim_lane: "its claim",
    keys_list: &[
        (&["Space"], "Play or pause"),
        (&["←", "→"], "Step back, step forward"),
        (&["Home", "End"], "To the start, to the end"),
        (&["1", "2", "3", "4"], "Speed 0.5×, 1×, 2×, 4×"),
        (&["Ctrl", "Enter"], "Apply the manifests; where it asks before, again to say yes"),
        (&["C"], "To the console; Tab completes, \u{2191} and \u{2193} bring back what was typed"),
        (&["Ctrl", "Z"], "Take back what was done to the cluster; with Shift do it again"),
        (&["Shift", "F10"], "What can be done to the object in focus; with the mouse: the other button"),
        (&["+", "-"], "Zoom the timeline in or out; with the mouse: Ctrl and the wheel"),
        (&["0"], "Show the whole run again"),
        (&["Shift", "→"], "At the playhead: select a span; Enter zooms to it. With the mouse: drag along the scale"),
        (&["F8"], "To the next problem; with Shift to the one before"),
        (&["Ctrl", "."], "Quick fixes for the line"),
        (&["Ctrl", "Space"], "What can be written here"),
        (&["Ctrl", "F"], "Search the text"),
        (&["Ctrl", "S"], "Save the file on this computer"),
        (&["Esc"], "Close what is open; then Tab leaves the text"),
        (&["?"], "This list"),
    ],
    about_text: &[
        "Setwise plays what Kubernetes v1.36 does with a manifest, one step at a time, and says of every step why it happens, \
         which field decides it and which rule of Kubernetes it is.",
        "Everything runs in this page. Nothing you type leaves your computer.",
        "Times are those of a small cluster with its images at hand: a container starts in 1.5 s, a volume is made in 0.4 s. \
         The order of events is what is true of a real cluster.",
    ],
    simulated_title: "Simulated",
    simulated: &[
        "StatefulSet: ordinals, OrderedReady and Parallel, rolling updates with partition, OnDelete, revisions, claim \
         templates and what becomes of the claims",
        "DaemonSet: which nodes it accepts and why, rolling updates with maxUnavailable and maxSurge, OnDelete",
        "Deployment and ReplicaSet: rolling updates within maxSurge and maxUnavailable, Recreate, pauses, rollbacks, the \
         progress deadline",
        "HorizontalPodAutoscaler and PodDisruptionBudget",
        "Scheduler: node name, node selector and affinity, taints, cordons, resources, host ports, volumes, topology spread, \
         affinity between pods, priorities and preemption",
        "Kubelet: phases, probes, restarts, init containers and sidecars, graceful termination, images that cannot be pulled",
        "Claims, volumes and storage classes; headless Services and the names in DNS",
        "Nodes: taints, cordons, eviction; garbage collection",
    ],
    not_simulated_title: "Not simulated yet",
    not_simulated: &[
        "Jobs and CronJobs",
        "What runs inside the containers, networks beyond names, admission webhooks, quotas",
    ],
    honesty: "Simulates Kubernetes v1.36. What is valid but not simulated is marked as a note, never as an error.",
};

fn example(id: &str) -> (&'static str, &'static str) {
    match id {
        "both" => ("Both together", "An ordered database and a log agent share four nodes."),
        "database" => {
            ("Ordered database with claims", "Three pods, one after the other; each keeps its name and its disk.")
        }
        "agent" => ("Log agent on every node", "One pod for every node that lets it in. One node does not."),
        "agent-everywhere" => {
            ("Log agent that tolerates the control plane", "One toleration more, and the last node lets it in.")
        }
        "article" => ("The article, corrected", "Service, claim, StatefulSet and autoscaler of the article, mended."),
        "article-printed" => ("The article, as printed", "Three mistakes, each with a quick fix."),
        _ => ("", ""),
    }
}

pub(super) fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn problem_counts(errors: usize, warnings: usize, notes: usize) -> String {
    let parts = [(errors, "error", "errors"), (warnings, "warning", "warnings"), (notes, "note", "notes")];
    let said: Vec<String> = (parts.into_iter())
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", plural(count, one, many)))
        .collect();
    if said.is_empty() { "No problems".into() } else { said.join(", ") }
}

fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NodeName(name) => format!("it names the node {name}"),
        Refusal::NodeSelector { key, wanted, found: None } => format!("no label {key}={wanted}"),
        Refusal::NodeSelector { key, wanted, found: Some(found) } => {
            format!("label {key} is {found}, not {wanted}")
        }
        Refusal::NodeAffinity => "its node affinity does not match".into(),
        Refusal::Taint(_) => "taint not tolerated".into(),
    }
}

fn state(state: PodState) -> &'static str {
    match state {
        PodState::Pending => "Pending",
        PodState::Creating => "Starting",
        PodState::Unready => "Running, not ready",
        PodState::Ready => "Ready",
        PodState::Trouble => "In trouble",
        PodState::Terminating => "Terminating",
        PodState::Failed => "Failed",
        PodState::Succeeded => "Succeeded",
    }
}

fn absent(absent: &Absent) -> Text {
    let name = |name: &str| Piece::Code(name.to_owned());
    let words = |words: &str| Piece::Words(words.to_owned());
    match absent {
        Absent::WaitsFor { pod, deficit } => {
            let deficit = match deficit {
                Deficit::Ready => " is Ready",
                Deficit::Available => " is available",
                Deficit::Gone => " is gone",
                Deficit::Replaced => " is replaced",
            };
            Text(vec![words("Waits until "), name(pod.name()), words(deficit)])
        }
        Absent::After(earlier) => Text(vec![words("Comes after "), name(earlier)]),
        Absent::Soon => Text::words("Is made next"),
        Absent::ClaimGoes => Text::words("Waits until its old claim is gone"),
        Absent::Surplus => Text::words("No longer wanted"),
        Absent::SetGoes => Text::words("The set is being deleted"),
    }
}

fn note(note: &Note) -> String {
    match note {
        Note::UpdateWaits(pod) => format!("Update waits for {}", pod.name()),
        Note::DeletionWaits(pod) => format!("Deletion waits for {}", pod.name()),
        Note::Partition(partition) => format!("Held by partition {partition}"),
        Note::OnDelete => "New revision when you delete it".into(),
    }
}

/// A length of virtual time: `0.4 s`, `27 s`, `5 min 3 s`.
pub(super) fn duration(millis: u64) -> String {
    match millis {
        0 => "0 s".into(),
        1..10_000 => {
            let tenths = millis.div_ceil(100);
            if tenths.is_multiple_of(10) {
                format!("{} s", tenths / 10)
            } else {
                format!("{}.{} s", tenths / 10, tenths % 10)
            }
        }
        10_000..60_000 => format!("{} s", millis / 1000),
        60_000..3_600_000 => {
            let seconds = millis / 1000;
            if seconds.is_multiple_of(60) {
                format!("{} min", seconds / 60)
            } else {
                format!("{} min {} s", seconds / 60, seconds % 60)
            }
        }
        _ => format!("{} h {} min", millis / 3_600_000, millis / 60_000 % 60),
    }
}

pub(super) fn instant(at: Time) -> String {
    format!("at {}", duration(at.0))
}
