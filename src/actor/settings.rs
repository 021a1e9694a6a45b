//! Settings of the control plane and of the kubelets.

use regex_lite::Regex;
use std::collections::BTreeMap;

/// All settings of a run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The control plane.
    pub cluster: ClusterSettings,
    /// The kubelets.
    pub kubelet: KubeletSettings,
}

/// Settings of the control plane that may differ from Kubernetes' defaults.
#[derive(Clone, Debug, Default)]
pub struct ClusterSettings {
    /// Feature gates that are set; what is absent has the default of v1.36.
    pub feature_gates: BTreeMap<String, bool>,
    /// Whether the control plane has only just been started, as it is in the recordings: the volume controller is slow
    /// at its first claim then, and loses the race for it against the controller that made the claim.
    pub just_started: bool,
    /// Whether kubelets are played by a program, as they are in the recordings: one that comes back does not report again
    /// that its pods are Ready, and no volume has to be attached before a pod starts.
    pub played_kubelets: bool,
    /// Seconds without a heartbeat after which a node counts as unreachable; none means the default of v1.36.
    pub node_monitor_grace_period_seconds: Option<i64>,
    /// Seconds that pods tolerate a node that is not Ready, unless they say otherwise; none means the default.
    pub default_not_ready_toleration_seconds: Option<i64>,
    /// The same for a node that is unreachable.
    pub default_unreachable_toleration_seconds: Option<i64>,
}

/// `--node-monitor-grace-period` in seconds (`pkg/controller/nodelifecycle/config/v1alpha1/defaults.go`).
const NODE_MONITOR_GRACE_SECONDS: i64 = 50;
/// Seconds that pods tolerate a node that is not Ready or unreachable (`plugin/pkg/admission/defaulttolerationseconds`).
const DEFAULT_TOLERATION_SECONDS: i64 = 300;
/// Milliseconds between two heartbeats: a quarter of the Lease's 40 s (`pkg/kubelet/kubelet.go: nodeLeaseRenewIntervalFraction`).
const HEARTBEAT: u64 = 10_000;
/// How many heartbeats at least fit into the grace period.
const HEARTBEATS_IN_GRACE: u64 = 5;

impl ClusterSettings {
    /// Whether `MaxUnavailableStatefulSet` is on; off by default in v1.36.
    #[must_use]
    pub fn max_unavailable_stateful_set(&self) -> bool {
        self.feature_gates.get("MaxUnavailableStatefulSet").copied().unwrap_or(false)
    }

    /// Seconds without a heartbeat after which a node counts as unreachable.
    #[must_use]
    pub fn node_monitor_grace_seconds(&self) -> i64 {
        self.node_monitor_grace_period_seconds.unwrap_or(NODE_MONITOR_GRACE_SECONDS).max(0)
    }

    /// Milliseconds between two heartbeats of a node.
    #[must_use]
    pub fn heartbeat_interval(&self) -> u64 {
        let grace = u64::try_from(self.node_monitor_grace_seconds()).unwrap_or(0).saturating_mul(1_000);
        HEARTBEAT.min(grace / HEARTBEATS_IN_GRACE).max(1)
    }

    /// Seconds that admission lets pods tolerate a node that is not Ready.
    #[must_use]
    pub fn not_ready_toleration_seconds(&self) -> i64 {
        self.default_not_ready_toleration_seconds.unwrap_or(DEFAULT_TOLERATION_SECONDS)
    }

    /// Seconds that admission lets pods tolerate a node that is unreachable.
    #[must_use]
    pub fn unreachable_toleration_seconds(&self) -> i64 {
        self.default_unreachable_toleration_seconds.unwrap_or(DEFAULT_TOLERATION_SECONDS)
    }

    /// Whether `TaintTolerationComparisonOperators` is on: tolerations may say `Gt` and `Lt`; off by default in v1.36.
    #[must_use]
    pub fn taint_toleration_comparison_operators(&self) -> bool {
        self.feature_gates.get("TaintTolerationComparisonOperators").copied().unwrap_or(false)
    }
}

/// How kubelets and the storage behind them behave. All times in milliseconds.
#[derive(Clone, Debug)]
pub struct KubeletSettings {
    /// From bound to Running.
    pub start_delay: u64,
    /// From Running to Ready; 0 means in the same write.
    pub ready_delay: u64,
    /// From the wish to stop to stopped, unless the grace period ends earlier.
    pub stop_delay: u64,
    /// From claim to volume.
    pub provision_delay: u64,
    /// Whether a stopped pod is removed without being written as Succeeded first.
    pub no_terminal_phase: bool,
    /// Images that cannot be pulled.
    pub pull_fail: Option<Regex>,
    /// Images whose containers run but never get Ready.
    pub never_ready: Option<Regex>,
    /// Images whose containers end again and again.
    pub crash_loop: Option<Regex>,
    /// Images whose pods fail.
    pub fail: Option<Regex>,
    /// Images whose pods succeed.
    pub succeed: Option<Regex>,
}

impl Default for KubeletSettings {
    /// The times of a small cluster with the images at hand.
    fn default() -> Self {
        KubeletSettings {
            start_delay: 1_500,
            ready_delay: 0,
            stop_delay: 1_000,
            provision_delay: 400,
            no_terminal_phase: false,
            pull_fail: Regex::new("broken|nosuch").ok(),
            never_ready: Regex::new("notready").ok(),
            crash_loop: Regex::new("crash").ok(),
            fail: Regex::new("failed").ok(),
            succeed: Regex::new("succeed").ok(),
        }
    }
}

/// Whether a pattern is set and found in an image.
pub(crate) fn matches(pattern: Option<&Regex>, image: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(image))
}
