//! Which pods a constraint means: a label selector with what the pod's own labels add to it, and namespaces.
//! Upstream: `pkg/scheduler/framework/types.go: AffinityTerm.Matches`, `pkg/registry/core/pod/strategy.go`.

use crate::api::{LabelSelector, Labels, Pod, PodAffinityTerm};

/// The label that every namespace carries with its name as the value.
const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

/// A label selector, extended by `matchLabelKeys` and `mismatchLabelKeys`.
#[derive(Clone, Debug, Default)]
pub(super) struct Selector<'a> {
    /// All must match; none at all means that nothing matches.
    parts: Vec<&'a LabelSelector>,
    equal: Vec<(&'a str, &'a str)>,
    unequal: Vec<(&'a str, &'a str)>,
}

impl<'a> Selector<'a> {
    /// A selector of a constraint of `pod`. Keys that the pod has no label for are left out.
    pub fn of(
        selector: Option<&'a LabelSelector>,
        pod: &'a Labels,
        match_keys: &'a [String],
        mismatch_keys: &'a [String],
    ) -> Selector<'a> {
        let values = |keys: &'a [String]| {
            keys.iter().filter_map(|key| Some((key.as_str(), pod.get(key)?.as_str()))).collect::<Vec<_>>()
        };
        Selector { parts: selector.into_iter().collect(), equal: values(match_keys), unequal: values(mismatch_keys) }
    }

    /// Labels that must all be there, and besides them a selector.
    pub fn of_labels(labels: Vec<(&'a str, &'a str)>, selector: Option<&'a LabelSelector>) -> Selector<'a> {
        Selector { parts: vec![selector.unwrap_or(EVERYTHING)], equal: labels, unequal: vec![] }
    }

    /// Whether it asks for nothing, so that every pod matches.
    pub fn is_empty(&self) -> bool {
        !self.parts.is_empty()
            && self.parts.iter().all(|part| part.is_empty())
            && self.equal.is_empty()
            && self.unequal.is_empty()
    }

    /// Whether labels match.
    pub fn matches(&self, labels: &Labels) -> bool {
        let has = |(key, value): &(&str, &str)| labels.get(*key).is_some_and(|own| own == value);
        !self.parts.is_empty()
            && self.parts.iter().all(|part| part.matches(labels))
            && self.equal.iter().all(has)
            && !self.unequal.iter().any(has)
    }
}

static EVERYTHING: &LabelSelector = &LabelSelector { match_labels: Labels::new(), match_expressions: vec![] };

/// A term of pod affinity or anti-affinity of a pod.
#[derive(Clone, Debug)]
pub(super) struct Term<'a> {
    /// The node label whose values are the domains.
    pub topology_key: &'a str,
    selector: Selector<'a>,
    namespaces: &'a [String],
    namespace_selector: Option<&'a LabelSelector>,
    own_namespace: &'a str,
}

impl<'a> Term<'a> {
    /// A term of a pod.
    pub fn of(pod: &'a Pod, term: &'a PodAffinityTerm) -> Term<'a> {
        let labels = &pod.metadata.labels;
        Term {
            topology_key: &term.topology_key,
            selector: Selector::of(
                term.label_selector.as_ref(),
                labels,
                &term.match_label_keys,
                &term.mismatch_label_keys,
            ),
            namespaces: &term.namespaces,
            namespace_selector: term.namespace_selector.as_ref(),
            own_namespace: &pod.metadata.namespace,
        }
    }

    /// Whether it means a pod.
    pub fn matches(&self, pod: &Pod) -> bool {
        self.means_namespace(&pod.metadata.namespace) && self.selector.matches(&pod.metadata.labels)
    }

    /// Its own namespace, unless others are given by name or by their labels, of which there is one: the name.
    fn means_namespace(&self, namespace: &str) -> bool {
        let by_labels = |selector: &LabelSelector| {
            let labels = Labels::from([(NAMESPACE_NAME.to_owned(), namespace.to_owned())]);
            selector.is_empty() || selector.matches(&labels)
        };
        match (self.namespaces, self.namespace_selector) {
            ([], None) => namespace == self.own_namespace,
            (names, selector) => names.iter().any(|name| name == namespace) || selector.is_some_and(by_labels),
        }
    }
}
