//! Priority: the classes, what admission makes of them, and the order of the queue.

use super::{Lab, node, pod, requests};
use setwise::engine::Command;
use setwise::reason::{Reason, UserReason};

fn class(name: &str, rest: &str) -> String {
    format!("{{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {{name: {name}}}, {rest}}}")
}

#[test]
fn a_pod_gets_priority_and_policy_from_its_class_or_from_the_default_one() {
    let mut lab = Lab::of(1);
    let of = |lab: &Lab, name: &str| {
        let spec = &lab.get(name).spec;
        (spec.priority_class_name.clone(), spec.priority, spec.preemption_policy.clone())
    };
    lab.pod("plain", "app=w", "");
    assert_eq!(of(&lab, "plain"), (None, Some(0), Some("PreemptLowerPriority".into())));
    lab.apply(&class("gentle", "value: 50, preemptionPolicy: Never"));
    lab.apply(&class("usual", "value: 7, globalDefault: true"));
    lab.pod("named", "app=w", "priorityClassName: gentle");
    lab.pod("default", "app=w", "");
    lab.pod("critical", "app=w", "priorityClassName: system-node-critical");
    assert_eq!(of(&lab, "named"), (Some("gentle".into()), Some(50), Some("Never".into())));
    assert_eq!(of(&lab, "default"), (Some("usual".into()), Some(7), Some("PreemptLowerPriority".into())));
    assert_eq!(of(&lab, "critical").1, Some(2_000_001_000));
    // What was admitted before the default class was made stays as it is, also when it is applied again.
    lab.pod("plain", "app=w", "");
    assert_eq!(of(&lab, "plain").1, Some(0));
}

#[test]
fn what_admission_forbids_is_said_in_its_words() {
    let mut lab = Lab::of(1);
    let mut refused = |yaml: &str| lab.try_apply(yaml).unwrap_err();
    assert_eq!(
        refused(&pod("x", "app=w", "priorityClassName: nosuch")),
        "pods \"x\" is forbidden: no PriorityClass with name nosuch was found"
    );
    assert_eq!(
        refused(&pod("x", "app=w", "priority: 5")),
        "pods \"x\" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission \
         controller computed 0 from the given PriorityClass name"
    );
    assert_eq!(
        refused(&pod("x", "app=w", "preemptionPolicy: Never")),
        "pods \"x\" is forbidden: the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority \
         admission controller computed PreemptLowerPriority from the given PriorityClass name"
    );
    assert_eq!(
        refused(&class("big", "value: 1000000001")),
        "The PriorityClass \"big\" is invalid: value: Forbidden: maximum allowed value of a user defined priority is \
         1000000000"
    );
    assert_eq!(
        refused(&class("system-mine", "value: 1")),
        "The PriorityClass \"system-mine\" is invalid: metadata.name: Forbidden: priority class names with 'system-' prefix \
         are reserved for system use only. error: system-mine is not a known system priority class"
    );
    lab.apply(&class("a", "value: 1, globalDefault: true"));
    assert_eq!(
        lab.try_apply(&class("b", "value: 2, globalDefault: true")).unwrap_err(),
        "priorityclasses.scheduling.k8s.io \"b\" is forbidden: PriorityClass a is already marked as default. Only one \
         default can exist"
    );
    let changed = lab.try_apply(&class("a", "value: 2, globalDefault: true, preemptionPolicy: Never")).unwrap_err();
    assert!(changed.contains("value: Forbidden: may not be changed in an update."), "{changed}");
    assert!(changed.contains("preemptionPolicy: Invalid value: \"Never\": field is immutable"), "{changed}");
}

#[test]
fn a_set_whose_class_is_missing_makes_its_pods_when_the_class_is_there() {
    let mut lab = Lab::of(1);
    lab.apply(
        "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {priorityClassName: late, containers: [{name: c, image: 'p:1'}]}
",
    );
    assert!(!lab.is_there("web-0"));
    let refused = lab.simulation.steps().iter().filter_map(|step| match &step.reason {
        Reason::User(UserReason::Refused { message }) => Some(message.as_str()),
        _ => None,
    });
    let refused: Vec<_> = refused.collect();
    assert_eq!(refused, ["pods \"web-0\" is forbidden: no PriorityClass with name late was found"]);
    lab.apply(&class("late", "value: 9"));
    assert_eq!(lab.get("web-0").spec.priority, Some(9));
}

#[test]
fn of_pods_that_wait_the_most_important_is_placed_first_then_the_one_that_waits_longest() {
    let mut lab = Lab::of(0);
    lab.apply(&class("high", "value: 10"));
    for (name, class) in [("z", ""), ("a", ""), ("important", "priorityClassName: high, ")] {
        lab.pod(name, "app=w", &format!("{class}{}", requests("cpu: 3")));
    }
    let mut add = |name: &str| {
        lab.simulation.command(Command::AddNode(Box::new(node(name, "4", &[])))).unwrap();
        lab.simulation.settle();
        ["important", "z", "a"].map(|pod| lab.node(pod).is_some())
    };
    assert_eq!(add("n1"), [true, false, false]);
    assert_eq!(add("n2"), [true, true, false]);
    assert_eq!(add("n3"), [true, true, true]);
}
