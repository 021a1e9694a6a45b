//! What a pod's priority class gives it. Upstream: `plugin/pkg/admission/priority/admission.go`.

use crate::actor::Write;
use crate::api::{Object, Pod, PriorityClass};
use crate::cluster::Cluster;
use std::rc::Rc;

/// Classes that every cluster has, with their values (`SystemPriorityClasses`).
const BUILT_IN: [(&str, i32); 2] =
    [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)];
/// The policy of classes that name none, and of pods without a class.
const PREEMPTS: &str = "PreemptLowerPriority";

/// Gives a new pod the name, the value and the policy of its class, or of the default one.
///
/// # Errors
/// What the API server says where there is no such class, or where the pod claims a priority of its own.
pub(super) fn admit(cluster: &Cluster, pod: &mut Pod) -> Result<(), String> {
    let classes: Vec<_> = cluster.priority_classes.iter().collect();
    let (name, priority, policy) = established(&classes, pod)?;
    let spec = Rc::make_mut(&mut pod.spec);
    spec.priority_class_name = name;
    spec.priority = Some(priority);
    spec.preemption_policy = Some(policy);
    Ok(())
}

/// Why a new object is forbidden: a pod for its class, a class for being the second default. `before` is what was asked
/// for before it and is not in the cluster yet.
pub(super) fn refusal(cluster: &Cluster, before: &[Write], object: &Object) -> Option<String> {
    let asked = before.iter().filter_map(|write| match write {
        Write::Create(Object::PriorityClass(class)) | Write::Update(Object::PriorityClass(class)) => Some(class),
        Write::Create(_) | Write::Update(_) | Write::Delete(_) => None,
    });
    let classes: Vec<_> = asked.chain(cluster.priority_classes.iter()).collect();
    match object {
        Object::Pod(pod) => established(&classes, pod).err(),
        Object::PriorityClass(class) if class.global_default == Some(true) => {
            let other = default_class(&classes).filter(|other| other.metadata.name != class.metadata.name)?;
            Some(format!(
                "priorityclasses.scheduling.k8s.io \"{}\" is forbidden: PriorityClass {} is already marked as default. Only \
                 one default can exist",
                class.metadata.name, other.metadata.name
            ))
        }
        _ => None,
    }
}

fn established(classes: &[&Rc<PriorityClass>], pod: &Pod) -> Result<(Option<String>, i32, String), String> {
    let forbidden = |why: String| format!("pods \"{}\" is forbidden: {why}", pod.metadata.name);
    let named = pod.spec.priority_class_name.as_deref().filter(|name| !name.is_empty());
    let (name, priority, policy) = match named {
        Some(name) => {
            let found = class(classes, name);
            let (value, policy) =
                found.ok_or_else(|| forbidden(format!("no PriorityClass with name {name} was found")))?;
            (Some(name.to_owned()), value, policy)
        }
        None => match default_class(classes) {
            Some(class) => (Some(class.metadata.name.clone()), class.value, policy_of(class)),
            None => (None, 0, PREEMPTS.to_owned()),
        },
    };
    match (pod.spec.priority, &pod.spec.preemption_policy) {
        (Some(own), _) if own != priority => Err(forbidden(format!(
            "the integer value of priority ({own}) must not be provided in pod spec; priority admission controller computed \
             {priority} from the given PriorityClass name"
        ))),
        (_, Some(own)) if *own != policy => Err(forbidden(format!(
            "the string value of PreemptionPolicy ({own}) must not be provided in pod spec; priority admission controller \
             computed {policy} from the given PriorityClass name"
        ))),
        _ => Ok((name, priority, policy)),
    }
}

fn class(classes: &[&Rc<PriorityClass>], name: &str) -> Option<(i32, String)> {
    let written = classes.iter().find(|class| class.metadata.name == name);
    let written = written.map(|class| (class.value, policy_of(class)));
    let built_in = || BUILT_IN.iter().find(|(built_in, _)| *built_in == name);
    written.or_else(|| built_in().map(|(_, value)| (*value, PREEMPTS.to_owned())))
}

fn policy_of(class: &PriorityClass) -> String {
    class.preemption_policy.clone().unwrap_or_else(|| PREEMPTS.to_owned())
}

/// The class of pods that name none; of several, that of the lowest value.
fn default_class<'a>(classes: &[&'a Rc<PriorityClass>]) -> Option<&'a Rc<PriorityClass>> {
    let defaults = classes.iter().copied().filter(|class| class.global_default == Some(true));
    defaults.min_by_key(|class| class.value)
}
