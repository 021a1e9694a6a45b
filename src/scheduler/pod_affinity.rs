//! Attraction and repulsion between pods. Upstream: `pkg/scheduler/framework/plugins/interpodaffinity`.

use super::selector::Term;
use crate::actor::View;
use crate::api::{Node, Pod, PodAffinity, PodAffinityTerm};
use crate::reason::RefusalCause;
use std::collections::BTreeMap;

/// Pods by topology key and domain.
type Counts<'a> = BTreeMap<&'a str, BTreeMap<&'a str, i64>>;

/// What the filter knows of the whole cluster before it looks at a node (`preFilterState`).
pub(super) struct Neighbours<'a> {
    pod: &'a Pod,
    wanted: Vec<Term<'a>>,
    unwanted: Vec<Term<'a>>,
    /// Pods that match all terms of the pod's affinity.
    attracting: Counts<'a>,
    /// Pods that match a term of the pod's anti-affinity.
    repelled: Counts<'a>,
    /// Pods with a term of anti-affinity that the pod matches.
    repelling: Counts<'a>,
}

/// Which of the three rules a node breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    Affinity,
    AntiAffinity,
    AntiAffinityOfOthers,
}

fn terms<'a>(pod: &'a Pod, of: Option<&'a PodAffinity>) -> Vec<Term<'a>> {
    let terms = of.map_or(&[][..], |affinity| &affinity.required_during_scheduling_ignored_during_execution);
    terms.iter().map(|term| Term::of(pod, term)).collect()
}

/// The hard terms of a pod's affinity.
pub(super) fn wanted(pod: &Pod) -> Vec<Term<'_>> {
    terms(pod, pod.spec.affinity.as_ref().and_then(|affinity| affinity.pod_affinity.as_ref()))
}

fn unwanted(pod: &Pod) -> Vec<Term<'_>> {
    terms(pod, pod.spec.affinity.as_ref().and_then(|affinity| affinity.pod_anti_affinity.as_ref()))
}

/// The soft terms of a pod, each with its weight; those of anti-affinity count against.
pub(super) fn preferred(pod: &Pod) -> Vec<(Term<'_>, i64)> {
    let Some(affinity) = &pod.spec.affinity else { return vec![] };
    let against = soft_terms(affinity.pod_anti_affinity.as_ref()).map(|(term, weight)| (term, -weight));
    let terms = soft_terms(affinity.pod_affinity.as_ref()).chain(against);
    terms.map(|(term, weight)| (Term::of(pod, term), weight)).collect()
}

fn soft_terms(affinity: Option<&PodAffinity>) -> impl Iterator<Item = (&PodAffinityTerm, i64)> {
    let terms = affinity.map_or(&[][..], |it| &it.preferred_during_scheduling_ignored_during_execution);
    terms.iter().map(|term| (&term.pod_affinity_term, i64::from(term.weight)))
}

impl<'a> Neighbours<'a> {
    /// Counts the domains; none where neither the pod nor another that repels it has a hard term.
    pub fn of(view: View<'a>, pod: &'a Pod) -> Option<Neighbours<'a>> {
        let mut found = Neighbours {
            pod,
            wanted: wanted(pod),
            unwanted: unwanted(pod),
            attracting: Counts::new(),
            repelled: Counts::new(),
            repelling: Counts::new(),
        };
        for other in view.cluster.with_pod_affinity() {
            if let Some(node) = other.node().and_then(|name| view.cluster.node(name)) {
                for term in unwanted(other).iter().filter(|term| term.matches(pod)) {
                    // The other pod's term lives as long as the cluster is looked at, the copy of it does not.
                    let key = node.metadata.labels.get_key_value(term.topology_key);
                    add(&mut found.repelling, key, 1);
                }
            }
        }
        if found.wanted.is_empty() && found.unwanted.is_empty() {
            return (!found.repelling.is_empty()).then_some(found);
        }
        for node in view.cluster.nodes.iter() {
            for other in view.cluster.standing_on(&node.metadata.name) {
                if matches_all(&found.wanted, other) {
                    for term in &found.wanted {
                        add(&mut found.attracting, node.metadata.labels.get_key_value(term.topology_key), 1);
                    }
                }
                for term in found.unwanted.iter().filter(|term| term.matches(other)) {
                    add(&mut found.repelled, node.metadata.labels.get_key_value(term.topology_key), 1);
                }
            }
        }
        Some(found)
    }

    /// The rule that a node breaks, if pods were added to it and removed from it.
    pub fn refusal(&self, node: &Node, added: &[&Pod], removed: &[&Pod]) -> Option<(Broken, RefusalCause)> {
        let change = |count: &dyn Fn(&Pod) -> i64| -> i64 {
            added.iter().map(|pod| count(pod)).sum::<i64>() - removed.iter().map(|pod| count(pod)).sum::<i64>()
        };
        if let Some(cause) = self.lacks_affinity(node, change(&|other| i64::from(matches_all(&self.wanted, other)))) {
            return Some((Broken::Affinity, cause));
        }
        let neighbours = |topology_key: &str, domain: &str| RefusalCause::Neighbours {
            topology_key: topology_key.into(),
            domain: domain.into(),
        };
        for term in &self.unwanted {
            let Some(domain) = node.metadata.labels.get(term.topology_key) else { continue };
            let own_key = self.unwanted.iter().filter(|other| other.topology_key == term.topology_key);
            let more = change(&|other| own_key.clone().map(|term| i64::from(term.matches(other))).sum::<i64>());
            if count(&self.repelled, term.topology_key, domain) + more > 0 {
                return Some((Broken::AntiAffinity, neighbours(term.topology_key, domain)));
            }
        }
        let repelling = |other: &Pod, key: &str| -> i64 {
            let terms = unwanted(other);
            let of_key = terms.iter().filter(|term| term.topology_key == key && term.matches(self.pod));
            i64::try_from(of_key.count()).unwrap_or(0)
        };
        let mut keys: Vec<&str> = self.repelling.keys().copied().collect();
        let theirs: Vec<Vec<Term<'_>>> = added.iter().map(|other| unwanted(other)).collect();
        keys.extend(theirs.iter().flatten().map(|term| term.topology_key));
        for key in keys {
            let Some(domain) = node.metadata.labels.get(key) else { continue };
            if count(&self.repelling, key, domain) + change(&|other| repelling(other, key)) > 0 {
                return Some((Broken::AntiAffinityOfOthers, neighbours(key, domain)));
            }
        }
        None
    }

    /// Every term needs a pod in the node's domain (`satisfyPodAffinity`). The first pod of a group that attracts itself
    /// needs none, as long as no pod anywhere matches the terms and the pod itself does.
    fn lacks_affinity(&self, node: &Node, change: i64) -> Option<RefusalCause> {
        let mut lacking = None;
        for term in &self.wanted {
            let topology_key = term.topology_key;
            let Some(domain) = node.metadata.labels.get(topology_key) else {
                return Some(RefusalCause::NoDomain { topology_key: topology_key.into() });
            };
            // A pod counts once for each term of one key, as it was counted before.
            let alike = self.wanted.iter().filter(|other| other.topology_key == topology_key).count();
            let change = change.saturating_mul(i64::try_from(alike).unwrap_or(1));
            if count(&self.attracting, topology_key, domain) + change <= 0 {
                lacking.get_or_insert_with(|| RefusalCause::Neighbours {
                    topology_key: topology_key.into(),
                    domain: domain.clone(),
                });
            }
        }
        let counted: i64 = self.attracting.values().flat_map(BTreeMap::values).sum();
        let change = change.saturating_mul(i64::try_from(self.wanted.len()).unwrap_or(1));
        if counted + change <= 0 && matches_all(&self.wanted, self.pod) {
            return None;
        }
        lacking
    }
}

fn matches_all(terms: &[Term<'_>], pod: &Pod) -> bool {
    !terms.is_empty() && terms.iter().all(|term| term.matches(pod))
}

fn count(counts: &Counts<'_>, key: &str, domain: &str) -> i64 {
    counts.get(key).and_then(|domains| domains.get(domain)).copied().unwrap_or(0)
}

fn add<'a>(counts: &mut Counts<'a>, label: Option<(&'a String, &'a String)>, number: i64) {
    if let Some((key, domain)) = label {
        *counts.entry(key).or_default().entry(domain).or_default() += number;
    }
}

/// What a node's neighbourhood is worth to a pod, by topology key and domain (`interpodaffinity/scoring.go: PreScore`):
/// the pod's own soft terms, those of other pods that mean it, and 1 for each of their hard terms of affinity.
pub(super) fn worth<'a>(view: View<'a>, pod: &'a Pod) -> BTreeMap<&'a str, BTreeMap<&'a str, i64>> {
    let own = preferred(pod);
    let mut worth = Counts::new();
    let mut process = |other: &'a Pod, node: &'a Node| {
        let mut add = |key: &str, weight| add(&mut worth, node.metadata.labels.get_key_value(key), weight);
        own.iter().filter(|(term, _)| term.matches(other)).for_each(|(term, weight)| add(term.topology_key, *weight));
        if other.spec.affinity.as_ref().is_some_and(crate::api::Affinity::concerns_pods) {
            let hard = wanted(other);
            hard.iter().filter(|term| term.matches(pod)).for_each(|term| add(term.topology_key, HARD_WEIGHT));
            let soft = preferred(other);
            soft.iter()
                .filter(|(term, _)| term.matches(pod))
                .for_each(|(term, weight)| add(term.topology_key, *weight));
        }
    };
    if own.is_empty() {
        for other in view.cluster.with_pod_affinity() {
            if let Some(node) = other.node().and_then(|name| view.cluster.node(name)) {
                process(other, node);
            }
        }
    } else {
        for node in view.cluster.nodes.iter() {
            view.cluster.standing_on(&node.metadata.name).for_each(|other| process(other, node));
        }
    }
    worth
}

/// `InterPodAffinityArgs.HardPodAffinityWeight`.
const HARD_WEIGHT: i64 = 1;
