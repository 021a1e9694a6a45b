//! What somebody made happen inside containers and machines.

use crate::api::{ObjectRef, ProbeKind};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{NodeResource, ProcessChange};

fn probe_name(probe: ProbeKind) -> &'static str {
    match probe {
        ProbeKind::Startup => "startup",
        ProbeKind::Liveness => "liveness",
        ProbeKind::Readiness => "readiness",
    }
}

pub(super) fn resource(resource: NodeResource) -> &'static str {
    match resource {
        NodeResource::Memory => "memory",
        NodeResource::Disk => "disk space",
        NodeResource::Pid => "process ids",
    }
}

pub(super) fn process_headline(pod: &ObjectRef, change: ProcessChange) -> Text {
    match change {
        ProcessChange::Crash => text!["You make ", pod, " crash"],
        ProcessChange::Succeeds(probe) => text!["You make ", pod, " pass its ", probe_name(probe), " probe"],
        ProcessChange::Fails(probe) => text!["You make ", pod, " fail its ", probe_name(probe), " probe"],
        ProcessChange::Hangs(probe) => text!["You make ", pod, " hang at its ", probe_name(probe), " probe"],
        ProcessChange::IgnoresSigterm(true) => text!["You make ", pod, " ignore SIGTERM"],
        ProcessChange::IgnoresSigterm(false) => text!["You make ", pod, " heed SIGTERM again"],
    }
}

pub(super) fn process(words: &mut Words, pod: &ObjectRef, container: Option<&str>, change: ProcessChange) {
    match container {
        Some(container) => words.evidence("Container", text![code(container)]),
        None => words.evidence("Container", text!["all of the pod"]),
    };
    words.why(match change {
        ProcessChange::Crash => text![
            "This plays what happens inside the container: its process exits with code 1. The API server learns of it from \
             the kubelet only."
        ],
        ProcessChange::Succeeds(_) => {
            text!["This plays what happens inside the container: from now on it answers this probe well."]
        }
        ProcessChange::Fails(_) => {
            text!["This plays what happens inside the container: from now on it answers this probe badly."]
        }
        ProcessChange::Hangs(_) => text![
            "This plays what happens inside the container: from now on it does not answer this probe, which fails each time \
             when `timeoutSeconds` are over."
        ],
        ProcessChange::IgnoresSigterm(true) => text![
            "This plays a process that goes on when it is asked to stop: it ends only when it is killed, at the end of the \
             grace period."
        ],
        ProcessChange::IgnoresSigterm(false) => text!["From now on the process ends soon after it is asked to stop."],
    });
    words.next(match change {
        ProcessChange::Crash => text!["`restartPolicy` decides whether the kubelet starts it again."],
        ProcessChange::Succeeds(probe) | ProcessChange::Fails(probe) | ProcessChange::Hangs(probe) => match probe {
            ProbeKind::Readiness => text!["After enough equal answers in a row ", pod, " changes its readiness."],
            ProbeKind::Startup | ProbeKind::Liveness => {
                text!["After `failureThreshold` failures in a row the kubelet kills and restarts the container."]
            }
        },
        ProcessChange::IgnoresSigterm(_) => text!["It shows the next time that the container is to stop."],
    });
}

pub(super) fn images_headline(pattern: &str, broken: bool) -> Text {
    match broken {
        true => text!["You break the images that match ", code(pattern)],
        false => text!["You mend the images that match ", code(pattern)],
    }
}

pub(super) fn images(words: &mut Words, pattern: &str, broken: bool) {
    words.evidence("Images", text![code(pattern)]);
    words.why(match broken {
        true => text![
            "This plays a registry that does not hand out an image. Containers that run are not concerned; with \
             `imagePullPolicy: IfNotPresent` a node that has the image needs no pull."
        ],
        false => text!["This plays a registry that hands out an image again."],
    });
    words.next(match broken {
        true => text!["The next pull of such an image fails with `ErrImagePull`."],
        false => text!["Containers that wait get it at their next try, not at once."],
    });
}

pub(super) fn pressure_headline(node: &ObjectRef, of: NodeResource, on: bool) -> Text {
    match on {
        true => text!["You let ", node, " run short of ", resource(of)],
        false => text!["You give ", node, " enough ", resource(of), " again"],
    }
}

pub(super) fn pressure(words: &mut Words, node: &ObjectRef, of: NodeResource, on: bool) {
    words.evidence("Condition", text![code(of.condition())]);
    if on {
        words
            .why(text![
                "This plays a machine that runs short of ",
                resource(of),
                ". Its kubelet says so in a condition of ",
                node,
                " and evicts pods, one every 10 s, until it is over: first those that use more than they request, then those \
                 of lower priority."
            ])
            .next(text![
                match of {
                    NodeResource::Memory => "New pods that request nothing are refused there",
                    NodeResource::Disk | NodeResource::Pid => "New pods are refused there",
                },
                ", and a taint keeps the scheduler away."
            ]);
    } else {
        words
            .why(text![
                "The kubelet of ",
                node,
                " has enough ",
                resource(of),
                ". Kubernetes keeps the condition for 5 more minutes, lest it flaps; here it is over at once."
            ])
            .next(text!["No more pods are evicted. Those that were do not come back."]);
    }
}

pub(super) fn condition_headline(pod: &ObjectRef, on: bool) -> Text {
    match on {
        true => text!["You set a condition of ", pod, " to True"],
        false => text!["You set a condition of ", pod, " to False"],
    }
}

pub(super) fn condition(words: &mut Words, pod: &ObjectRef, condition: &str) {
    words
        .why(text![
            "This plays a controller outside the cluster, such as one of a load balancer, that tells of ",
            pod,
            " in a condition."
        ])
        .evidence("Condition", text![code(condition)])
        .next(text!["If the pod has it among its `readinessGates`, Ready depends on it."]);
}
