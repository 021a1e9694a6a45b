//! What the eviction API says to a request. Upstream: `pkg/registry/core/pod/storage/eviction.go`.

use super::{selects, set_allowed_condition};
use crate::api::{Object, ObjectRef, Pod, PodDisruptionBudget, PodPhase, Resource, Time};
use crate::cluster::Cluster;
use crate::reason::{EvictionGrant, EvictionRefusal};
use std::rc::Rc;

/// More granted evictions than this that the controller has not seen yet are not remembered (`MaxDisruptedPodSize`).
const MAX_DISRUPTED_PODS: usize = 2_000;
/// What a budget that does not allow an eviction makes the API server say.
const WOULD_VIOLATE: &str = "Cannot evict pod as it would violate the pod's disruption budget.";

/// The answer to a request for an eviction.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// The pod goes.
    Granted {
        /// Why.
        grant: EvictionGrant,
        /// The budget with one disruption less, where one was used.
        budget: Option<Object>,
    },
    /// The pod stays.
    Refused(EvictionRefusal),
}

/// Whether a pod may be evicted now (`EvictionREST.Create`).
#[must_use]
pub fn judge(cluster: &Cluster, pod: &Pod, now: Time) -> Judgement {
    let granted = |grant| Judgement::Granted { grant, budget: None };
    if pod.is_terminating() || pod.status.phase != PodPhase::Running {
        return granted(EvictionGrant::NotRunning);
    }
    let budgets: Vec<&Rc<PodDisruptionBudget>> =
        cluster.disruption_budgets.iter().filter(|budget| selects(budget, pod)).collect();
    let budget = match budgets.as_slice() {
        [] => return granted(EvictionGrant::NoBudget),
        [budget] => *budget,
        several => {
            let message =
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
            return Judgement::Refused(EvictionRefusal {
                budgets: several.iter().map(|budget| budget.reference()).collect(),
                message: message.into(),
                cause: String::new(),
                may_retry: false,
            });
        }
    };
    let status = &budget.status;
    if !pod.is_ready() {
        let always = budget.spec.unhealthy_pod_eviction_policy.as_deref() == Some("AlwaysAllow");
        if always || status.current_healthy >= status.desired_healthy && status.desired_healthy > 0 {
            return granted(EvictionGrant::Unhealthy { budget: budget.reference(), always });
        }
    }
    match decremented(budget, pod, now) {
        Ok(changed) => {
            let grant = EvictionGrant::Allowed { budget: budget.reference(), left: changed.status.disruptions_allowed };
            Judgement::Granted { grant, budget: Some(Object::PodDisruptionBudget(Rc::new(changed))) }
        }
        Err(refusal) => Judgement::Refused(refusal),
    }
}

/// The budget with one disruption less (`checkAndDecrement`).
fn decremented(budget: &PodDisruptionBudget, pod: &Pod, now: Time) -> Result<PodDisruptionBudget, EvictionRefusal> {
    let status = &budget.status;
    let refused = |message: &str, cause: String, may_retry| EvictionRefusal {
        budgets: vec![budget.reference()],
        message: message.into(),
        cause,
        may_retry,
    };
    let name = &budget.metadata.name;
    if status.observed_generation.unwrap_or(0) < budget.metadata.generation {
        let cause = format!("The disruption budget {name} is still being processed by the server.");
        return Err(refused(WOULD_VIOLATE, cause, true));
    }
    if status.disrupted_pods.len() > MAX_DISRUPTED_PODS {
        let why = "DisruptedPods map too big - too many evictions not confirmed by PDB controller";
        let message = format!("poddisruptionbudgets.policy \"{name}\" is forbidden: {why}");
        return Err(refused(&message, String::new(), false));
    }
    if status.disruptions_allowed <= 0 {
        return Err(refused(WOULD_VIOLATE, cause(budget), true));
    }
    let mut changed = budget.clone();
    changed.status.disruptions_allowed -= 1;
    if changed.status.disruptions_allowed == 0 {
        set_allowed_condition(&mut changed.status, now);
    }
    changed.status.disrupted_pods.insert(pod.metadata.name.clone(), now.whole_second());
    Ok(changed)
}

/// Why a budget allows nothing.
fn cause(budget: &PodDisruptionBudget) -> String {
    let (name, status) = (&budget.metadata.name, &budget.status);
    let condition = status.conditions.iter().find(|it| it.kind == "DisruptionAllowed" && it.status == "False");
    match condition.filter(|condition| !condition.message.is_empty()) {
        Some(condition) if condition.reason == "SyncFailed" => format!(
            "The disruption budget {name} does not allow evicting pods currently because it failed sync: {}",
            condition.message
        ),
        _ if status.current_healthy <= status.desired_healthy => format!(
            "The disruption budget {name} needs {} healthy pods and has {} currently",
            status.desired_healthy, status.current_healthy
        ),
        Some(condition) => format!(
            "The disruption budget {name} does not allow evicting pods currently ({}): {}",
            condition.reason, condition.message
        ),
        None => format!("The disruption budget {name} does not allow evicting pods currently"),
    }
}

/// The names of the budgets of a refusal, as a sentence lists them.
impl EvictionRefusal {
    /// The budget that refused, where there is one alone.
    #[must_use]
    pub fn budget(&self) -> Option<&ObjectRef> {
        self.budgets.first().filter(|_| self.budgets.len() == 1)
    }
}
