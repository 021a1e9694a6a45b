//! How pods spread over domains of nodes. Upstream: `pkg/scheduler/framework/plugins/podtopologyspread`.

use super::filters::untolerated_taint;
use super::selector::Selector;
use crate::actor::View;
use crate::api::{Key, Kind, Labels, Node, Pod, TopologySpreadConstraint};
use crate::reason::RefusalCause;
use std::collections::BTreeMap;

pub(super) const HOSTNAME: &str = "kubernetes.io/hostname";
const ZONE: &str = "topology.kubernetes.io/zone";

/// The constraints of pods that have none: name of the label, `maxSkew` (`systemDefaultConstraints`).
const DEFAULTS: [(&str, i64); 2] = [(HOSTNAME, 3), (ZONE, 5)];

/// A constraint with its selector made ready.
pub(super) struct Constraint<'a> {
    pub max_skew: i64,
    pub topology_key: &'a str,
    pub selector: Selector<'a>,
    min_domains: usize,
    honors_affinity: bool,
    honors_taints: bool,
}

impl<'a> Constraint<'a> {
    fn of(pod: &'a Pod, constraint: &'a TopologySpreadConstraint) -> Constraint<'a> {
        let labels = &pod.metadata.labels;
        let selector = Selector::of(constraint.label_selector.as_ref(), labels, &constraint.match_label_keys, &[]);
        Constraint {
            max_skew: constraint.max_skew.into(),
            topology_key: &constraint.topology_key,
            selector,
            min_domains: usize::try_from(constraint.min_domains.unwrap_or(1)).unwrap_or(1),
            honors_affinity: constraint.node_affinity_policy.as_deref() != Some("Ignore"),
            honors_taints: constraint.node_taints_policy.as_deref() == Some("Honor"),
        }
    }

    /// Whether a node counts (`matchNodeInclusionPolicies`).
    pub fn includes(&self, pod: &Pod, node: &Node, comparison_operators: bool) -> bool {
        let tolerated = || untolerated_taint(&pod.spec.tolerations, &node.spec.taints, comparison_operators).is_none();
        (!self.honors_affinity || pod.spec.required_node_affinity_matches(node)) && (!self.honors_taints || tolerated())
    }

    /// Pods on a node that are counted (`countPodsMatchSelector`): those being deleted are not.
    pub fn count_on(&self, view: View<'_>, pod: &Pod, node: &str) -> i64 {
        if self.selector.is_empty() {
            return 0;
        }
        let counted = view.cluster.standing_on(node).filter(|other| {
            !other.is_terminating()
                && other.metadata.namespace == pod.metadata.namespace
                && self.selector.matches(&other.metadata.labels)
        });
        i64::try_from(counted.count()).unwrap_or(i64::MAX)
    }
}

/// The constraints of a pod with one `whenUnsatisfiable`.
pub(super) fn constraints_of<'a>(pod: &'a Pod, when_unsatisfiable: &str) -> Vec<Constraint<'a>> {
    let wanted = pod.spec.topology_spread_constraints.iter();
    let wanted = wanted.filter(|constraint| constraint.when_unsatisfiable == when_unsatisfiable);
    wanted.map(|constraint| Constraint::of(pod, constraint)).collect()
}

/// The constraints that pods without any have, so that the pods behind one Service, or of one StatefulSet or ReplicaSet,
/// are spread (`buildDefaultConstraints`, `helper.DefaultSelector`).
pub(super) fn default_constraints<'a>(view: View<'a>, pod: &'a Pod) -> Vec<Constraint<'a>> {
    let namespace = &pod.metadata.namespace;
    let behind = view.cluster.services.iter().filter(|service| {
        let selector = &service.spec.selector;
        service.metadata.namespace == *namespace && !selector.is_empty() && contains(&pod.metadata.labels, selector)
    });
    let labels: Vec<(&str, &str)> =
        behind.flat_map(|service| &service.spec.selector).map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let owner = pod.metadata.controller().map(|owner| (Kind::parse(&owner.kind), Key::new(namespace, &owner.name)));
    let of_owner = owner.and_then(|(kind, key)| match kind {
        Some(Kind::StatefulSet) => view.cluster.stateful_sets.get(&key)?.spec.selector.as_ref(),
        Some(Kind::ReplicaSet) => view.cluster.replica_sets.get(&key)?.spec.selector.as_ref(),
        _ => None,
    });
    let selector = Selector::of_labels(labels, of_owner);
    if selector.is_empty() {
        return vec![];
    }
    let constraint = |(topology_key, max_skew)| Constraint {
        max_skew,
        topology_key,
        selector: selector.clone(),
        min_domains: 1,
        honors_affinity: true,
        honors_taints: false,
    };
    DEFAULTS.into_iter().map(constraint).collect()
}

fn contains(labels: &Labels, wanted: &Labels) -> bool {
    wanted.iter().all(|(key, value)| labels.get(key) == Some(value))
}

/// Whether a node has the labels of all constraints (`nodeLabelsMatchSpreadConstraints`).
pub(super) fn has_all_keys(node: &Node, constraints: &[Constraint<'_>]) -> bool {
    constraints.iter().all(|constraint| node.metadata.labels.contains_key(constraint.topology_key))
}

/// What the filter knows of the whole cluster before it looks at a node (`preFilterState`).
pub(super) struct Spread<'a> {
    view: View<'a>,
    pod: &'a Pod,
    constraints: Vec<Constraint<'a>>,
    domains: Vec<Domains<'a>>,
}

/// The domains of one constraint.
#[derive(Default)]
struct Domains<'a> {
    /// Matching pods by domain.
    counts: BTreeMap<&'a str, i64>,
    /// The two emptiest domains (`criticalPaths`): what changes on one node changes one domain only.
    emptiest: Vec<(&'a str, i64)>,
}

impl<'a> Spread<'a> {
    /// Counts the domains; none for a pod without hard constraints.
    pub fn of(view: View<'a>, pod: &'a Pod) -> Option<Spread<'a>> {
        let constraints = constraints_of(pod, "DoNotSchedule");
        if constraints.is_empty() {
            return None;
        }
        let gate = view.settings.cluster.taint_toleration_comparison_operators();
        let mut domains: Vec<Domains<'a>> = constraints.iter().map(|_| Domains::default()).collect();
        for node in view.cluster.nodes.iter().filter(|node| has_all_keys(node, &constraints)) {
            for (constraint, domains) in constraints.iter().zip(&mut domains) {
                if constraint.includes(pod, node, gate)
                    && let Some(domain) = node.metadata.labels.get(constraint.topology_key)
                {
                    *domains.counts.entry(domain).or_default() += constraint.count_on(view, pod, &node.metadata.name);
                }
            }
        }
        for domains in &mut domains {
            let mut by_count: Vec<_> = domains.counts.iter().map(|(domain, count)| (*domain, *count)).collect();
            by_count.sort_by_key(|(_, count)| *count);
            by_count.truncate(2);
            domains.emptiest = by_count;
        }
        Some(Spread { view, pod, constraints, domains })
    }

    /// What forbids a node, with whether the node lacks a label, if pods were added to it and removed from it.
    pub fn refusal(&self, node: &Node, added: &[&Pod], removed: &[&Pod]) -> Option<(bool, RefusalCause)> {
        let gate = self.view.settings.cluster.taint_toleration_comparison_operators();
        let has_all = has_all_keys(node, &self.constraints);
        for (constraint, domains) in self.constraints.iter().zip(&self.domains) {
            let topology_key = constraint.topology_key;
            let Some(domain) = node.metadata.labels.get(topology_key) else {
                return Some((true, RefusalCause::NoDomain { topology_key: topology_key.into() }));
            };
            let counts = |pods: &[&Pod]| {
                let matching = pods.iter().filter(|other| {
                    other.metadata.namespace == self.pod.metadata.namespace
                        && constraint.selector.matches(&other.metadata.labels)
                });
                i64::try_from(matching.count()).unwrap_or(0)
            };
            let is_included = has_all && constraint.includes(self.pod, node, gate);
            let change = if is_included { counts(added) - counts(removed) } else { 0 };
            let matching = domains.counts.get(domain.as_str()).copied().unwrap_or(0) + change;
            let least = self.least(constraint, domains, domain, change);
            let own = i64::from(constraint.selector.matches(&self.pod.metadata.labels));
            let skew = matching + own - least;
            if skew > constraint.max_skew {
                let cause = RefusalCause::Skew {
                    topology_key: topology_key.into(),
                    domain: domain.clone(),
                    skew,
                    least,
                    max_skew: constraint.max_skew,
                };
                return Some((false, cause));
            }
        }
        None
    }

    /// Matching pods in the emptiest domain, 0 where there are fewer domains than asked for (`minMatchNum`).
    fn least(&self, constraint: &Constraint<'_>, domains: &Domains<'_>, changed: &str, change: i64) -> i64 {
        if domains.counts.len() < constraint.min_domains {
            return 0;
        }
        let now =
            domains.emptiest.iter().map(|(domain, count)| if *domain == changed { count + change } else { *count });
        // A changed domain that is not among the emptiest may have become it.
        let own = domains.counts.get(changed).map(|count| count + change);
        now.chain(own).min().unwrap_or(i32::MAX.into())
    }
}
