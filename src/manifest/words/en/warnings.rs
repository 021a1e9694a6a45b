//! What Kubernetes accepts and nobody means: what it is, and what comes of it.

use super::{listed, named};
use crate::manifest::words::{Missed, Named, NodeRefusal, Noticed, Said, cases};

/// The pods that an object makes, or that it is.
fn pods(of: &Named) -> String {
    if of.kind == "Pod" { named(of) } else { format!("the pods of {}", named(of)) }
}

/// One of the pods that an object makes, or the pod that it is.
fn each(of: &Named) -> String {
    if of.kind == "Pod" { named(of) } else { format!("each pod of {}", named(of)) }
}

/// Puts into words what was noticed.
pub(super) fn say(noticed: &Noticed) -> Said {
    match noticed {
        Noticed::SeparatorMissing { lost, kept, key } => Said::ours(
            format!("{} is overwritten by what follows: no `---` between two documents", named(lost)),
            format!(
                "`{key}` is written a second time in one document. Kubernetes says nothing and keeps the last value of each \
                 key, so that {} is lost and only {} is sent. Put a line `---` between them.",
                named(lost),
                named(kept)
            ),
        ),
        Noticed::KeyTwice { key } => Said::ours(
            format!("`{key}` is written twice; the last one counts"),
            format!("kubectl keeps the last `{key}` and says nothing of the first. Remove the one that is not meant."),
        ),
        Noticed::ObjectTwice { object } => Said::ours(
            format!("{} is written twice; the last one counts", named(object)),
            "Both documents have the same kind, namespace and name, hence are one object. Give one of them another name \
             if two were meant.",
        ),
        Noticed::ClaimUnused { claim } => Said::ours(
            format!("no pod uses the PersistentVolumeClaim \"{claim}\""),
            "A pod uses a claim that its `volumes` name. A StatefulSet makes claims of its own from \
             `volumeClaimTemplates`, named after the template and the pod: this claim is none of them. It gets a volume \
             that stays empty.",
        ),
        Noticed::ClaimMissing { claim } => Said::ours(
            format!("there is no PersistentVolumeClaim \"{claim}\""),
            "A pod waits in Pending until the claim that it names exists. Add it to the manifests, or use the name of one \
             that is there.",
        ),
        Noticed::StorageClassMissing { class, served } => Said::ours(
            format!("there is no StorageClass \"{class}\""),
            match served.as_slice() {
                [] => {
                    "A claim gets its volume from its class, and stays Pending without it, as do the pods that use it. \
                       Add the StorageClass to the manifests."
                        .into()
                }
                served => format!(
                    "A claim gets its volume from its class, and stays Pending without it, as do the pods that use it. \
                     There is {}.",
                    listed(&served.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>())
                ),
            },
        ),
        Noticed::PriorityClassMissing { class } => Said::ours(
            format!("there is no PriorityClass \"{class}\""),
            "The API server refuses every pod that names a priority class which does not exist, so that no pod is made at \
             all. Add the PriorityClass to the manifests, or leave `priorityClassName` out.",
        ),
        Noticed::MountClash { path } => Said::ours(
            format!("two volumes are mounted in one place: {path}"),
            "Kubernetes compares the paths as they are written and takes these for two. In the container they are one \
             place, where one volume hides the other.",
        ),
        Noticed::NamespaceMismatch { referred, wanted, found, by } => Said::ours(
            format!("{} is in the namespace \"{found}\", {} in \"{wanted}\"", named(referred), named(by)),
            format!(
                "Names hold within a namespace: {} does not see what is in another one. Give both the same `namespace`.",
                named(by)
            ),
        ),
        Noticed::SelectorOverlap { one, other } => Said::ours(
            format!("the selector of {} also matches the pods of {}", named(one), named(other)),
            "Each of the two controllers keeps the pods that it made. But a pod without an owner may be taken by either, and \
             whatever goes by these labels (a Service, an autoscaler, a PodDisruptionBudget) takes the pods of both for \
             one. Give each a label of its own, in its selector and in its template.",
        ),
        Noticed::ServiceMissing { service, set } => Said::ours(
            format!("there is no Service \"{service}\""),
            format!(
                "`serviceName` names the headless Service that gives each pod its own name in DNS, such as \
                 {set}-0.{service}. The pods are made without it, but those names do not resolve."
            ),
        ),
        Noticed::ServiceNotHeadless { service } => Said::ours(
            format!("the Service \"{service}\" is not headless"),
            format!(
                "Only a Service with `clusterIP: None` gives each pod its own name in DNS; \"{service}\" has one address for \
                 all pods. On a Service that exists already the field cannot be changed: it has to be made anew."
            ),
        ),
        Noticed::ServiceSelectsOthers { service, set } => Said::ours(
            format!("the Service \"{service}\" does not select the pods of this set"),
            format!(
                "`serviceName` names the Service that gives each pod its own name in DNS, such as {set}-0.{service}. It does \
                 so only for pods that have every label of its selector, and the pods of this set do not."
            ),
        ),
        Noticed::ServiceSelectsNothing { service, closest, missed } => Said::ours(
            format!("the Service \"{service}\" selects no pod"),
            format!(
                "A Service leads to the pods that have every label of its selector. The labels of {} come closest: {}. \
                 Without pods connections to the Service fail, and its name in DNS leads nowhere.",
                named(closest),
                listed(&missed.iter().map(miss).collect::<Vec<_>>())
            ),
        ),
        Noticed::PortMissing { port, of, is_probe: false } => Said::ours(
            format!("no container has a port named \"{port}\""),
            format!(
                "{} sends connections to the port of that name in each pod. Where the name is missing they lead nowhere. \
                 Name a port of the container so, or write the number.",
                sentence(&named(of))
            ),
        ),
        Noticed::PortMissing { port, of, is_probe: true } => Said::ours(
            format!("this container has no port named \"{port}\""),
            format!(
                "The probe of {} asks the port of that name, and fails where there is none. Name a port of the container \
                 so, or write the number.",
                named(of)
            ),
        ),
        Noticed::NoNode { pods_of, refusals, are_default } => Said::ours(
            format!("no node takes {}", pods(pods_of)),
            format!(
                "{}.{} {}",
                sentence(&refused(refusals)),
                default_nodes(*are_default),
                if pods_of.kind == "DaemonSet" {
                    "A DaemonSet runs one pod on each node that is eligible: here that is none, and it counts as complete \
                     with 0 pods."
                } else {
                    "Until there is one that does, the status stays Pending."
                }
            ),
        ),
        Noticed::RequestTooLarge { pods_of, resource, asked, largest, are_default } => Said::ours(
            format!("{} needs {asked} of {resource}, more than any node has", each(pods_of)),
            format!(
                "A pod runs on one node, which has to have all that its containers request together: {asked} of {resource} \
                 here. The largest node that comes into question has {largest}.{} Until there is a larger one, the status stays Pending.",
                default_nodes(*are_default)
            ),
        ),
        Noticed::ReadinessMissing { set } => Said::ours(
            format!("the pods of \"{set}\" count as Ready as soon as they run"),
            "The set starts its pods one after the other, each when the one before is Ready. Without a `readinessProbe` that \
             means running: the next pod starts although the one before may still be loading, and an update goes on over \
             pods that do not work.",
        ),
        Noticed::ImageNotPinned { image, has_tag } => Said::ours(
            format!("the image {image} can be another one for each pod"),
            format!(
                "{} With `OnDelete` pods are replaced when somebody deletes them: one that is made later may run another \
                 version than the rest, and no revision tells them apart. Name a version.",
                if *has_tag {
                    "`latest` is whatever was pushed last."
                } else {
                    "Without a tag the image is `latest`, whatever was pushed last."
                }
            ),
        ),
        Noticed::GraceZero { set } => Said::ours(
            format!("the pods of \"{set}\" are removed before they have stopped"),
            "A set never runs two pods of one name, because the next one is made when the last one has ended. With a grace \
             period of 0 the pod is forgotten at once, whether its containers have ended or not, so that two can run and \
             write to the same data. Kubernetes warns of this value in StatefulSets.",
        ),
        Noticed::PartitionHoldsAll { partition, replicas } => Said::ours(
            format!("with `partition: {partition}` and {replicas} replicas no pod is ever updated"),
            "An update replaces the pods from `partition` on, counted from 0, and keeps those before it as they are. A \
             partition that is not smaller than `replicas` keeps all of them: a new image changes nothing.",
        ),
        Noticed::MaxUnavailableDropped => Said::ours(
            "spec.updateStrategy.rollingUpdate.maxUnavailable is dropped",
            "In Kubernetes v1.36 the feature gate MaxUnavailableStatefulSet is off unless somebody turns it on. The API \
             server then drops the field without a word, and pods are replaced one at a time.",
        ),
        Noticed::ScaleTargetMissing { target } => Said::ours(
            format!("there is no {} \"{}\" to scale", target.kind, target.name),
            "The autoscaler does nothing until its target is there. Look for a misspelling in `scaleTargetRef`: kind and \
             name have to be those of a workload in the same namespace.",
        ),
        Noticed::ScaleTargetFixed { target } => Said::ours(
            format!("{} cannot be scaled", named(target)),
            "A DaemonSet runs one pod on each eligible node and has no number of replicas that an autoscaler could set.",
        ),
        Noticed::RequestMissing { container, resource, autoscaler } => Said::ours(
            format!(
                "the container \"{container}\" requests no {resource}, which the autoscaler \"{autoscaler}\" measures"
            ),
            format!(
                "The autoscaler compares what the pods use with what they request. While one container has no request of \
                 {resource} there is nothing to compare with, and it does nothing. Set `resources.requests.{resource}`."
            ),
        ),
        Noticed::ReplicasAndAutoscaler { replicas, autoscaler } => Said::ours(
            format!("`replicas: {replicas}` undoes what the autoscaler \"{autoscaler}\" does"),
            "Every time this manifest is applied, the number of pods jumps back to what is written here, and the autoscaler \
             begins again from there. Leave `replicas` out where an autoscaler sets it.",
        ),
        Noticed::BudgetSelectsNothing { budget } => Said::ours(
            format!("the PodDisruptionBudget \"{budget}\" selects no pod"),
            "A budget protects the pods that its selector matches. It matches none of those in the manifests, so that they \
             can all be evicted at once.",
        ),
        Noticed::BudgetBlocks { budget, field, value, pods } => Said::ours(
            format!("the PodDisruptionBudget \"{budget}\" never lets a pod be evicted"),
            format!(
                "{} No node with such a pod can be drained: the request is refused for as long as the budget is there.",
                match (*field, pods) {
                    ("maxUnavailable", _) => format!("`maxUnavailable: {value}` lets no pod be away."),
                    (_, Some(1)) => format!("`minAvailable: {value}` of 1 pod leaves none that may be away."),
                    (_, Some(pods)) => format!("`minAvailable: {value}` of {pods} pods leaves none that may be away."),
                    (_, None) => format!("`minAvailable: {value}` asks for all pods, whatever their number."),
                }
            ),
        ),
    }
}

/// Begins with a capital letter.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn miss(Missed { key, wanted, found }: &Missed) -> String {
    match found {
        Some(found) => format!("`{key}` is \"{found}\" and not \"{wanted}\""),
        None => format!("`{key}: {wanted}` is missing"),
    }
}

fn default_nodes(are_default: bool) -> &'static str {
    if are_default { " These are the nodes that are there when the manifests bring none (`kind: Node`)." } else { "" }
}

/// Nodes by the reason for which they refuse, in the order of the nodes.
fn refused(refusals: &[(String, NodeRefusal)]) -> String {
    let reasons = cases::by_reason(refusals);
    let told = reasons.iter().map(|(refusal, nodes)| {
        let (subject, is_many) = match nodes.as_slice() {
            [one] => (format!("the node {one}"), false),
            [a, b, c, d, rest @ ..] if !rest.is_empty() => {
                (format!("the nodes {a}, {b}, {c}, {d} and {} more", rest.len()), true)
            }
            nodes => (format!("the nodes {}", listed(nodes)), true),
        };
        let (has, does) = if is_many { ("have", "do") } else { ("has", "does") };
        match refusal {
            NodeRefusal::Label { key, wanted, found: None } => format!("{subject} {has} no label `{key}: {wanted}`"),
            NodeRefusal::Label { key, wanted, found: Some(found) } => {
                format!("{subject} {has} the label `{key}: {found}` and not \"{wanted}\"")
            }
            NodeRefusal::Affinity => format!("{subject} {does} not satisfy the required node affinity"),
            NodeRefusal::Taint { taint } => {
                format!("{subject} {has} the taint {taint}, which the pods do not tolerate")
            }
        }
    });
    told.collect::<Vec<_>>().join("; ")
}
