//! What the autoscaler tells, and a budget without pods.

use super::Lab;
use crate::actor::{Load, LoadAmount, Measured};
use crate::api::{Kind, LabelSelector};
use crate::engine::Command;

fn app(replicas: i32, requests: &str) -> String {
    format!(
        "
apiVersion: apps/v1
kind: Deployment
metadata: {{name: app}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: app}}}}
  template:
    metadata: {{labels: {{app: app}}}}
    spec:
      containers: [{{name: c, image: 'app:1', resources: {{requests: {requests}}}}}]
"
    )
}

fn scaler(name: &str, target: &str) -> String {
    format!(
        "---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {name}}}
spec:
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {target}}}
  minReplicas: 2
  maxReplicas: 6
  metrics: [{{type: Resource, resource: {{name: cpu, target: {{type: Utilization, averageUtilization: 50}}}}}}]
"
    )
}

fn load(each: i64) -> Command {
    let match_labels = [("app".to_string(), "app".to_string())].into();
    let selector = LabelSelector { match_labels, ..LabelSelector::default() };
    let measured = Measured::Resource { selector, resource: "cpu".into() };
    Command::SetLoad(Load { namespace: "default".into(), measured, amount: Some(LoadAmount::Each(each)), window: 0 })
}

fn after(text: &str, each: Option<i64>, seconds: u64) -> Vec<String> {
    let mut lab = Lab::new("{apiVersion: v1, kind: Namespace, metadata: {name: a}}");
    if let Some(each) = each {
        lab.does(load(each));
    }
    lab.apply(text);
    lab.wait(seconds);
    lab.about(Kind::HorizontalPodAutoscaler, "app")
}

#[test]
fn a_rescale_names_the_metric_or_the_bound() {
    let with = |replicas| app(replicas, "{cpu: 100m}") + &scaler("app", "app");
    let up = after(&with(2), Some(100), 120);
    let above =
        "Normal SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of request) above target";
    assert!(up.contains(&above.to_owned()), "{up:?}");
    let down = after(&with(4), Some(10), 600);
    assert!(
        down.contains(&"Normal SuccessfulRescale New size: 2; reason: All metrics below target".to_owned()),
        "{down:?}"
    );
    for (replicas, expected) in [
        (8, "Normal SuccessfulRescale New size: 6; reason: Current number of replicas above Spec.MaxReplicas"),
        (1, "Normal SuccessfulRescale New size: 2; reason: Current number of replicas below Spec.MinReplicas"),
    ] {
        let told = after(&with(replicas), Some(50), 60);
        assert!(told.contains(&expected.to_owned()), "{told:?}");
    }
}

#[test]
fn a_metric_that_cannot_be_had_is_told_of_with_what_follows() {
    let told = after(&(app(2, "{cpu: 100m}") + &scaler("app", "app")), None, 60);
    let error = "failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API";
    for (reason, start) in [
        ("FailedGetResourceMetric", ""),
        ("FailedComputeMetricsReplicas", "invalid metrics (1 invalid out of 1), first error is: "),
    ] {
        let is_told = |line: &String| line.starts_with(&format!("Warning {reason}")) && line.contains(start);
        assert!(told.iter().any(|line| is_told(line) && line.ends_with(error)), "{reason}: {told:?}");
    }
}

#[test]
fn a_target_that_is_absent_or_shared_is_told_of() {
    let absent = after(&scaler("app", "none")[4..], None, 60);
    assert!(absent[0].starts_with("Warning FailedGetScale"), "{absent:?}");
    assert!(absent[0].ends_with("deployments.apps \"none\" not found"), "{absent:?}");
    let shared = after(&(app(2, "{cpu: 100m}") + &scaler("app", "app") + &scaler("more", "app")), Some(50), 60);
    let message = "pods by selector app=app are controlled by multiple HPAs: [default/app default/more]";
    assert!(shared.iter().any(|line| *line == format!("Warning AmbiguousSelector {message}")), "{shared:?}");
    assert!(shared.iter().any(|line| *line == format!("Warning FailedComputeMetricsReplicas {message}")), "{shared:?}");
}

#[test]
fn a_budget_tells_that_it_selects_nothing() {
    let budget = "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, \
                  spec: {maxUnavailable: 1, selector: {matchLabels: {app: app}}}}";
    let lab = Lab::new(budget);
    assert_eq!(lab.about(Kind::PodDisruptionBudget, "b"), ["Normal NoPods No matching pods found"]);
}
