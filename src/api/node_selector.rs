//! Matching nodes by label and name. Upstream: `k8s.io/component-helpers/scheduling/corev1/nodeaffinity`.

use super::{Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodSpec};

impl PodSpec {
    /// Whether a node has the labels of `nodeSelector` and satisfies the required node affinity
    /// (`GetRequiredNodeAffinity(pod).Match`).
    #[must_use]
    pub fn required_node_affinity_matches(&self, node: &Node) -> bool {
        self.node_selector.iter().all(|(key, value)| node.metadata.labels.get(key) == Some(value))
            && self.required_node_selector().is_none_or(|selector| selector.matches(node))
    }

    /// The required node affinity, if there is one.
    #[must_use]
    pub fn required_node_selector(&self) -> Option<&NodeSelector> {
        let affinity = self.affinity.as_ref()?.node_affinity.as_ref()?;
        affinity.required_during_scheduling_ignored_during_execution.as_ref()
    }

    /// The one node that the required affinity leaves by name, as on every daemon pod.
    #[must_use]
    pub fn pinned_node(&self) -> Option<&str> {
        let [term] = self.required_node_selector()?.node_selector_terms.as_slice() else { return None };
        let by_name = |field: &&NodeSelectorRequirement| field.key == "metadata.name" && field.operator == "In";
        term.match_fields.iter().find(by_name)?.values.first().map(String::as_str)
    }
}

impl NodeSelector {
    /// Whether one of the terms matches.
    #[must_use]
    pub fn matches(&self, node: &Node) -> bool {
        self.node_selector_terms.iter().any(|term| term.matches(node))
    }
}

impl NodeSelectorTerm {
    /// Whether all requirements hold; an empty term matches nothing.
    #[must_use]
    pub fn matches(&self, node: &Node) -> bool {
        if self.match_expressions.is_empty() && self.match_fields.is_empty() {
            return false;
        }
        self.match_expressions
            .iter()
            .all(|requirement| requirement.matches(node.metadata.labels.get(&requirement.key).map(String::as_str)))
            && self.match_fields.iter().all(|field| field.matches_name(&node.metadata.name))
    }
}

impl NodeSelectorRequirement {
    fn matches(&self, value: Option<&str>) -> bool {
        let is_listed = |value: &str| self.values.iter().any(|listed| listed == value);
        let number = || value?.parse::<i64>().ok();
        let limit = || match self.values.as_slice() {
            [limit] => limit.parse::<i64>().ok(),
            _ => None,
        };
        match self.operator.as_str() {
            "In" => value.is_some_and(is_listed),
            "NotIn" => !value.is_some_and(is_listed),
            "Exists" => value.is_some() && self.values.is_empty(),
            "DoesNotExist" => value.is_none() && self.values.is_empty(),
            "Gt" => number().zip(limit()).is_some_and(|(number, limit)| number > limit),
            "Lt" => number().zip(limit()).is_some_and(|(number, limit)| number < limit),
            _ => false,
        }
    }

    /// Only `metadata.name`, with In or NotIn and exactly one value.
    fn matches_name(&self, name: &str) -> bool {
        match (self.key.as_str(), self.operator.as_str(), self.values.as_slice()) {
            ("metadata.name", "In", [wanted]) => wanted == name,
            ("metadata.name", "NotIn", [unwanted]) => unwanted != name,
            _ => false,
        }
    }
}
