//! The DaemonSet controller. Upstream: `pkg/controller/daemon/daemon_controller.go`, `update.go`.

mod budget;
mod eligibility;
mod manage;
mod status;
mod update;

pub use budget::Budget;
pub use eligibility::{automatic_tolerations, tolerations_of, verdict};

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{
    Affinity, ControllerRevision, DaemonSet, Key, Node, NodeAffinity, NodeSelector, NodeSelectorRequirement,
    NodeSelectorTerm, Object, ObjectMeta, Pod, Resource, Time, UpdateStrategyType,
};
use crate::controllers::history::{History, Origin, REVISION_LABEL};
use crate::controllers::ownership::{claim_pods, claim_revisions, controller_reference};
use crate::reason::{DaemonDeletion, DaemonSetAct, DaemonSetReason, Reason, Verdict};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The annotation in which the API server counts the templates of a DaemonSet.
pub const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";
/// The label with that count on the pods.
const TEMPLATE_GENERATION_LABEL: &str = "pod-template-generation";

/// Pods made, and pods deleted, in one sync at most (`BurstReplicas`).
const BURST: usize = 250;

/// One sync of the set of that name (`syncDaemonSet`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(set) = view.cluster.daemon_sets.get(key) else { return Pass::nothing() };
    let Some(selector) = set.spec.selector.as_ref().filter(|selector| !selector.is_empty()) else {
        return Pass::nothing();
    };
    if set.metadata.is_terminating() {
        return Pass::of(vec![], reason(set, DaemonSetAct::BeingDeleted, None));
    }
    let claimed = claim_pods(view, &**set, selector, |_| true);
    let (revisions, adopted) = claim_revisions(view, &**set, selector);
    let history = History::of(revisions, &set.spec.template, &controller_reference(&**set), &set.metadata.namespace);

    let mut writes: Vec<Write> =
        adopted.into_iter().map(|revision| Write::Update(Object::ControllerRevision(revision))).collect();
    let update = Object::ControllerRevision(history.update.clone());
    match history.origin {
        Origin::Newest => {}
        Origin::Raised => writes.push(Write::Update(update)),
        Origin::New => writes.push(Write::Create(update)),
    }
    let metadata = claimed.adopted.iter().chain(&claimed.released).cloned();
    writes.extend(metadata.map(|pod| Write::Update(Object::Pod(pod))));

    let sync = Sync::new(view, set, &claimed.pods, &history.update);
    let mut plan = sync.manage();
    if plan.is_empty() && set.spec.strategy() == UpdateStrategyType::RollingUpdate {
        plan = Plan { again_at: plan.again_at, ..sync.rolling_update() };
    }
    plan.create_on.truncate(BURST);
    plan.delete.truncate(BURST);
    let again_at = earlier(plan.again_at, sync.next_available());
    for node in &plan.create_on {
        writes.push(Write::Create(Object::Pod(Rc::new(sync.new_pod(node)))));
    }
    writes.extend(plan.delete.iter().map(|(pod, _)| Deletion::of(pod.reference(), pod.metadata.uid)));
    writes.extend(sync.surplus_history(&history));

    let acted = !writes.is_empty();
    let seen: &[String] =
        if view.world.daemon_set_cache_lags(set.metadata.uid, view.now) { &[] } else { &plan.create_on };
    let status = sync.status(seen);
    let recorded = status != set.status;
    if recorded {
        writes.push(Write::Update(Object::DaemonSet(Rc::new(DaemonSet { status, ..(**set).clone() }))));
    }
    let new_revision = (history.origin == Origin::New).then(|| history.update.metadata.name.clone());
    let act = if plan.is_empty() {
        match sync.waiting() {
            Some(act) => act,
            None if acted || recorded => DaemonSetAct::RecordStatus,
            None => return Pass { again_at, ..Pass::nothing() },
        }
    } else {
        sync.managed(&plan)
    };
    Pass { writes, reason: Some(reason(set, act, new_revision)), again_at }
}

/// Whether a change of a node's labels or taints concerns a set (`syncNodeUpdate`).
#[must_use]
pub fn node_concerns(view: View<'_>, set: &DaemonSet, node: &Node) -> bool {
    let scheduled = view
        .cluster
        .pods_on(&node.metadata.name)
        .any(|pod| pod.metadata.controller().is_some_and(|owner| owner.uid == set.metadata.uid));
    match verdict(set, node) {
        Verdict::Runs { .. } if !scheduled => true,
        Verdict::Refuses(_) => scheduled,
        Verdict::Runs { .. } | Verdict::Keeps(_) => scheduled && set.status.number_misscheduled > 0,
    }
}

fn reason(set: &DaemonSet, act: DaemonSetAct, new_revision: Option<String>) -> Reason {
    Reason::DaemonSet(DaemonSetReason { set: set.reference(), act, new_revision })
}

fn earlier(a: Option<Time>, b: Option<Time>) -> Option<Time> {
    a.into_iter().chain(b).min()
}

/// What a sync is going to do.
#[derive(Default)]
struct Plan {
    create_on: Vec<String>,
    delete: Vec<(Rc<Pod>, crate::reason::DaemonPodFate)>,
    again_at: Option<Time>,
}

impl Plan {
    fn is_empty(&self) -> bool {
        self.create_on.is_empty() && self.delete.is_empty()
    }
}

/// The state of one sync.
struct Sync<'a> {
    view: View<'a>,
    set: &'a DaemonSet,
    update: &'a ControllerRevision,
    hash: String,
    /// Every node, by name.
    nodes: Vec<Place<'a>>,
    /// Pods on, or aimed at, nodes that do not exist.
    elsewhere: Vec<Vec<Rc<Pod>>>,
    /// Nodes that should run a pod.
    desired: i32,
}

/// A node, what the set thinks of it, and the set's pods that are on it or aimed at it: the best one first, ended pods
/// that are terminating left out.
struct Place<'a> {
    node: &'a Rc<Node>,
    verdict: Verdict,
    pods: Vec<Rc<Pod>>,
}

impl Place<'_> {
    fn name(&self) -> &str {
        &self.node.metadata.name
    }

    fn runs(&self) -> bool {
        matches!(self.verdict, Verdict::Runs { .. })
    }
}

impl<'a> Sync<'a> {
    fn new(view: View<'a>, set: &'a DaemonSet, pods: &[Rc<Pod>], update: &'a ControllerRevision) -> Sync<'a> {
        let mut by_node: BTreeMap<&str, Vec<Rc<Pod>>> = BTreeMap::new();
        for pod in pods.iter().filter(|pod| !(pod.status.phase.is_terminal() && pod.is_terminating())) {
            if let Some(node) = target_node(pod) {
                by_node.entry(node).or_default().push(pod.clone());
            }
        }
        for pods in by_node.values_mut().filter(|pods| pods.len() > 1) {
            pods.sort_by_key(|pod| (pod.node().is_none(), pod.metadata.creation_timestamp, pod.metadata.name.clone()));
        }
        let hash = update.metadata.labels.get(REVISION_LABEL).cloned().unwrap_or_default();
        let place = |node: &'a Rc<Node>| Place {
            node,
            verdict: verdict(set, node),
            pods: by_node.remove(node.metadata.name.as_str()).unwrap_or_default(),
        };
        let nodes: Vec<Place<'a>> = view.cluster.nodes.iter().map(place).collect();
        let desired = count(nodes.iter().filter(|place| place.runs()).count());
        Sync { view, set, update, hash, nodes, elsewhere: by_node.into_values().collect(), desired }
    }

    /// The set's pods, node by node.
    fn pods(&self) -> impl Iterator<Item = &Rc<Pod>> {
        self.nodes.iter().flat_map(|place| &place.pods).chain(self.elsewhere.iter().flatten())
    }

    fn is_current(&self, pod: &Pod) -> bool {
        pod.metadata.labels.get(REVISION_LABEL) == Some(&self.hash)
    }

    fn is_available(&self, pod: &Pod) -> bool {
        pod.is_available(self.set.spec.min_ready_seconds.unwrap_or(0), self.view.now)
    }

    fn budget(&self) -> Budget {
        match self.set.spec.strategy() {
            UpdateStrategyType::RollingUpdate => {
                Budget::of(self.set.spec.update_strategy.rolling_update.as_ref(), i64::from(self.desired))
            }
            UpdateStrategyType::OnDelete => Budget::default(),
        }
    }

    fn max_surge(&self) -> i64 {
        self.budget().max_surge
    }

    fn max_unavailable(&self) -> i64 {
        self.budget().max_unavailable
    }

    /// Whether two pods may be on a node (`util.AllowsSurge`).
    fn allows_surge(&self) -> bool {
        let rolling = self.set.spec.update_strategy.rolling_update.as_ref();
        self.set.spec.strategy() == UpdateStrategyType::RollingUpdate && Budget::of(rolling, 1).max_surge > 0
    }

    /// The pod for a node: without a node name, with an affinity that leaves only that node
    /// (`ReplaceDaemonSetPodNodeNameNodeAffinity`), and with the automatic tolerations.
    fn new_pod(&self, node: &str) -> Pod {
        let template = &self.update.data;
        let mut spec = template.spec.clone();
        let affinity = spec.affinity.get_or_insert_with(Affinity::default);
        let node_affinity = affinity.node_affinity.get_or_insert_with(NodeAffinity::default);
        node_affinity.required_during_scheduling_ignored_during_execution = Some(NodeSelector {
            node_selector_terms: vec![NodeSelectorTerm {
                match_fields: vec![NodeSelectorRequirement {
                    key: "metadata.name".into(),
                    operator: "In".into(),
                    values: vec![node.into()],
                }],
                match_expressions: vec![],
            }],
        });
        spec.tolerations = tolerations_of(&template.spec);
        let mut labels = template.metadata.labels.clone();
        labels.insert(REVISION_LABEL.into(), self.hash.clone());
        if let Some(count) = self.set.metadata.annotations.get(TEMPLATE_GENERATION) {
            labels.insert(TEMPLATE_GENERATION_LABEL.into(), count.clone());
        }
        let metadata = ObjectMeta {
            generate_name: Some(format!("{}-", self.set.metadata.name)),
            namespace: self.set.metadata.namespace.clone(),
            labels,
            annotations: template.metadata.annotations.clone(),
            owner_references: vec![controller_reference(self.set)],
            ..Default::default()
        };
        Pod { metadata: Rc::new(metadata), spec: Rc::new(spec), status: Default::default() }
    }

    /// Old revisions beyond the limit, those of live pods left alone (`cleanupHistory`).
    fn surplus_history(&self, history: &History) -> Vec<Write> {
        let limit = usize::try_from(self.set.spec.revision_history_limit.unwrap_or(10)).unwrap_or(0);
        let old: Vec<_> =
            history.existing.iter().filter(|old| old.metadata.name != history.update.metadata.name).collect();
        let surplus = old.len().saturating_sub(limit);
        let is_live = |hash: Option<&String>| self.pods().any(|pod| pod.metadata.labels.get(REVISION_LABEL) == hash);
        (old.into_iter().filter(|old| surplus > 0 && !is_live(old.metadata.labels.get(REVISION_LABEL))).take(surplus))
            .map(|old| Deletion::of(old.reference(), old.metadata.uid))
            .collect()
    }

    /// When the next Ready pod becomes available.
    fn next_available(&self) -> Option<Time> {
        let min_ready_seconds = self.set.spec.min_ready_seconds.unwrap_or(0);
        let from = self.pods().filter_map(|pod| pod.available_from(min_ready_seconds));
        from.filter(|from| *from > self.view.now).min()
    }

    fn managed(&self, plan: &Plan) -> DaemonSetAct {
        let deleted = plan.delete.iter().map(|(pod, fate)| DaemonDeletion {
            pod: pod.reference(),
            node: target_node(pod).unwrap_or_default().into(),
            fate: fate.clone(),
        });
        DaemonSetAct::Manage {
            created_on: plan.create_on.clone(),
            deleted: deleted.collect(),
            desired: self.desired,
            nodes: count(self.nodes.len()),
            surge: self.max_surge(),
        }
    }

    /// What the set waits for when there is nothing to do.
    fn waiting(&self) -> Option<DaemonSetAct> {
        let outdated = count(self.pods().filter(|pod| !self.is_current(pod)).count());
        let unavailable: Vec<String> = (self.nodes.iter().filter(|place| place.runs()))
            .filter(|place| !place.pods.iter().any(|pod| self.is_current(pod) && self.is_available(pod)))
            .filter(|place| {
                outdated == 0
                    || place.pods.iter().all(|pod| self.is_current(pod) || pod.is_terminating())
                    || place.pods.len() > 1
            })
            .map(|place| place.name().to_owned())
            .collect();
        if outdated > 0 && self.set.spec.strategy() == UpdateStrategyType::OnDelete {
            return Some(DaemonSetAct::WaitForManualDelete { outdated });
        }
        if outdated > 0 {
            let surge = self.max_surge() > 0;
            let budget = if surge { self.max_surge() } else { self.max_unavailable() };
            return Some(DaemonSetAct::WaitForAvailable { nodes: unavailable, budget, surge, outdated });
        }
        if unavailable.is_empty() {
            let desired = self.desired;
            return Some(DaemonSetAct::Settled { desired, refused: count(self.nodes.len()) - desired });
        }
        Some(DaemonSetAct::WaitForReady { nodes: unavailable })
    }
}

/// The node a daemon pod is on, or aimed at by its affinity (`util.GetTargetNodeName`).
#[must_use]
pub fn target_node(pod: &Pod) -> Option<&str> {
    pod.node().or_else(|| pod.spec.pinned_node())
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
mod tests;
