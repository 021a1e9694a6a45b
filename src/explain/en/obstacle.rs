//! What stands in the way of an object, and what would change it.

use super::daemon_set::refused;
use super::words::{is, list, moment, seconds};
use crate::api::{Kind, ObjectRef, PodPhase};
use crate::explain::scope::node;
use crate::explain::{Text, code, text, verbatim};
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
        (Cause::Pod(lack), Question::Object(pod)) => of_pod(text![pod], text![pod], lack),
        (Cause::Pod(lack), Question::DaemonPod { set, node: name }) => {
            let pod = text![" pod of ", set, " on ", node(name)];
            of_pod(text!["The", pod.clone()], text!["the", pod], lack)
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

/// What a pod lacks. The pod is named at the start of a sentence, or within one.
fn of_pod(first: Text, within: Text, lack: &PodLack) -> Text {
    match lack {
        PodLack::SchedulerToCome => text![first, " has no node yet: the scheduler has not looked at it."],
        PodLack::NodeSilent { node: name } => text![
            first,
            " depends on the kubelet of ",
            node(name),
            ", which nothing is heard of: nobody starts its containers, checks them, or confirms that they have stopped."
        ],
        PodLack::Stopping { until } => {
            text![first, " is stopping. It may take its time until ", moment(*until), ", then it is killed."]
        }
        PodLack::Finalizers(finalizers) => kept_by(first, finalizers),
        PodLack::Image { container, image, reason } => text![
            "Container ",
            code(container),
            " of ",
            within,
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
            within,
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
            text!["Container ", code(container), " of ", within, " cannot start: ", code(reason), "."]
        }
        PodLack::Initializing { container, number, total } => text![
            first,
            " is at init container ",
            code(container),
            ", ",
            *number,
            " of ",
            *total,
            ". They run one after the other, before the containers of the pod start."
        ],
        PodLack::Starting => {
            text![first, " is starting: its kubelet mounts the volumes, pulls the images, starts the containers."]
        }
        PodLack::StartupProbe { container } => text![
            "The startup probe of container ",
            code(container),
            " in ",
            within,
            " has not succeeded yet. Until then no other probe runs, and the pod is not Ready."
        ],
        PodLack::ReadinessProbe { container, failed: true } => text![
            first,
            " runs and is not Ready: the readiness probe of container ",
            code(container),
            " fails. It is not restarted for that; it only gets no traffic."
        ],
        PodLack::ReadinessProbe { container, failed: false } => text![
            first,
            " runs and is not Ready yet: the readiness probe of container ",
            code(container),
            " has not succeeded so far."
        ],
        PodLack::NotReady => text![first, " runs, but its Ready condition is not True."],
        PodLack::Gates(gates) => text![
            "The containers of ",
            within,
            " are ready. Its readiness gates are not all open: ",
            list(gates.iter().map(code)),
            "."
        ],
        PodLack::NotAvailable { until, seconds: min_ready } => text![
            first,
            " is Ready and counts as available only once it has been so for ",
            seconds(*min_ready),
            " (`minReadySeconds`), at ",
            moment(*until),
            "."
        ],
        PodLack::Ended { phase, reason, .. } => text![
            first,
            " has ended ",
            if *phase == PodPhase::Succeeded { "well" } else { "badly" },
            reason.as_ref().map(|reason| text![" (", code(reason), ")"]),
            " and does not run again."
        ],
        PodLack::OldUntilDeleted { set } => text![
            first,
            " runs well, from an old template of ",
            set,
            ". With the update strategy `OnDelete` it stays so until somebody deletes it."
        ],
        PodLack::OldByPartition { set, partition } => text![
            first,
            " runs well, from an old template of ",
            set,
            ". Its ordinal is below the partition ",
            *partition,
            ", so it is not updated."
        ],
        PodLack::OldUntilItsTurn { set } => text![
            first,
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

/// What would change something.
pub(in crate::explain) fn remedy(remedy: &Remedy) -> Text {
    match remedy {
        Remedy::Wait { until: None } => text!["Nothing is to be done: it goes on by itself."],
        Remedy::Wait { until: Some(until) } => {
            text!["Nothing is to be done: it goes on by itself, at ", moment(*until), " at the latest."]
        }
        Remedy::SetImage { workload, .. } => text!["Give ", workload, " an image that can be pulled and that runs."],
        Remedy::UndoRollout { workload } => text!["Go back to the template that ", workload, " had before."],
        Remedy::DeletePod { pod, stuck: true } => text![
            "Then delete ",
            pod,
            ". An ordered set waits for its broken pod to become Ready and does not replace it, even when the template \
                 is good again."
        ],
        Remedy::DeletePod { pod, stuck: false } => {
            text!["Delete ", pod, "."]
        }
        Remedy::AnswerProbe { pod, container } => text![
            "Container ",
            code(container),
            " of ",
            pod,
            " has to answer its readiness probe. Look at what the probe asks for, and at what the container does."
        ],
        Remedy::OpenGates(gates) => {
            text!["Whoever is responsible for ", list(gates.iter().map(code)), " sets the condition to True."]
        }
        Remedy::MakeRoom => text!["Add a node with room, free some on one, or request less."],
        Remedy::Tolerate { taint, .. } => {
            text!["Add a toleration for ", code(taint), " to the pod template, or remove the taint."]
        }
        Remedy::Label { key, value, .. } => {
            text!["Label a node ", code(format!("{key}={value}")), ", or ask for a label that one has."]
        }
        Remedy::SatisfyFilter { text: words } => {
            text!["Change the pod or the nodes so that this is no longer so: ", verbatim(words), "."]
        }
        Remedy::RemoveGates { pod } => text!["Remove the scheduling gates from ", pod, "."],
        Remedy::Create(object) => text!["Create ", object.kind.as_str(), " ", object, "."],
        Remedy::AddVolume { claim } => {
            text!["Add a volume that fits ", claim, ", or name a storage class that makes one."]
        }
        Remedy::UseClaim { claim } => text![
            "Create a pod that uses ",
            claim,
            ". Its storage class waits for one, so that the volume is made where the pod runs."
        ],
        Remedy::StopUsing { object, user } => match user.kind {
            Kind::Pod => text![user, " uses ", object, ". Once the pod is gone, so is the obstacle."],
            _ => text![user, " uses ", object, ". It has to go first."],
        },
        Remedy::LowerPartition { set } => text!["Lower the partition of ", set, " to update more pods."],
        Remedy::Resume { deployment } => text!["Resume ", deployment, "."],
        Remedy::ScaleUp { .. } => text!["Ask for more pods."],
        Remedy::BringBack { node: name } => text!["Bring ", node(name), " back."],
        Remedy::OutOfService { node: name } => text![
            "If the machine is off for certain, declare ",
            node(name),
            " out of service. Its pods are then removed without its confirmation, and its volumes are detached."
        ],
        Remedy::Uncordon { node: name } => {
            text!["Let pods be placed on ", node(name), " again."]
        }
        Remedy::RelievePressure { node: name } => {
            text!["Let the pods of ", node(name), " use less, or let some of them go."]
        }
        Remedy::RemoveFinalizers(finalizers) => text![
            "Whoever set ",
            list(finalizers.iter().map(code)),
            " has to finish and remove it. Removing it by hand skips what it is there for."
        ],
        Remedy::ChangeLimit { autoscaler, most: true } => text!["Raise `spec.maxReplicas` of ", autoscaler, "."],
        Remedy::ChangeLimit { autoscaler, most: false } => {
            text!["Lower `spec.minReplicas` of ", autoscaler, "."]
        }
        Remedy::MakeMeasurable => text![
            "A utilization is a share of what pods request: their containers need `resources.requests`, and something has to be \
             measured."
        ],
        Remedy::RelaxBudget { budget } => {
            text!["Let ", budget, " ask for less, or run more pods than it asks for."]
        }
        Remedy::Agree { object } => {
            text!["Make the selector of ", object, " agree with the labels of the pods that it is meant for."]
        }
    }
}
