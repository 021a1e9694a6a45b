//! What the eviction API makes of one pod and the status of its budgets.

use crate::api::{Kind, Object, ObjectRef, Pod, PodDisruptionBudget, Time};
use crate::cluster::{Change, Cluster};
use crate::controllers::disruption::{Judgement, judge};
use crate::reason::{EvictionGrant, EvictionRefusal};
use serde_json::{Value, from_value, json};
use std::rc::Rc;

const NOW: Time = Time(90_500);

fn pod(phase: &str, ready: &str) -> Pod {
    let value = json!({
        "metadata": { "name": "web-0", "namespace": "default", "labels": { "app": "web" } },
        "spec": { "containers": [] },
        "status": { "phase": phase, "conditions": [{ "type": "Ready", "status": ready }] },
    });
    from_value(value).unwrap()
}

fn budget(name: &str, status: &Value) -> PodDisruptionBudget {
    let value = json!({
        "metadata": { "name": name, "namespace": "default", "generation": 1 },
        "spec": { "selector": { "matchLabels": { "app": "web" } } },
        "status": status,
    });
    from_value(value).unwrap()
}

fn judged(pod: &Pod, budgets: Vec<PodDisruptionBudget>) -> Judgement {
    let mut cluster = Cluster::default();
    for budget in budgets {
        let after = Some(Object::PodDisruptionBudget(Rc::new(budget)));
        cluster.apply(&Change { before: None, after });
    }
    judge(&cluster, pod, NOW)
}

fn refusal(judgement: Judgement) -> EvictionRefusal {
    match judgement {
        Judgement::Refused(refusal) => refusal,
        granted => panic!("{granted:?}"),
    }
}

fn granted(judgement: Judgement) -> (EvictionGrant, Option<PodDisruptionBudget>) {
    match judgement {
        Judgement::Granted { grant, budget: Some(Object::PodDisruptionBudget(budget)) } => {
            (grant, Some((*budget).clone()))
        }
        Judgement::Granted { grant, budget: None } => (grant, None),
        other => panic!("{other:?}"),
    }
}

fn reference(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::PodDisruptionBudget, "default", name)
}

fn healthy(current: i32, desired: i32, allowed: i32) -> Value {
    json!({ "observedGeneration": 1, "currentHealthy": current, "desiredHealthy": desired, "expectedPods": 3,
        "disruptionsAllowed": allowed })
}

#[test]
fn a_pod_that_does_not_run_or_has_no_budget_goes_and_no_budget_is_used_up() {
    let full = || vec![budget("web", &healthy(1, 1, 0))];
    for phase in ["Pending", "Succeeded", "Failed"] {
        assert_eq!(granted(judged(&pod(phase, "True"), full())), (EvictionGrant::NotRunning, None));
    }
    let mut going = pod("Running", "True");
    Rc::make_mut(&mut going.metadata).deletion_timestamp = Some(Time(1));
    assert_eq!(granted(judged(&going, full())).0, EvictionGrant::NotRunning);
    assert_eq!(granted(judged(&pod("Running", "True"), vec![])), (EvictionGrant::NoBudget, None));
}

#[test]
fn a_granted_eviction_is_noted_in_the_budget_with_the_second() {
    let (grant, changed) = granted(judged(&pod("Running", "True"), vec![budget("web", &healthy(3, 1, 2))]));
    assert_eq!(grant, EvictionGrant::Allowed { budget: reference("web"), left: 1 });
    let status = changed.unwrap().status;
    assert_eq!(status.disruptions_allowed, 1);
    assert_eq!(status.disrupted_pods, [("web-0".to_owned(), Time(90_000))].into());
    assert!(status.conditions.is_empty(), "the condition changes with the last one that is allowed");
    let (_, changed) = granted(judged(&pod("Running", "True"), vec![budget("web", &healthy(2, 1, 1))]));
    let status = changed.unwrap().status;
    assert_eq!(status.disruptions_allowed, 0);
    assert_eq!(
        (status.conditions[0].kind.as_str(), status.conditions[0].status.as_str()),
        ("DisruptionAllowed", "False")
    );
}

#[test]
fn a_budget_that_the_controller_has_not_seen_yet_refuses() {
    let mut changed = budget("web", &healthy(3, 1, 2));
    changed.metadata.generation = 2;
    let refused = refusal(judged(&pod("Running", "True"), vec![changed]));
    assert_eq!(refused.cause, "The disruption budget web is still being processed by the server.");
    assert!(refused.may_retry);
    assert_eq!(refused.budget(), Some(&reference("web")));
    let mut ahead = budget("web", &healthy(3, 1, 2));
    ahead.status.observed_generation = Some(2);
    assert!(granted(judged(&pod("Running", "True"), vec![ahead])).1.is_some());
    let never = json!({ "currentHealthy": 3, "desiredHealthy": 1, "disruptionsAllowed": 2 });
    assert!(refusal(judged(&pod("Running", "True"), vec![budget("web", &never)])).may_retry);
}

#[test]
fn two_thousand_evictions_that_nobody_confirmed_are_remembered_and_no_more() {
    let with = |count: usize| {
        let mut budget = budget("web", &healthy(3_000, 1, 2));
        budget.status.disrupted_pods = (0..count).map(|number| (format!("p{number}"), Time(0))).collect();
        judged(&pod("Running", "True"), vec![budget])
    };
    assert!(granted(with(2_000)).1.is_some());
    let refused = refusal(with(2_001));
    assert_eq!(
        refused.message,
        "poddisruptionbudgets.policy \"web\" is forbidden: DisruptedPods map too big - too many evictions not confirmed \
         by PDB controller"
    );
    assert!(!refused.may_retry);
}

#[test]
fn a_pod_that_is_not_ready_uses_nothing_up_while_the_healthy_ones_suffice() {
    let of = |status: &Value, policy: Option<&str>| {
        let mut budget = budget("web", status);
        budget.spec.unhealthy_pod_eviction_policy = policy.map(Into::into);
        judged(&pod("Running", "False"), vec![budget])
    };
    let unhealthy = |always| (EvictionGrant::Unhealthy { budget: reference("web"), always }, None);
    assert_eq!(granted(of(&healthy(2, 2, 0), None)), unhealthy(false));
    assert_eq!(granted(of(&healthy(3, 2, 0), Some("IfHealthyBudget"))), unhealthy(false));
    assert_eq!(granted(of(&healthy(1, 2, 0), Some("AlwaysAllow"))), unhealthy(true));
    assert!(refusal(of(&healthy(1, 2, 0), Some("IfHealthyBudget"))).may_retry);
    // A budget that wants no pod protects none, and its count decides.
    assert!(refusal(of(&healthy(0, 0, 0), None)).may_retry);
}

#[test]
fn a_refusal_says_what_the_budget_needs_or_what_its_condition_says() {
    let cause = |status: &Value, conditions: Value| {
        let mut status = status.clone();
        status["conditions"] = conditions;
        refusal(judged(&pod("Running", "True"), vec![budget("web", &status)])).cause
    };
    let condition = |reason: &str, status: &str, message: &str| {
        json!([{ "type": "DisruptionAllowed", "status": status, "reason": reason, "message": message,
            "lastTransitionTime": "2026-01-01T00:00:00Z" }])
    };
    let needs = "The disruption budget web needs 2 healthy pods and has 2 currently";
    assert_eq!(cause(&healthy(2, 2, 0), json!([])), needs);
    assert_eq!(cause(&healthy(2, 2, 0), condition("InsufficientPods", "False", "")), needs);
    assert_eq!(cause(&healthy(2, 2, 0), condition("InsufficientPods", "False", "words")), needs);
    assert_eq!(
        cause(&healthy(2, 2, 0), condition("SyncFailed", "False", "no scale")),
        "The disruption budget web does not allow evicting pods currently because it failed sync: no scale"
    );
    let not_now = "The disruption budget web does not allow evicting pods currently";
    assert_eq!(
        cause(&healthy(3, 2, 0), condition("InsufficientPods", "False", "words")),
        format!("{not_now} (InsufficientPods): words")
    );
    assert_eq!(cause(&healthy(3, 2, 0), condition("SufficientPods", "True", "words")), not_now);
    assert_eq!(cause(&healthy(3, 2, 0), json!([])), not_now);
}

#[test]
fn two_budgets_refuse_and_neither_is_the_one() {
    let two = vec![budget("a", &healthy(3, 1, 2)), budget("b", &healthy(3, 1, 2))];
    let refused = refusal(judged(&pod("Running", "True"), two));
    assert_eq!(refused.budgets, [reference("a"), reference("b")]);
    assert_eq!((refused.budget(), refused.may_retry), (None, false));
    let mut elsewhere = budget("a", &healthy(3, 1, 2));
    elsewhere.metadata.namespace = "prod".into();
    assert_eq!(granted(judged(&pod("Running", "True"), vec![elsewhere])).0, EvictionGrant::NoBudget);
}
