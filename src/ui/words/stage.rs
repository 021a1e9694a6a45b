//! Words of the stage, the inspector and the playback that are said in full sentences. In English.

use super::en::{duration, instant, plural};
use crate::api::{Time, Toleration};
use crate::reason::{Plugin, RefusalCause};
use crate::scene::{EndpointState, Owner, RolloutBounds, SchedulingOutcome};
use crate::ui::inspector::{Aspect, Turn};

/// The words of the stage, the inspector and the playback in one language.
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct StageWords {
    // Inspector.
    pub aspects: &'static str,
    pub aspect: fn(Aspect) -> &'static str,
    pub made: &'static str,
    pub owns: &'static str,
    pub at: fn(Time) -> String,
    pub condition_head: [&'static str; 3],
    pub yaml_of: fn(&str) -> String,
    pub dns_caption: &'static str,
    pub dns_head: [&'static str; 3],
    pub turn: fn(Turn) -> &'static str,
    pub go_to_step: &'static str,
    pub absent_value: &'static str,
    pub more_fields: fn(usize) -> String,
    pub more_steps: fn(usize) -> String,
    // Scheduling.
    pub scheduling_outcome: fn(&SchedulingOutcome) -> String,
    pub pinned: &'static str,
    pub nominated: &'static str,
    pub only_one: &'static str,
    pub highest: &'static str,
    pub tie: fn(usize) -> String,
    pub tied: &'static str,
    pub chosen: &'static str,
    pub passes: &'static str,
    pub unseen: &'static str,
    pub score: &'static str,
    pub verdict: &'static str,
    pub because: &'static str,
    pub judged_at: fn(Time) -> String,
    pub how_scored: &'static str,
    pub plugin_scores: fn(&str) -> &'static str,
    pub plugin_short: fn(&str) -> &'static str,
    pub refusal_plugin: fn(Plugin) -> &'static str,
    pub refusal_cause: fn(&RefusalCause) -> String,
    pub more_nodes: fn(usize) -> String,
    // Verdicts.
    pub verdict_counts: fn(usize, usize) -> String,
    pub verdicts_of: fn(&str) -> String,
    pub nothing_in_the_way: &'static str,
    pub tolerates: &'static str,
    pub toleration: fn(&Toleration, bool) -> String,
    pub unmet_term: fn(usize, usize) -> String,
    pub empty_term: &'static str,
    pub overlay_scheduling: fn(&str) -> String,
    pub overlay_verdicts: fn(&str) -> String,
    // Deployments.
    pub bounds: fn(&RolloutBounds) -> String,
    pub not_made: fn(usize) -> String,
    pub load_of: fn(Option<i32>, i32) -> String,
    pub scale_of: fn(i32, i32, i32) -> String,
    // Very many nodes.
    pub field: &'static str,
    pub field_near: fn(usize, usize, usize) -> String,
    pub field_look: &'static str,
    pub field_head: [&'static str; 2],
    pub field_unbound: &'static str,
    pub field_down: &'static str,
    pub field_all: &'static str,
    // Playback.
    pub owner: fn(&Owner) -> String,
    pub counted: fn(&str, usize) -> String,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    pub even: &'static str,
    pub even_note: &'static str,
    pub to_watch: fn(u64) -> String,
    pub mark: fn(bool, Time, &str) -> String,
    pub more_lanes: fn(usize) -> String,
    pub whole_run: &'static str,
    pub brush_note: &'static str,
    pub brushed: fn(usize, usize) -> String,
    // Services.
    pub headless: &'static str,
    pub headless_note: &'static str,
    pub address_note: &'static str,
    pub unselected: &'static str,
    pub endpoints: &'static str,
    pub endpoints_of: fn(usize, usize) -> String,
    pub endpoint_state: fn(EndpointState) -> &'static str,
    pub named_below: fn(&str) -> String,
    // What is short, what ends, what stands.
    pub pressure: fn(&str) -> String,
    pub grace: fn(u64, u64) -> String,
    pub grace_note: &'static str,
    pub still_traps: &'static str,
    // As tables.
    pub tables: TableWords,
    // Export.
    pub export: ExportWords,
    // The gallery.
    pub gallery: &'static str,
    pub gallery_note: &'static str,
}

/// The words of the stage as tables.
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct TableWords {
    pub workloads: &'static str,
    pub workload_head: [&'static str; 5],
    pub services: &'static str,
    pub service_head: [&'static str; 4],
    pub endpoint: fn(&str, &str) -> String,
    pub claims: &'static str,
    pub claim_head: [&'static str; 4],
    pub nodes: &'static str,
    pub node_head: [&'static str; 6],
    pub verdicts: &'static str,
    pub verdict_head: [&'static str; 4],
    pub field: &'static str,
}

/// The words of the export.
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct ExportWords {
    pub menu: &'static str,
    pub svg: (&'static str, &'static str),
    pub png: (&'static str, &'static str),
    pub video: (&'static str, &'static str),
    pub markdown: (&'static str, &'static str),
    pub recording: fn(u32) -> String,
    pub stop: &'static str,
    pub failed: &'static str,
}

/// The words in English.
pub static EN: StageWords = StageWords {
    aspects: "What to see of it",
    aspect: |aspect| match aspect {
        Aspect::Overview => "Overview",
        Aspect::Scheduling => "Scheduling",
        Aspect::Verdicts => "Nodes",
        Aspect::Yaml => "YAML",
        Aspect::Events => "Events",
        Aspect::Dns => "DNS",
        Aspect::History => "History",
    },
    made: "Made",
    owns: "Owns",
    at: instant,
    condition_head: ["Type", "Status", "Reason"],
    yaml_of: |name| format!("YAML of {name} at this step"),
    dns_caption: "DNS records",
    dns_head: ["Name", "Type", "Value"],
    turn: |turn| match turn {
        Turn::Made => "made",
        Turn::Changed => "changed",
        Turn::Removed => "removed",
    },
    go_to_step: "Go to this step",
    absent_value: "none",
    more_fields: |count| format!("and {count} more {}", plural(count, "field", "fields")),
    more_steps: |count| format!("{count} more {} further away", plural(count, "step", "steps")),
    scheduling_outcome,
    pinned: "Its node affinity names this node alone, as on every pod of a DaemonSet.",
    nominated: "Room was made there for it by evicting others.",
    only_one: "No other node passes every filter, so none is scored.",
    highest: "It has the highest score.",
    tie: |tied| {
        format!(
            "{tied} nodes share the highest score: Kubernetes would choose at random among these, here the first by name \
             is taken."
        )
    },
    tied: "tie",
    chosen: "chosen:",
    passes: "passes every filter",
    unseen: "not looked at",
    score: "Sum",
    verdict: "Verdict",
    because: "Because",
    judged_at: |at| format!("Every node as it was {}", instant(at)),
    how_scored: "Each plugin gives 0 to 100 points; the sum counts each as often as its weight says.",
    plugin_scores,
    plugin_short: |plugin| match plugin {
        "TaintToleration" => "Taints",
        "NodeAffinity" => "Node affinity",
        "NodeResourcesFit" => "Room",
        "PodTopologySpread" => "Spread",
        "InterPodAffinity" => "Pod affinity",
        "NodeResourcesBalancedAllocation" => "Balance",
        _ => "Other",
    },
    refusal_plugin,
    refusal_cause,
    more_nodes: |count| format!("and {count} more {}", plural(count, "node", "nodes")),
    verdict_counts: |runs, all| format!("Runs a pod on {runs} of {all} {}.", plural(all, "node", "nodes")),
    verdicts_of: |set| format!("What {set} thinks of every node"),
    nothing_in_the_way: "nothing in the way",
    tolerates: "tolerates",
    toleration: |_, added| if added { "added automatically".into() } else { "as the template says".into() },
    unmet_term: |term, of| if of == 1 { "not met:".into() } else { format!("term {term} not met:") },
    empty_term: "an empty term matches no node",
    overlay_scheduling: |pod| format!("Scheduling of {pod}"),
    overlay_verdicts: |set| format!("Verdicts of {set}"),
    bounds,
    not_made: |count| format!("{count} to come"),
    load_of: |current, wanted| match current {
        Some(current) => format!("load {current} %, target {wanted} %"),
        None => format!("load unknown, target {wanted} %"),
    },
    scale_of: |desired, least, most| match desired {
        0 => format!("{least} to {most} pods, nothing decided yet"),
        desired => format!("wants {desired}, {least} to {most} allowed"),
    },
    field: "Every node as a square: its colour is its pods' most urgent state, its fill how many pods it has",
    field_near: |from, to, all| format!("Nodes {from} to {to} of {all} in full"),
    field_look: "Nodes to show in full",
    field_head: ["Pods", "How many"],
    field_unbound: "On no node",
    field_down: "Nodes not ready",
    field_all: "All",
    owner: |owner| match owner {
        Owner::Workload(set) => set.name().to_owned(),
        Owner::Nobody => "On their own".into(),
        Owner::Claims => "Claims".into(),
        Owner::Nodes => "Nodes".into(),
    },
    counted: |name, count| format!("{name} ({count})"),
    zoom_in: "Zoom in (+)",
    zoom_out: "Zoom out (-)",
    even: "Even pace",
    even_note: "Off: what you have seen often passes quicker, so that the hundredth pod does not take as long as the first. \
                On: every step takes its time.",
    to_watch: |millis| format!("{} to watch", duration(millis.div_ceil(1_000) * 1_000)),
    mark: |is_fault, at, headline| {
        format!("{} {}: {headline}", if is_fault { "Fault" } else { "Command" }, instant(at))
    },
    more_lanes: |count| format!("{count} more, not drawn"),
    whole_run: "Show the whole run (0)",
    brush_note: "Drag along the scale, or hold Shift and press the arrow keys, then Enter, to zoom into a span",
    brushed: |from, to| format!("Selected: steps {from} to {to}. Enter zooms to them, Escape lets them go."),
    headless: "headless",
    headless_note: "Its name leads to the pods themselves, and each pod has a name below it",
    address_note: "One address for all pods that are ready",
    unselected: "no selector",
    endpoints: "Endpoints",
    endpoints_of: |ready, all| match all {
        0 => "no endpoints".into(),
        all => format!("{ready} of {all} {} ready", plural(all, "endpoint", "endpoints")),
    },
    endpoint_state: |state| match state {
        EndpointState::Ready => "gets traffic",
        EndpointState::NotReady => "not ready",
        EndpointState::Draining => "ends, still serves",
        EndpointState::Terminating => "ends",
    },
    named_below: |name| format!("as {name}"),
    pressure: |condition| match condition {
        "MemoryPressure" => "Memory pressure".into(),
        "DiskPressure" => "Disk pressure".into(),
        "PIDPressure" => "PID pressure".into(),
        other => other.to_owned(),
    },
    grace: |left, whole| match left {
        0 => "grace period over".into(),
        left => format!("{} of {} left", duration(left), duration(whole)),
    },
    grace_note: "The grace period: what still runs when it is over is killed",
    still_traps: "Traps that stand",
    tables: TableWords {
        workloads: "Workloads at this step",
        workload_head: ["Kind", "Name", "Ready", "Revision", "Remarks"],
        services: "Services at this step",
        service_head: ["Service", "Address", "Ready endpoints", "Endpoints"],
        endpoint: |name, state| format!("{name} {state}"),
        claims: "Claims at this step",
        claim_head: ["Claim", "State", "Size", "Volume"],
        nodes: "Nodes at this step",
        node_head: ["Node", "State", "CPU", "Memory", "Pods", "Taints and labels"],
        verdicts: "What DaemonSets think of the nodes",
        verdict_head: ["DaemonSet", "Node", "Verdict", "Because"],
        field: "Pods of all nodes at this step",
    },
    export: ExportWords {
        menu: "Export",
        svg: ("Stage as SVG", "A drawing that stays sharp, to edit and to print."),
        png: ("Stage as PNG", "A picture at twice its size."),
        video: ("Run as a video", "Plays the run from here to its end and records it."),
        markdown: ("Run as Markdown", "Every step with its reason, for course notes."),
        recording: |percent| format!("Recording, {percent} %"),
        stop: "Stop and keep what there is",
        failed: "This browser could not make it.",
    },
    gallery: "Every state of every element",
    gallery_note: "For designers and for the tests of the pictures: made of the page's own components, with fixed data.",
};

fn scheduling_outcome(outcome: &SchedulingOutcome) -> String {
    match outcome {
        SchedulingOutcome::Bound { .. } => "The scheduler chose".into(),
        SchedulingOutcome::Chosen { .. } => "Its volumes are being made first; the scheduler has chosen".into(),
        SchedulingOutcome::Waits => "It waits for a node. This is what every node says now.".into(),
        SchedulingOutcome::Named(_) => "The scheduler was not asked: the pod was made with spec.nodeName".into(),
        SchedulingOutcome::Foreign(name) => format!("It belongs to the scheduler {name}, which is not simulated."),
        SchedulingOutcome::Gated(gates) => {
            format!("The scheduler does not look at it before its gates are gone: {}.", gates.join(", "))
        }
        SchedulingOutcome::Over => "It never got a node.".into(),
    }
}

fn plugin_scores(plugin: &str) -> &'static str {
    match plugin {
        "TaintToleration" => "TaintToleration: fewer taints with PreferNoSchedule that the pod does not tolerate",
        "NodeAffinity" => "NodeAffinity: more of the preferred terms of node affinity",
        "NodeResourcesFit" => "NodeResourcesFit: more CPU and memory left",
        "PodTopologySpread" => "PodTopologySpread: fewer pods of its kind in the node's domain",
        "InterPodAffinity" => "InterPodAffinity: preferred pods nearby, unwanted ones far",
        "NodeResourcesBalancedAllocation" => "NodeResourcesBalancedAllocation: CPU and memory equally used",
        _ => "A plugin of the scheduler",
    }
}

fn refusal_plugin(plugin: Plugin) -> &'static str {
    match plugin {
        Plugin::NodeUnschedulable => "it is cordoned",
        Plugin::NodeName => "the pod names another node",
        Plugin::TaintToleration => "a taint is not tolerated",
        Plugin::NodeAffinity => "node selector or node affinity does not match",
        Plugin::NodePorts => "a host port is taken",
        Plugin::NodeResourcesFit => "too little is left",
        Plugin::VolumeRestrictions => "another pod holds the claim alone",
        Plugin::VolumeBinding => "the volume cannot be had here",
        Plugin::VolumeZone => "the volume is in another zone",
        Plugin::PodTopologySpread => "its domain would be too full",
        Plugin::InterPodAffinity => "its neighbours do not fit",
    }
}

fn refusal_cause(cause: &RefusalCause) -> String {
    match cause {
        RefusalCause::Taint(taint) => format!("taint {taint} is not tolerated"),
        RefusalCause::Label { key, wanted } => format!("no label {key}={wanted}"),
        RefusalCause::Resource { name, requested, free, .. } => {
            format!("{} of {name} left, {} requested", amount(name, *free), amount(name, *requested))
        }
        RefusalCause::Port(port) => format!("host port {port} is taken"),
        RefusalCause::Skew { topology_key, domain, skew, max_skew, .. } => {
            format!("{topology_key}={domain} would have {skew} more than the emptiest domain, {max_skew} allowed")
        }
        RefusalCause::NoDomain { topology_key } => format!("no label {topology_key}"),
        RefusalCause::Neighbours { topology_key, domain } => {
            format!("the pods in {topology_key}={domain} do not fit its affinity")
        }
    }
}

/// An amount of a resource: milli-CPU for CPU, bytes for memory and storage, else pieces.
pub(super) fn amount(resource: &str, amount: i64) -> String {
    const MI: i64 = 1 << 20;
    match resource {
        "cpu" => format!("{amount}m"),
        "memory" | "ephemeral-storage" => format!("{}Mi", amount / MI),
        _ => amount.to_string(),
    }
}

fn bounds(bounds: &RolloutBounds) -> String {
    let (make, lose) = (bounds.may_make(), bounds.may_lose());
    format!(
        "at most {} pods, at least {} available: {make} more may start, {lose} may stop",
        bounds.most, bounds.fewest
    )
}
