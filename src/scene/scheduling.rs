//! Why a pod is on its node, or on none: every node with what refused it, or with its scores.

use super::History;
use super::natural::natural;
use crate::actor::{Settings, View, World};
use crate::api::{ObjectRef, Pod, Time};
use crate::cluster::Cluster;
use crate::engine::{Step, StepId, Timeline};
use crate::reason::{OnlyNode, Plugin, Reason, SchedulerReason};
use crate::scheduler::{Assessment, NodeAssessment, PluginScore, Standing, assess};
use std::cmp::Reverse;

/// The scheduling of one pod.
#[derive(Clone, Debug, PartialEq)]
pub struct SchedulingView {
    /// The pod.
    pub pod: ObjectRef,
    /// How it stands with the pod.
    pub outcome: SchedulingOutcome,
    /// The instant whose state is judged.
    pub at: Time,
    /// Why only one node came into question, if that was so.
    pub only: Option<OnlyNode>,
    /// How many nodes share the highest score.
    pub tied: usize,
    /// What keeps the pod off every node.
    pub kept_off: Option<(Plugin, String)>,
    /// The plugins that gave scores, with their weights.
    pub plugins: Vec<(&'static str, i64)>,
    /// Every node: the chosen one, then the best by score, then those refused, by name.
    pub nodes: Vec<NodeAssessment>,
}

/// How it stands with a pod's node.
#[derive(Clone, Debug, PartialEq)]
pub enum SchedulingOutcome {
    /// The scheduler bound it.
    Bound {
        /// To this node.
        node: String,
        /// In this step.
        step: StepId,
    },
    /// The scheduler chose a node, on which its volumes are being made.
    Chosen {
        /// The node.
        node: String,
        /// In this step.
        step: StepId,
    },
    /// It waits; judged as things are now.
    Waits,
    /// Whoever made it named its node: the scheduler was not asked.
    Named(String),
    /// It is another scheduler's.
    Foreign(String),
    /// Gates keep the scheduler from looking at it.
    Gated(Vec<String>),
    /// It ended or is being deleted before it got a node.
    Over,
}

impl SchedulingView {
    /// The scheduling of a pod as it is at a moment; none where it does not exist.
    #[must_use]
    pub fn of(timeline: &Timeline, history: &History, object: &ObjectRef) -> Option<SchedulingView> {
        let now = timeline.current().map_or(Time::ZERO, |step| step.at);
        let pod = timeline.cluster().pods.get(&object.key)?;
        let empty = |outcome| SchedulingView {
            pod: object.clone(),
            outcome,
            at: now,
            only: None,
            tied: 0,
            kept_off: None,
            plugins: vec![],
            nodes: vec![],
        };
        let (steps, position) = (timeline.steps(), timeline.position());
        if let Some(node) = pod.node() {
            let Some((bound, settled)) = history.binding(steps, object, pod.metadata.uid, position) else {
                return Some(empty(SchedulingOutcome::Named(node.to_owned())));
            };
            let outcome = SchedulingOutcome::Bound { node: node.to_owned(), step: bound };
            return Some(judged(&timeline.cluster_at(settled), steps[settled].at, empty(outcome)));
        }
        if let Some(outcome) = not_looked_at(pod) {
            return Some(empty(outcome));
        }
        match history
            .choice(steps, object, pod.metadata.uid, position)
            .and_then(|step| Some((step, chosen(steps, step)?)))
        {
            Some((step, node)) => {
                let outcome = SchedulingOutcome::Chosen { node, step };
                Some(judged(&timeline.cluster_at(step), steps[step].at, empty(outcome)))
            }
            None => Some(judged(timeline.cluster(), now, empty(SchedulingOutcome::Waits))),
        }
    }

    /// The node that was chosen.
    #[must_use]
    pub fn winner(&self) -> Option<&str> {
        match &self.outcome {
            SchedulingOutcome::Bound { node, .. }
            | SchedulingOutcome::Chosen { node, .. }
            | SchedulingOutcome::Named(node) => Some(node),
            SchedulingOutcome::Waits
            | SchedulingOutcome::Foreign(_)
            | SchedulingOutcome::Gated(_)
            | SchedulingOutcome::Over => None,
        }
    }

    /// The highest score.
    #[must_use]
    pub fn highest(&self) -> Option<i64> {
        let total = |node: &NodeAssessment| match &node.standing {
            Standing::Scored { total, .. } => Some(*total),
            Standing::Refused { .. } | Standing::Only | Standing::Unseen => None,
        };
        self.nodes.iter().filter_map(total).max()
    }
}

fn chosen(steps: &[Step], id: StepId) -> Option<String> {
    match &steps.get(id)?.reason {
        Reason::Scheduler(SchedulerReason::NodeChosenForVolumes { node, .. }) => Some(node.clone()),
        _ => None,
    }
}

/// Why the scheduler does not look at an unbound pod, if it does not.
fn not_looked_at(pod: &Pod) -> Option<SchedulingOutcome> {
    if pod.is_terminating() || pod.status.phase.is_terminal() {
        return Some(SchedulingOutcome::Over);
    }
    if let Some(name) = pod.spec.scheduler_name.as_ref().filter(|name| *name != "default-scheduler") {
        return Some(SchedulingOutcome::Foreign(name.clone()));
    }
    let gates: Vec<String> = pod.spec.scheduling_gates.iter().map(|gate| gate.name.clone()).collect();
    (!gates.is_empty()).then_some(SchedulingOutcome::Gated(gates))
}

/// Fills in what the scheduler thinks of every node of a cluster. Runs of the page have the default settings.
fn judged(cluster: &Cluster, at: Time, mut view: SchedulingView) -> SchedulingView {
    let (settings, world) = (Settings::default(), World::default());
    let seen = View { cluster, now: at, settings: &settings, world: &world };
    view.at = at;
    let Some(Assessment { kept_off, mut nodes, only, tied }) = assess(seen, &view.pod.key) else { return view };
    let scores = |plugins: &Vec<PluginScore>| plugins.iter().map(|score| (score.plugin, score.weight)).collect();
    let scored = nodes.iter().find_map(|node| match &node.standing {
        Standing::Scored { plugins, .. } => Some(scores(plugins)),
        Standing::Refused { .. } | Standing::Only | Standing::Unseen => None,
    });
    let winner = view.winner().map(str::to_owned);
    let rank = |node: &NodeAssessment| {
        let (class, total) = match &node.standing {
            _ if Some(&node.node) == winner.as_ref() => (0, Reverse(0)),
            Standing::Scored { total, .. } => (1, Reverse(*total)),
            Standing::Only => (1, Reverse(0)),
            Standing::Refused { .. } => (2, Reverse(0)),
            Standing::Unseen => (3, Reverse(0)),
        };
        (class, total)
    };
    nodes.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| natural(&a.node, &b.node)));
    SchedulingView { kept_off, nodes, only, tied, plugins: scored.unwrap_or_default(), ..view }
}
