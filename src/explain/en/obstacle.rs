//! What stands in the way of an object, and what would change it.

use super::daemon_set::refused;
use super::words::{is, list, moment, seconds};
use crate::api::{Kind, ObjectRef, PodPhase};
use crate::explain::scope::node;
use crate::explain::{Advice, Text, code, text, verbatim};
use crate::obstacle::{Absence, Cause, Link, NodeLack, PodLack, Question, Remedy};

/// One cause as a sentence. What an actor told in a step is not said here but by the step's headline.
pub(in crate::explain) fn cause(link: &Link) -> Option<Text> {
    let about = match &link.about {
        Question::Object(object) => object,
        Question::DaemonPod { set, .. } => set,
    };
    Some(match (&link.cause, &link.about) {
        (Cause::Told(_), _) => return None,
        (Cause::AboutToLook(_), _) => {
            text!["What ", about, " waited for has come. Its controller looks again in a moment."]
        }
        (Cause::Absent(absence), _) => absent(about, absence),
        (Cause::Pod(lack), Question::Object(pod)) => of_pod(text![pod], lack),
        (Cause::Pod(lack), Question::DaemonPod { set, node: name }) => {
            of_pod(text!["The pod of ", set, " on ", node(name)], lack)
        }
        (Cause::Node(lack), _) => of_node(about, lack),
        (Cause::NodeRefused { refusal, keeps }, Question::DaemonPod { set, node: name }) => {
            let starts = if *keeps { " starts no pod on " } else { " runs no pod on " };
            text![set, starts, node(name), ": ", refused(refusal), "."]
        }
        (Cause::NodeRefused { refusal, .. }, Question::Object(set)) => {
            text![set, " runs no pod there: ", refused(refusal), "."]
        }
        (Cause::Finalizers(finalizers), _) => kept_by(text![about], finalizers),
        (Cause::BudgetExhausted { healthy, desired }, _) => text![
            about,
            " allows no eviction: ",
            *healthy,
            " of its pods are healthy, and ",
            *desired,
            " have to be at all times."
        ],
        (Cause::Unavailable { available, wanted }, _) => {
            text![
                "Of the ",
                *wanted,
                " pods that ",
                about,
                " wants, ",
                *available,
                " ",
                is(*available as i64),
                " available."
            ]
        }
        (Cause::NoReadyEndpoint, _) => {
            text![about, " sends nobody anywhere: none of the pods that it selects is Ready."]
        }
        (Cause::Missing, _) => text![about.kind.as_str(), " ", about, " does not exist."],
    })
}

fn absent(pod: &ObjectRef, absence: &Absence) -> Text {
    match absence {
        Absence::NotWanted { set, ordinals: None } => text![pod, " is not wanted: `spec.replicas` of ", set, " is 0."],
        Absence::NotWanted { set, ordinals: Some((first, last)) } => {
            text![pod, " is not wanted: the pods of ", set, " have the ordinals ", *first, " to ", *last, "."]
        }
        Absence::ComesAfter { pod: lower, .. } => text![
            pod,
            " is not created yet: an ordered set creates one pod at a time, lowest ordinal first, and ",
            lower,
            " is not available."
        ],
        Absence::SetGoes { set } => text![pod, " is not created any more: ", set, " is being deleted."],
        Absence::ComesNext { set } => text![pod, " is the next thing that ", set, " creates."],
        Absence::NobodyMakesIt => text!["There is no ", pod, ", and no set that would create a pod of that name."],
    }
}

fn of_pod(pod: Text, lack: &PodLack) -> Text {
    match lack {
        PodLack::SchedulerToCome => text![pod, " has no node yet: the scheduler has not looked at it."],
        PodLack::NodeSilent { node: name } => text![
            pod,
            " depends on the kubelet of ",
            node(name),
            ", which nothing is heard of: nobody starts its containers, checks them, or confirms that they have stopped."
        ],
        PodLack::Stopping { until } => {
            text![pod, " is stopping. It may take its time until ", moment(*until), ", then it is killed."]
        }
        PodLack::Finalizers(finalizers) => kept_by(pod, finalizers),
        PodLack::Image { container, image, reason } => text![
            "Container ",
            code(container),
            " of ",
            pod,
            " does not start: its image ",
            code(image),
            " cannot be pulled (",
            code(reason),
            ")."
        ],
        PodLack::Crash { container, exit_code, restarts } => text![
            "Container ",
            code(container),
            " of ",
            pod,
            " ends again and again",
            exit_code.map(|exit_code| text![" with exit code ", exit_code]),
            match restarts {
                0 => text![". "],
                1 => text!["; it was restarted once. "],
                restarts => text!["; it was restarted ", *restarts, " times. "],
            },
            "Each restart waits longer than the one before (`CrashLoopBackOff`)."
        ],
        PodLack::CannotStart { container, reason } => {
            text!["Container ", code(container), " of ", pod, " cannot start: ", code(reason), "."]
        }
        PodLack::Initializing { container, number, total } => text![
            pod,
            " is at init container ",
            code(container),
            ", ",
            *number,
            " of ",
            *total,
            ". They run one after the other, before the containers of the pod start."
        ],
        PodLack::Starting => {
            text![pod, " is starting: its kubelet mounts the volumes, pulls the images, starts the containers."]
        }
        PodLack::StartupProbe { container } => text![
            "The startup probe of container ",
            code(container),
            " in ",
            pod,
            " has not succeeded yet. Until then no other probe runs, and the pod is not Ready."
        ],
        PodLack::ReadinessProbe { container, failed: true } => text![
            pod,
            " runs and is not Ready: the readiness probe of container ",
            code(container),
            " fails. It is not restarted for that; it only gets no traffic."
        ],
        PodLack::ReadinessProbe { container, failed: false } => text![
            pod,
            " runs and is not Ready yet: the readiness probe of container ",
            code(container),
            " has not succeeded so far."
        ],
        PodLack::NotReady => text![pod, " runs, but its Ready condition is not True."],
        PodLack::Gates(gates) => text![
            "The containers of ",
            pod,
            " are ready. Its readiness gates are not all open: ",
            list(gates.iter().map(code)),
            "."
        ],
        PodLack::NotAvailable { until, seconds: min_ready } => text![
            pod,
            " is Ready and counts as available only once it has been so for ",
            seconds(*min_ready),
            " (`minReadySeconds`), at ",
            moment(*until),
            "."
        ],
        PodLack::Ended { phase, reason, .. } => text![
            pod,
            " has ended ",
            if *phase == PodPhase::Succeeded { "well" } else { "badly" },
            reason.as_ref().map(|reason| text![" (", code(reason), ")"]),
            " and does not run again."
        ],
        PodLack::OldUntilDeleted { set } => text![
            pod,
            " runs well, from an old template of ",
            set,
            ". With the update strategy `OnDelete` it stays so until somebody deletes it."
        ],
        PodLack::OldByPartition { set, partition } => text![
            pod,
            " runs well, from an old template of ",
            set,
            ". Its ordinal is below the partition ",
            *partition,
            ", so it is not updated."
        ],
        PodLack::OldUntilItsTurn { set } => text![
            pod,
            " runs well, from an old template of ",
            set,
            ". Pods are updated one after the other, highest ordinal first, and its turn has not come."
        ],
    }
}

fn kept_by(object: Text, finalizers: &[String]) -> Text {
    text![
        object,
        " is being deleted. It exists until whoever set its finalizers removes them: ",
        list(finalizers.iter().map(code)),
        "."
    ]
}

fn of_node(node: &ObjectRef, lack: &NodeLack) -> Text {
    match lack {
        NodeLack::Missing => text!["There is no node ", node, "."],
        NodeLack::Silent { since } => text![
            "The kubelet of ",
            node,
            " sends no heartbeats",
            since.map(|since| text!["; since ", moment(since), " the node counts as unreachable"]),
            ". Whether its pods still run, nobody knows."
        ],
        NodeLack::NotReady { message } => text![
            node,
            " is not Ready, as its kubelet reports",
            message.as_ref().map(|message| text![": ", verbatim(message)]),
            "."
        ],
        NodeLack::Cordoned => text![node, " is cordoned: pods that run there stay, new ones are not placed there."],
        NodeLack::Pressure { condition } => text![node, " runs short: ", code(condition), " is True."],
    }
}

/// What would change something, with the command that does it, where there is one.
pub(in crate::explain) fn remedy(remedy: &Remedy) -> Advice {
    let typed = |text: Text, command: String| Advice { text, command: Some(command) };
    let plain = |text: Text| Advice { text, command: None };
    match remedy {
        Remedy::Wait { until: None } => plain(text!["Nothing is to be done: it goes on by itself."]),
        Remedy::Wait { until: Some(until) } => {
            plain(text!["Nothing is to be done: it goes on by itself, at ", moment(*until), " at the latest."])
        }
        Remedy::SetImage { workload, container } => typed(
            text!["Give ", workload, " an image that can be pulled and that runs."],
            format!("kubectl set image {} {container}=IMAGE{}", argument(workload), namespace(workload)),
        ),
        Remedy::UndoRollout { workload } => typed(
            text!["Go back to the template that ", workload, " had before."],
            format!("kubectl rollout undo {}{}", argument(workload), namespace(workload)),
        ),
        Remedy::DeletePod { pod, stuck: true } => typed(
            text![
                "Then delete ",
                pod,
                ". An ordered set waits for its broken pod to become Ready and does not replace it, even when the template \
                 is good again."
            ],
            format!("kubectl delete pod {}{}", pod.name(), namespace(pod)),
        ),
        Remedy::DeletePod { pod, stuck: false } => {
            typed(text!["Delete ", pod, "."], format!("kubectl delete pod {}{}", pod.name(), namespace(pod)))
        }
        Remedy::AnswerProbe { pod, container } => plain(text![
            "Container ",
            code(container),
            " of ",
            pod,
            " has to answer its readiness probe. Look at what the probe asks for, and at what the container does."
        ]),
        Remedy::OpenGates(gates) => {
            plain(text!["Whoever is responsible for ", list(gates.iter().map(code)), " sets the condition to True."])
        }
        Remedy::MakeRoom => plain(text!["Add a node with room, free some on one, or request less."]),
        Remedy::Tolerate { node: name, taint } => {
            let text = text!["Add a toleration for ", code(taint), " to the pod template, or remove the taint."];
            match name {
                Some(name) => typed(text, format!("kubectl taint nodes {name} {taint}-")),
                None => plain(text),
            }
        }
        Remedy::Label { node: name, key, value } => {
            let text = text!["Label a node ", code(format!("{key}={value}")), ", or ask for a label that one has."];
            let name = name.as_deref().unwrap_or("NODE");
            typed(text, format!("kubectl label nodes {name} {key}={value} --overwrite"))
        }
        Remedy::SatisfyFilter { text: words } => {
            plain(text!["Change the pod or the nodes so that this is no longer so: ", verbatim(words), "."])
        }
        Remedy::RemoveGates { pod } => plain(text!["Remove the scheduling gates from ", pod, "."]),
        Remedy::Create(object) => plain(text!["Create ", object.kind.as_str(), " ", object, "."]),
        Remedy::AddVolume { claim } => {
            plain(text!["Add a volume that fits ", claim, ", or name a storage class that makes one."])
        }
        Remedy::UseClaim { claim } => plain(text![
            "Create a pod that uses ",
            claim,
            ". Its storage class waits for one, so that the volume is made where the pod runs."
        ]),
        Remedy::StopUsing { object, user } => match user.kind {
            Kind::Pod => typed(
                text![user, " uses ", object, ". Once the pod is gone, so is the obstacle."],
                format!("kubectl delete pod {}{}", user.name(), namespace(user)),
            ),
            _ => plain(text![user, " uses ", object, ". It has to go first."]),
        },
        Remedy::LowerPartition { set } => typed(
            text!["Lower the partition of ", set, " to update more pods."],
            format!(
                "kubectl patch {}{} -p '{{\"spec\":{{\"updateStrategy\":{{\"rollingUpdate\":{{\"partition\":0}}}}}}}}'",
                argument(set),
                namespace(set)
            ),
        ),
        Remedy::Resume { deployment } => typed(
            text!["Resume ", deployment, "."],
            format!("kubectl rollout resume {}{}", argument(deployment), namespace(deployment)),
        ),
        Remedy::ScaleUp { workload, replicas } => typed(
            text!["Ask for more pods."],
            format!("kubectl scale {} --replicas={replicas}{}", argument(workload), namespace(workload)),
        ),
        Remedy::BringBack { node: name } => typed(text!["Bring ", node(name), " back."], format!("lab node up {name}")),
        Remedy::OutOfService { node: name } => typed(
            text![
                "If the machine is off for certain, declare ",
                node(name),
                " out of service. Its pods are then removed without its confirmation, and its volumes are detached."
            ],
            format!("kubectl taint nodes {name} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"),
        ),
        Remedy::Uncordon { node: name } => {
            typed(text!["Let pods be placed on ", node(name), " again."], format!("kubectl uncordon {name}"))
        }
        Remedy::RelievePressure { node: name } => {
            plain(text!["Let the pods of ", node(name), " use less, or let some of them go."])
        }
        Remedy::RemoveFinalizers(finalizers) => plain(text![
            "Whoever set ",
            list(finalizers.iter().map(code)),
            " has to finish and remove it. Removing it by hand skips what it is there for."
        ]),
        Remedy::ChangeLimit { autoscaler, most: true } => plain(text!["Raise `spec.maxReplicas` of ", autoscaler, "."]),
        Remedy::ChangeLimit { autoscaler, most: false } => {
            plain(text!["Lower `spec.minReplicas` of ", autoscaler, "."])
        }
        Remedy::MakeMeasurable => plain(text![
            "A utilization is a share of what pods request: their containers need `resources.requests`, and something has to be \
             measured."
        ]),
        Remedy::RelaxBudget { budget } => {
            plain(text!["Let ", budget, " ask for less, or run more pods than it asks for."])
        }
        Remedy::Agree { object } => {
            plain(text!["Make the selector of ", object, " agree with the labels of the pods that it is meant for."])
        }
    }
}

/// `statefulset/web`, as one types it.
fn argument(object: &ObjectRef) -> String {
    format!("{}/{}", object.kind.as_str().to_ascii_lowercase(), object.name())
}

/// ` -n NAMESPACE`, where it is not the default one.
fn namespace(object: &ObjectRef) -> String {
    match &*object.key.namespace {
        "" | "default" => String::new(),
        namespace => format!(" -n {namespace}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Time;

    #[test]
    fn what_can_be_typed_is_typed_for_the_namespace_of_the_object() {
        let set = ObjectRef::new(Kind::StatefulSet, "shop", "db");
        let advice = remedy(&Remedy::UndoRollout { workload: set });
        assert_eq!(advice.command.as_deref(), Some("kubectl rollout undo statefulset/db -n shop"));
    }

    #[test]
    fn what_comes_by_itself_has_no_command() {
        let advice = remedy(&Remedy::Wait { until: Some(Time(2_460)) });
        assert_eq!(advice.text.to_string(), "Nothing is to be done: it goes on by itself, at 2.4 s at the latest.");
        assert_eq!(advice.command, None);
    }
}
