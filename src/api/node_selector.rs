//! Matching nodes by label and name. Upstream: `k8s.io/component-helpers/scheduling/corev1/nodeaffinity`.

use super::{Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodSpec, PreferredSchedulingTerm, labels};
use std::collections::BTreeSet;
use std::fmt;

/// Where `metadata.name` narrows the nodes of a pod (`NodeAffinity.PreFilter`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedNodes<'a> {
    /// Some term names no node: every node comes into question.
    Any,
    /// Only these.
    Only(BTreeSet<&'a str>),
    /// Every term contradicts itself.
    Conflict,
}

/// Why a selector does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError {
    /// Path of the field, such as `nodeSelectorTerms[0].matchFields[0].values`.
    pub field: String,
    /// `Invalid` or `NotSupported`.
    pub kind: &'static str,
}

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

    /// The preferred terms of node affinity.
    #[must_use]
    pub fn preferred_node_terms(&self) -> &[PreferredSchedulingTerm] {
        let affinity = self.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref());
        affinity.map_or(&[], |affinity| &affinity.preferred_during_scheduling_ignored_during_execution)
    }

    /// The one node that the required affinity leaves by name, as on every daemon pod.
    #[must_use]
    pub fn pinned_node(&self) -> Option<&str> {
        let [term] = self.required_node_selector()?.node_selector_terms.as_slice() else { return None };
        let by_name = |field: &&NodeSelectorRequirement| field.key == NAME && field.operator == "In";
        term.match_fields.iter().find(by_name)?.values.first().map(String::as_str)
    }

    /// The nodes that the required affinity leaves by name.
    #[must_use]
    pub fn named_nodes(&self) -> NamedNodes<'_> {
        let terms = self.required_node_selector().map_or(&[][..], |selector| &selector.node_selector_terms);
        let mut all = BTreeSet::new();
        for term in terms {
            let by_name = term.match_fields.iter().filter(|field| field.key == NAME && field.operator == "In");
            let named = by_name.map(|field| field.values.iter().map(String::as_str).collect::<BTreeSet<_>>());
            match named.reduce(|left, right| left.intersection(&right).copied().collect()) {
                None => return NamedNodes::Any,
                Some(names) => all.extend(names),
            }
        }
        match (terms.is_empty(), all.is_empty()) {
            (true, _) => NamedNodes::Any,
            (false, true) => NamedNodes::Conflict,
            (false, false) => NamedNodes::Only(all),
        }
    }
}

const NAME: &str = "metadata.name";

impl NodeSelector {
    /// Whether one of the terms matches. A term that does not parse matches nothing (`LazyErrorNodeSelector.Match`).
    #[must_use]
    pub fn matches(&self, node: &Node) -> bool {
        self.node_selector_terms.iter().any(|term| term.matches(node))
    }

    /// What does not parse (`NewNodeSelector`).
    #[must_use]
    pub fn parse_errors(&self) -> Vec<SelectorError> {
        let terms = self.node_selector_terms.iter().enumerate();
        terms.flat_map(|(index, term)| term.parse_errors(&format!("nodeSelectorTerms[{index}]"))).collect()
    }
}

/// The sum of the weights of the preferred terms that match a node (`PreferredSchedulingTerms.Score`).
#[must_use]
pub fn preferred_score(terms: &[PreferredSchedulingTerm], node: &Node) -> i64 {
    terms.iter().filter(|term| term.preference.matches(node)).map(|term| i64::from(term.weight)).sum()
}

/// What does not parse in preferred terms (`NewPreferredSchedulingTerms`). Terms of weight 0 are not looked at.
#[must_use]
pub fn preferred_parse_errors(terms: &[PreferredSchedulingTerm]) -> Vec<SelectorError> {
    let weighty = terms.iter().enumerate().filter(|(_, term)| term.weight != 0);
    weighty.flat_map(|(index, term)| term.preference.parse_errors(&format!("[{index}]"))).collect()
}

impl NodeSelectorTerm {
    /// Whether all requirements hold; an empty term matches nothing, and neither does one that does not parse.
    #[must_use]
    pub fn matches(&self, node: &Node) -> bool {
        if self.match_expressions.is_empty() && self.match_fields.is_empty() {
            return false;
        }
        let label = |key: &str| node.metadata.labels.get(key).map(String::as_str);
        self.match_expressions.iter().all(|requirement| requirement.matches(label(&requirement.key)))
            && self.match_fields.iter().all(|field| field.matches_name(&node.metadata.name))
            && self.parses()
    }

    /// The requirements that a node does not meet.
    pub fn unmet<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a NodeSelectorRequirement> {
        let label = |key: &str| node.metadata.labels.get(key).map(String::as_str);
        let expressions = self.match_expressions.iter().filter(move |it| !it.matches(label(&it.key)));
        expressions.chain(self.match_fields.iter().filter(|field| !field.matches_name(&node.metadata.name)))
    }

    fn parses(&self) -> bool {
        let mut parses = true;
        self.match_expressions.iter().for_each(|requirement| requirement.label_faults(&mut |_| parses = false));
        parses && self.match_fields.iter().all(|field| field.field_fault().is_none())
    }

    fn parse_errors(&self, path: &str) -> Vec<SelectorError> {
        let mut errors = vec![];
        for (index, requirement) in self.match_expressions.iter().enumerate() {
            requirement.label_faults(&mut |fault| errors.push(fault.at(&format!("{path}.matchExpressions[{index}]"))));
        }
        for (index, field) in self.match_fields.iter().enumerate() {
            errors.extend(field.field_fault().map(|fault| fault.at(&format!("{path}.matchFields[{index}]"))));
        }
        errors
    }
}

/// What keeps one requirement from being parsed.
enum Fault {
    Operator,
    Key,
    Values,
    Value(usize),
}

impl Fault {
    fn at(&self, path: &str) -> SelectorError {
        match self {
            Fault::Operator => SelectorError { field: format!("{path}.operator"), kind: "NotSupported" },
            Fault::Key => SelectorError { field: format!("{path}.key"), kind: "Invalid" },
            Fault::Values => SelectorError { field: format!("{path}.values"), kind: "Invalid" },
            Fault::Value(index) => SelectorError { field: format!("{path}.values[{index}]"), kind: "Invalid" },
        }
    }
}

impl fmt::Display for NodeSelectorRequirement {
    /// `disk In [ssd, nvme]`, `gpu Exists`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key, self.operator)?;
        if self.values.is_empty() { Ok(()) } else { write!(f, " [{}]", self.values.join(", ")) }
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
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            "Gt" => number().zip(limit()).is_some_and(|(number, limit)| number > limit),
            "Lt" => number().zip(limit()).is_some_and(|(number, limit)| number < limit),
            _ => false,
        }
    }

    /// What is wrong with a requirement on labels (`labels.NewRequirement`).
    fn label_faults(&self, report: &mut dyn FnMut(Fault)) {
        let is_number = |value: &String| value.parse::<i64>().is_ok();
        match self.operator.as_str() {
            "In" | "NotIn" if self.values.is_empty() => report(Fault::Values),
            "Exists" | "DoesNotExist" if !self.values.is_empty() => report(Fault::Values),
            "Gt" | "Lt" if self.values.len() != 1 => report(Fault::Values),
            "Gt" | "Lt" if !self.values.iter().all(is_number) => report(Fault::Value(0)),
            "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" => {}
            _ => return report(Fault::Operator),
        }
        if !labels::is_key(&self.key) {
            report(Fault::Key);
        }
        for (index, _) in self.values.iter().enumerate().filter(|(_, value)| !labels::is_value(value)) {
            report(Fault::Value(index));
        }
    }

    /// What is wrong with a requirement on fields (`nodeSelectorRequirementsAsFieldSelector`).
    fn field_fault(&self) -> Option<Fault> {
        match self.operator.as_str() {
            "In" | "NotIn" if self.values.len() == 1 => None,
            "In" | "NotIn" => Some(Fault::Values),
            _ => Some(Fault::Operator),
        }
    }

    /// In or NotIn with exactly one value, of the one field that nodes have. A node without a name has no fields, and
    /// then nothing is asked of them.
    fn matches_name(&self, name: &str) -> bool {
        let value = if self.key == NAME { name } else { "" };
        match (self.operator.as_str(), self.values.as_slice()) {
            _ if name.is_empty() => true,
            ("In", [wanted]) => wanted == value,
            ("NotIn", [unwanted]) => unwanted != value,
            _ => false,
        }
    }
}
