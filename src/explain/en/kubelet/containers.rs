//! What happened to one container of a pod.

use crate::api::{ObjectRef, PodPhase, ProbeKind};
use crate::explain::en::words::{count, is, seconds};
use crate::explain::facts::phase;
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{ContainerAct, ExitCause, PullError, Restart};

fn probe_name(probe: ProbeKind) -> &'static str {
    match probe {
        ProbeKind::Startup => "startup",
        ProbeKind::Liveness => "liveness",
        ProbeKind::Readiness => "readiness",
    }
}

pub(super) fn headline(pod: &ObjectRef, container: &str, act: &ContainerAct) -> Text {
    let name = || code(container);
    match act {
        ContainerAct::InitStarted { sidecar: true, .. } => text![pod, " starts its sidecar ", name()],
        ContainerAct::InitStarted { number, total, .. } => {
            text![pod, " starts init container ", *number, " of ", *total]
        }
        ContainerAct::InitCompleted { number, total } => {
            text!["Init container ", *number, " of ", *total, " of ", pod, " is done"]
        }
        ContainerAct::PullFailed { .. } => text![pod, " does not get an image"],
        ContainerAct::PullBackOff { seconds: pause, .. } => {
            text![pod, " waits ", seconds(i64::try_from(*pause).unwrap_or(0)), " before it pulls again"]
        }
        ContainerAct::ImagePulled { .. } => text![pod, " gets its image and starts ", name()],
        ContainerAct::ProbePassed { ready: true, .. } => text![pod, " becomes Ready"],
        ContainerAct::ProbePassed { probe: ProbeKind::Startup, .. } => text!["A container of ", pod, " has started up"],
        ContainerAct::ProbePassed { .. } => text!["A container of ", pod, " becomes ready"],
        ContainerAct::ReadinessFailed { .. } => text![pod, " is not Ready: a readiness probe fails"],
        ContainerAct::KilledByProbe { probe, .. } => {
            text!["A container of ", pod, " is killed: its ", probe_name(*probe), " probe fails"]
        }
        ContainerAct::Exited { exit_code: 0, .. } => text!["A container of ", pod, " has exited with code 0"],
        ContainerAct::Exited { exit_code, cause: ExitCause::Probe(_), .. } => {
            text!["A container of ", pod, " was killed (exit code ", *exit_code, ")"]
        }
        ContainerAct::Exited { exit_code, .. } => text!["A container of ", pod, " has crashed with code ", *exit_code],
        ContainerAct::CrashBackOff { seconds: pause, .. } => {
            text![pod, " waits ", pause_of(*pause), " before it restarts a container"]
        }
        ContainerAct::Restarted { restarts, .. } => text![pod, " restarts a container, restart ", *restarts],
        ContainerAct::Stopped { .. } => text!["A container of ", pod, " has stopped, others go on"],
    }
}

/// `once`, `3 times in a row, 10 s apart`.
fn in_a_row(failures: i32, period_seconds: u64) -> Text {
    match failures {
        1 => text!["once"],
        _ => text![count(failures, "time"), " in a row, ", pause_of(period_seconds), " apart"],
    }
}

fn pause_of(pause: u64) -> crate::explain::Piece {
    seconds(i64::try_from(pause).unwrap_or(i64::MAX))
}

pub(super) fn words(words: &mut Words, pod: &ObjectRef, container: &str, act: &ContainerAct, scope: Scope<'_>) {
    let name = || code(container);
    words.evidence("Container", text![name()]);
    match act {
        ContainerAct::InitStarted { number, total, sidecar } => {
            init_started(words, pod, container, (*number, *total), *sidecar);
        }
        ContainerAct::InitCompleted { number, total } => {
            words.why(text![
                "Init container ",
                name(),
                " exited with code 0, so its work is done. It is not started again."
            ]);
            words.next(if number < total {
                text!["The next init container starts."]
            } else {
                text!["It was the last one, so the main containers start together."]
            });
        }
        ContainerAct::PullFailed { image, error, back_off_seconds } => {
            pull_failed(words, pod, (container, image), *error, *back_off_seconds);
        }
        ContainerAct::PullBackOff { image, seconds: pause, endless } => {
            words
                .why(text![
                    "After each failed pull of an image the kubelet waits twice as long as before: 10 s, 20 s and so on up \
                     to 5 min. Now it is ",
                    pause_of(*pause),
                    " from one try to the next."
                ])
                .evidence("Image", text![code(image)]);
            if *endless {
                words.why(text![
                    "The pause is as long as it gets, and nothing will be different next time: the kubelet goes on like this \
                     every 5 min, which the run does not show."
                ]);
            }
            words.next(super::broken(pod, scope));
        }
        ContainerAct::ImagePulled { image } => {
            words
                .why(text![
                    code(image),
                    " can be pulled now, and the time to try again has come. The kubelet starts ",
                    name(),
                    " in the same pod."
                ])
                .evidence("Image", text![code(image)])
                .next(text!["When all its containers run, ", pod, " is Running."]);
        }
        ContainerAct::ProbePassed { probe, successes, ready } => {
            probe_passed(words, pod, container, *probe, (*successes, *ready), scope);
        }
        ContainerAct::ReadinessFailed { failures, period_seconds } => {
            words
                .why(text![
                    "The readiness probe of ",
                    name(),
                    " failed ",
                    in_a_row(*failures, *period_seconds),
                    ": as often as `failureThreshold` allows. So the container is not ready, and ",
                    pod,
                    " is not Ready."
                ])
                .why(text![
                    "Readiness only takes the pod out of its Services. It restarts nothing, and no controller replaces the \
                     pod for it."
                ])
                .next(text!["The probe goes on, and its next successes make ", pod, " Ready again."]);
        }
        ContainerAct::KilledByProbe { probe, failures, period_seconds, grace_seconds } => {
            words
                .why(text![
                    "The ",
                    probe_name(*probe),
                    " probe of ",
                    name(),
                    " failed ",
                    in_a_row(*failures, *period_seconds),
                    ": as often as `failureThreshold` allows. The kubelet takes the container for broken and kills it."
                ])
                .why(text![
                    "It is asked to stop (SIGTERM, after its `preStop` hook) and has ",
                    seconds(*grace_seconds),
                    " until it is killed. The pod stays: only this container is started again."
                ])
                .next(text!["When it has stopped, `restartPolicy` decides whether it runs again."]);
        }
        ContainerAct::Exited { exit_code, cause, restart, phase } => {
            exited(words, pod, container, (*exit_code, *cause), *restart, *phase);
        }
        ContainerAct::CrashBackOff { seconds: pause, restarts, endless } => {
            words
                .why(text![
                    "The first restart comes at once, the next ones after 10 s, 20 s and so on up to 5 min, counted from the \
                     end of the container. It was restarted ",
                    count(*restarts, "time"),
                    " so far, so it waits ",
                    pause_of(*pause),
                    ". That pause is `CrashLoopBackOff`."
                ])
                .why(text![
                    "The phase of ",
                    pod,
                    " is not Failed, because the container will run again. So no controller replaces the pod. After 10 min of \
                     running the pauses start anew."
                ]);
            if *endless {
                words.why(text![
                    "The pause is as long as it gets, and the container would end again: the kubelet goes on like this every \
                     5 min, which the run does not show."
                ]);
            }
            words.next(super::broken(pod, scope));
        }
        ContainerAct::Restarted { restarts, next_seconds } => {
            words
                .why(text![
                    "The kubelet starts ",
                    name(),
                    " again in the same pod: same node, same address, same volumes. `restartCount` is ",
                    *restarts,
                    " now."
                ])
                .next(text!["If it ends within 10 min, it waits ", pause_of(*next_seconds), " for its next restart."]);
        }
        ContainerAct::Stopped { exit_code, left } => {
            words
                .why(text![
                    name(),
                    " has stopped, but ",
                    count(*left, "container"),
                    " of ",
                    pod,
                    " ",
                    is(*left),
                    " still running. Main containers are asked to stop together; sidecars stop after them, in the reverse of \
                     their order."
                ])
                .evidence("Exit code", text![*exit_code])
                .next(text!["The object stays until the last one has stopped."]);
        }
    }
}

fn init_started(words: &mut Words, pod: &ObjectRef, container: &str, (number, total): (usize, usize), sidecar: bool) {
    words.why(text![
        "Init containers run one by one, in the order in which they are written, before any main container of ",
        pod,
        ". ",
        code(container),
        " is number ",
        number,
        " of ",
        total,
        "."
    ]);
    if sidecar {
        words
            .why(text![
                "With `restartPolicy: Always` an init container is a sidecar: the next container waits only until it has \
                 started, and it runs on beside the others."
            ])
            .next(text!["When it has started, the next container's turn comes."]);
    } else {
        words.next(text!["It has to exit with code 0 before anything else of the pod starts."]);
    }
}

fn pull_failed(words: &mut Words, pod: &ObjectRef, (container, image): (&str, &str), error: PullError, pause: u64) {
    words.evidence("Image", text![code(image)]).evidence("Waiting reason", text![code(error.reason())]);
    match error {
        PullError::Failed => {
            words
                .why(text![
                    "The registry does not hand out ",
                    code(image),
                    ", so container ",
                    code(container),
                    " cannot be created. ",
                    pod,
                    " stays in its phase: no controller replaces it for this."
                ])
                .next(text!["The kubelet tries again ", pause_of(pause), " after this failure."]);
        }
        PullError::InvalidName => {
            words
                .why(text![
                    code(image),
                    " is not the name of an image: a path in small letters, with a tag or a digest. The kubelet does not \
                     even ask a registry."
                ])
                .next(text!["Nothing changes until the image is corrected."]);
        }
        PullError::NeverPulled => {
            words
                .why(text![
                    "With `imagePullPolicy: Never` the kubelet only uses images that its node has, and it does not have ",
                    code(image),
                    "."
                ])
                .next(text!["Nothing changes until the image is there or the policy is another."]);
        }
    }
}

fn probe_passed(
    words: &mut Words,
    pod: &ObjectRef,
    container: &str,
    probe: ProbeKind,
    (successes, ready): (i32, bool),
    scope: Scope<'_>,
) {
    words.why(text![
        "The ",
        probe_name(probe),
        " probe of ",
        code(container),
        " succeeded",
        (successes > 1).then(|| text![" ", count(successes, "time"), " in a row"]),
        "."
    ]);
    if probe == ProbeKind::Startup {
        words.why(text!["Until then neither liveness nor readiness is probed. Now they are, and this probe is over."]);
    }
    if ready {
        words.why(text!["Every container of ", pod, " is ready, so its Ready condition is True."]);
        words.next(super::after_ready(pod, scope));
    } else {
        words.next(text![pod, " is Ready when every container is ready."]);
    }
}

fn exited(
    words: &mut Words,
    pod: &ObjectRef,
    container: &str,
    (exit_code, cause): (i32, ExitCause),
    restart: Restart,
    now: PodPhase,
) {
    words.evidence("Exit code", text![exit_code]).evidence("Phase", text![phase(now)]);
    words.why(match (cause, exit_code) {
        (ExitCause::Exited, 0) => {
            text!["The process of ", code(container), " ended by itself and reported success: `Completed`."]
        }
        (ExitCause::Exited, _) => {
            text!["The process of ", code(container), " ended by itself and reported a failure: `Error`."]
        }
        (ExitCause::Crashed, _) => text!["You made the process of ", code(container), " crash."],
        (ExitCause::Probe(probe), 137) => text![
            "Its ",
            probe_name(probe),
            " probe had failed. ",
            code(container),
            " did not stop when it was asked to, so it was killed at the end of its grace period (SIGKILL, code 137)."
        ],
        (ExitCause::Probe(probe), _) => {
            text!["Its ", probe_name(probe), " probe had failed. ", code(container), " stopped when it was asked to."]
        }
    });
    match restart {
        Restart::Never => {
            words.why(text![
                "By `restartPolicy` it is not started again. When every container has ended like this, the phase of ",
                pod,
                " is Succeeded if all exited with code 0, else Failed."
            ]);
            words.next(match now {
                PodPhase::Succeeded | PodPhase::Failed => text!["The phase is final: this pod never runs again."],
                PodPhase::Pending | PodPhase::Running => text!["The other containers go on."],
            });
        }
        Restart::AtOnce => {
            words.why(text![
                "By `restartPolicy` it is started again in the same pod, whatever a controller thinks. It has not been \
                 restarted lately, so that happens at once."
            ]);
            words.next(text!["The kubelet restarts ", code(container), "."]);
        }
        Restart::After(pause) => {
            words.why(text![
                "By `restartPolicy` it is started again in the same pod. It was restarted not long ago, so the kubelet \
                 waits first."
            ]);
            words.next(text!["It is restarted ", pause_of(pause), " after its end."]);
        }
    }
}
