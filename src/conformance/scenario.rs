//! A scenario as it is written: nodes, settings, and steps that are commands, faults or waits.

use crate::actor::{ClusterSettings, KubeletSettings};
use crate::api::{Labels, PodPhase, Taint};
use crate::manifest;
use regex_lite::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it shows.
    #[serde(default)]
    pub about: String,
    /// The nodes that are there from the start.
    pub(super) nodes: Vec<NodeSetup>,
    #[serde(default)]
    pub(super) kubelet: KubeletSetup,
    #[serde(default)]
    pub(super) cluster: ClusterSetup,
    pub(super) steps: Vec<ScenarioStep>,
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read(text: &str) -> Result<Scenario, String> {
        let documents = manifest::yaml::to_json(text).map_err(|problems| format!("not YAML: {problems:?}"))?;
        let [document] = documents.as_slice() else { return Err("a scenario is one YAML document".into()) };
        serde_path_to_error::deserialize(document).map_err(|error| error.to_string())
    }
}

/// A node.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NodeSetup {
    pub(super) name: String,
    pub(super) labels: Option<Labels>,
    pub(super) taints: Option<Vec<Taint>>,
    pub(super) cpu: Option<String>,
    pub(super) memory: Option<String>,
    pub(super) pods: Option<String>,
    pub(super) not_ready: Option<bool>,
    #[serde(rename = "extra")]
    _extra: Option<serde_json::Value>,
}

/// How the played kubelets behave; what is absent has the recordings' default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KubeletSetup {
    start_delay_ms: Option<u64>,
    ready_delay_ms: Option<u64>,
    term_delay_ms: Option<u64>,
    provision_delay_ms: Option<u64>,
    no_terminal_phase: Option<bool>,
    pull_fail: Option<String>,
    never_ready: Option<String>,
    crash_loop: Option<String>,
    fail: Option<String>,
    succeed: Option<String>,
}

impl KubeletSetup {
    pub(super) fn settings(&self) -> Result<KubeletSettings, String> {
        let pattern = |given: &Option<String>, default: &str| {
            let text = given.as_deref().unwrap_or(default);
            Regex::new(text).map(Some).map_err(|error| format!("{text:?} is not a regular expression: {error}"))
        };
        Ok(KubeletSettings {
            start_delay: self.start_delay_ms.unwrap_or(300),
            ready_delay: self.ready_delay_ms.unwrap_or(0),
            stop_delay: self.term_delay_ms.unwrap_or(300),
            provision_delay: self.provision_delay_ms.unwrap_or(100),
            no_terminal_phase: self.no_terminal_phase.unwrap_or(false),
            pull_fail: pattern(&self.pull_fail, "broken|nosuch")?,
            never_ready: pattern(&self.never_ready, "notready")?,
            crash_loop: pattern(&self.crash_loop, "crash")?,
            fail: pattern(&self.fail, "failed")?,
            succeed: pattern(&self.succeed, "succeed")?,
        })
    }
}

/// Settings of the control plane that differ from the defaults.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ClusterSetup {
    #[serde(default)]
    feature_gates: BTreeMap<String, bool>,
    node_monitor_grace_period_seconds: Option<i64>,
    default_not_ready_toleration_seconds: Option<i64>,
    default_unreachable_toleration_seconds: Option<i64>,
}

impl ClusterSetup {
    /// The settings of the recorded control planes, which were started for each run and had played kubelets.
    pub(super) fn settings(&self) -> ClusterSettings {
        ClusterSettings {
            feature_gates: self.feature_gates.clone(),
            just_started: true,
            played_kubelets: true,
            node_monitor_grace_period_seconds: self.node_monitor_grace_period_seconds,
            default_not_ready_toleration_seconds: self.default_not_ready_toleration_seconds,
            default_unreachable_toleration_seconds: self.default_unreachable_toleration_seconds,
        }
    }
}

/// One step.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum ScenarioStep {
    Mark(String),
    Apply(String),
    Scale(Scale),
    SetImage(SetImage),
    Patch(Patch),
    Delete(Delete),
    Evict(String),
    AddNode(NodeSetup),
    DeleteNode(String),
    LabelNode(LabelNode),
    TaintNode(TaintNode),
    Cordon(String),
    Uncordon(String),
    NodeDown(NodeDown),
    NodeUp(String),
    PodReady(PodReady),
    PodPhase(EndedPod),
    Kubelet(KubeletSetup),
    Metrics(Metrics),
    SleepMs(u64),
    Wait(Wait),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scale {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) replicas: i32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetImage {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) container: String,
    pub(super) image: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Patch {
    pub(super) kind: String,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) merge: Option<String>,
    pub(super) patch: serde_json::Value,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Delete {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) propagation: Option<String>,
    pub(super) grace_seconds: Option<i64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelNode {
    pub(super) name: String,
    pub(super) labels: BTreeMap<String, Option<String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaintNode {
    pub(super) name: String,
    pub(super) taints: Option<Vec<Taint>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NodeDown {
    pub(super) name: String,
    #[serde(default)]
    pub(super) silent: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PodReady {
    pub(super) name: String,
    pub(super) ready: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndedPod {
    pub(super) name: String,
    pub(super) phase: PodPhase,
    pub(super) reason: Option<String>,
}

/// The CPU that pods report: a total for all that are Ready, or an amount for each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct Metrics {
    pub(super) selector: String,
    #[serde(rename = "totalCPU")]
    pub(super) total_cpu: Option<String>,
    #[serde(rename = "podCPU")]
    pub(super) pod_cpu: Option<String>,
    #[serde(rename = "windowS")]
    pub(super) window_s: Option<u64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct Wait {
    pub(super) idle_ms: Option<u64>,
    #[serde(rename = "timeoutS")]
    pub(super) timeout_s: Option<u64>,
}

impl ScenarioStep {
    /// What stands after `==` in the printed run; nobody compares it.
    pub(super) fn title(&self) -> String {
        match self {
            ScenarioStep::Mark(text) => format!("## {text}"),
            ScenarioStep::Apply(_) => "apply".into(),
            other => format!("{other:?}"),
        }
    }
}
