//! What happened to one container of a pod.

use crate::api::{ObjectRef, PodPhase, ProbeKind};
use crate::explain::facts::phase;
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::zh::process::probe_name;
use crate::explain::zh::words::{count, seconds};
use crate::explain::{Piece, Text, code, text};
use crate::reason::{ContainerAct, ExitCause, PullError, Restart};

pub(super) fn headline(pod: &ObjectRef, container: &str, act: &ContainerAct) -> Text {
    let name = || code(container);
    match act {
        ContainerAct::InitStarted { sidecar: true, .. } => text![pod, "启动 sidecar 容器", name()],
        ContainerAct::InitStarted { number, total, .. } => {
            text![pod, "启动第", *number, "个 Init 容器，共", *total, "个"]
        }
        ContainerAct::InitCompleted { number, total } => {
            text![pod, "的第", *number, "个 Init 容器已完成，共", *total, "个"]
        }
        ContainerAct::PullFailed { .. } => text![pod, "拿不到镜像"],
        ContainerAct::PullBackOff { seconds: pause, .. } => text![pod, "等待", pause_of(*pause), "后再拉取镜像"],
        ContainerAct::ImagePulled { .. } => text![pod, "拿到镜像，启动", name()],
        ContainerAct::ProbePassed { ready: true, .. } => text![pod, "就绪"],
        ContainerAct::ProbePassed { probe: ProbeKind::Startup, .. } => text![pod, "的一个容器已完成启动"],
        ContainerAct::ProbePassed { .. } => text![pod, "的一个容器就绪"],
        ContainerAct::ReadinessFailed { .. } => text![pod, "没有就绪：就绪探针失败"],
        ContainerAct::KilledByProbe { probe, .. } => text!["杀掉", pod, "的一个容器：", probe_name(*probe), "失败"],
        ContainerAct::Exited { exit_code: 0, .. } => text![pod, "的一个容器退出，退出码 0"],
        ContainerAct::Exited { exit_code, cause: ExitCause::Probe(_), .. } => {
            text![pod, "的一个容器已杀掉，退出码", *exit_code]
        }
        ContainerAct::Exited { exit_code, .. } => text![pod, "的一个容器崩溃，退出码", *exit_code],
        ContainerAct::CrashBackOff { seconds: pause, .. } => text![pod, "等待", pause_of(*pause), "后再重启容器"],
        ContainerAct::Restarted { restarts, .. } => text![pod, "重启容器，第", *restarts, "次"],
        ContainerAct::Stopped { .. } => text![pod, "的一个容器已停止，其他的还在运行"],
    }
}

/// `1 次`, `连续 3 次，每次间隔 10 秒`.
fn in_a_row(failures: i32, period_seconds: u64) -> Text {
    match failures {
        1 => text!["失败了 1 次"],
        _ => text!["连续失败", count(failures, "次"), "，每次间隔", pause_of(period_seconds)],
    }
}

fn pause_of(pause: u64) -> Piece {
    seconds(i64::try_from(pause).unwrap_or(i64::MAX))
}

pub(super) fn words(words: &mut Words, pod: &ObjectRef, container: &str, act: &ContainerAct, scope: Scope<'_>) {
    let name = || code(container);
    words.evidence("容器", text![name()]);
    match act {
        ContainerAct::InitStarted { number, total, sidecar } => {
            init_started(words, pod, container, (*number, *total), *sidecar);
        }
        ContainerAct::InitCompleted { number, total } => {
            words.why(text!["Init 容器", name(), "以退出码 0 退出，工作完成，不会再启动。"]);
            words.next(if number < total {
                text!["接着启动下一个 Init 容器。"]
            } else {
                text!["这是最后一个，所以主容器一起启动。"]
            });
        }
        ContainerAct::PullFailed { image, error, back_off_seconds } => {
            pull_failed(words, pod, (container, image), *error, *back_off_seconds);
        }
        ContainerAct::PullBackOff { image, seconds: pause, endless } => {
            words
                .why(text![
                    "每次拉取镜像失败后，kubelet 等待的时间都会加倍：10 秒、20 秒……最长 5 分钟。现在两次尝试之间隔",
                    pause_of(*pause),
                    "。"
                ])
                .evidence("镜像", text![code(image)]);
            if *endless {
                words.why(text![
                    "等待时间已经最长，下次也不会有什么不同：kubelet 会这样每 5 分钟重试一次，这里不再显示。"
                ]);
            }
            words.next(super::broken(pod, scope));
        }
        ContainerAct::ImagePulled { image } => {
            words
                .why(text![code(image), "现在可以拉取了，重试的时间也到了。kubelet 在同一个 Pod 里启动", name(), "。"])
                .evidence("镜像", text![code(image)])
                .next(text!["所有容器都运行起来后，", pod, "的阶段就是 `Running`。"]);
        }
        ContainerAct::ProbePassed { probe, successes, ready } => {
            probe_passed(words, pod, container, *probe, (*successes, *ready), scope);
        }
        ContainerAct::ReadinessFailed { failures, period_seconds } => {
            words
                .why(text![
                    name(),
                    "的就绪探针",
                    in_a_row(*failures, *period_seconds),
                    "，达到了 `failureThreshold`。所以容器没有就绪，",
                    pod,
                    "也没有就绪。"
                ])
                .why(text!["没有就绪只是把 Pod 从 Service 里撤下。什么都不会重启，也没有控制器会因此替换 Pod。"])
                .next(text!["探针继续探测，之后成功了，", pod, "就恢复就绪。"]);
        }
        ContainerAct::KilledByProbe { probe, failures, period_seconds, grace_seconds } => {
            words
                .why(text![
                    name(),
                    "的",
                    probe_name(*probe),
                    in_a_row(*failures, *period_seconds),
                    "，达到了 `failureThreshold`。kubelet 认为容器坏了，要杀掉它。"
                ])
                .why(text![
                    "先请它停止（执行完 `preStop` 钩子后发 SIGTERM），给它",
                    seconds(*grace_seconds),
                    "，之后强行杀掉。Pod 会留下：只重启这个容器。"
                ])
                .next(text!["停止以后要不要再运行，由 `restartPolicy` 决定。"]);
        }
        ContainerAct::Exited { exit_code, cause, restart, phase } => {
            exited(words, pod, container, (*exit_code, *cause), *restart, *phase);
        }
        ContainerAct::CrashBackOff { seconds: pause, restarts, endless } => {
            words
                .why(text![
                    "第一次重启不用等，之后隔 10 秒、20 秒……最长 5 分钟，从容器结束时算起。到现在已经重启",
                    count(*restarts, "次"),
                    "，所以要等",
                    pause_of(*pause),
                    "。这段等待就是 `CrashLoopBackOff`。"
                ])
                .why(text![
                    pod,
                    "的阶段不是 `Failed`，因为容器还会再运行，所以没有控制器会替换 Pod。连续运行 10 分钟后，等待时间重新从头算起。"
                ]);
            if *endless {
                words.why(text!["等待时间已经最长，容器下次还会退出：kubelet 会这样每 5 分钟重试一次，这里不再显示。"]);
            }
            words.next(super::broken(pod, scope));
        }
        ContainerAct::Restarted { restarts, next_seconds } => {
            words
                .why(text![
                    "kubelet 在同一个 Pod 里重新启动",
                    name(),
                    "：节点不变，地址不变，卷也不变。`restartCount` 现在是",
                    *restarts,
                    "。"
                ])
                .next(text!["如果 10 分钟内又退出，下次重启要等", pause_of(*next_seconds), "。"]);
        }
        ContainerAct::Stopped { exit_code, left } => {
            words
                .why(text![
                    name(),
                    "已经停止，但",
                    pod,
                    "还有",
                    count(*left, "个容器"),
                    "在运行。主容器同时收到停止信号；sidecar 容器在它们之后停止，顺序与启动时相反。"
                ])
                .evidence("退出码", text![*exit_code])
                .next(text!["最后一个容器停止之前，对象一直存在。"]);
        }
    }
}

fn init_started(words: &mut Words, pod: &ObjectRef, container: &str, (number, total): (usize, usize), sidecar: bool) {
    words.why(text![
        "Init 容器按书写的顺序逐个运行，都在",
        pod,
        "的主容器之前。",
        code(container),
        "是第",
        number,
        "个，共",
        total,
        "个。"
    ]);
    if sidecar {
        words
            .why(text![
                "Init 容器设置了 `restartPolicy: Always` 就是 sidecar 容器：下一个容器只等它启动，它自己会和其他容器一起一直运行。"
            ])
            .next(text!["它启动以后，就轮到下一个容器。"]);
    } else {
        words.next(text!["它要以退出码 0 退出，Pod 里别的容器才会启动。"]);
    }
}

fn pull_failed(words: &mut Words, pod: &ObjectRef, (container, image): (&str, &str), error: PullError, pause: u64) {
    words.evidence("镜像", text![code(image)]).evidence("等待原因", text![code(error.reason())]);
    match error {
        PullError::Failed => {
            words
                .why(text![
                    "镜像仓库不提供",
                    code(image),
                    "，所以容器",
                    code(container),
                    "创建不了。",
                    pod,
                    "的阶段不变：没有控制器会因此替换它。"
                ])
                .next(text!["这次失败后，kubelet 过", pause_of(pause), "重试。"]);
        }
        PullError::InvalidName => {
            words
                .why(text![
                    code(image),
                    "不是合法的镜像名：应当是小写的路径，后面可以带标签或摘要。kubelet 根本不会去问镜像仓库。"
                ])
                .next(text!["镜像名改好之前，什么都不会变。"]);
        }
        PullError::NeverPulled => {
            words
                .why(text![
                    "`imagePullPolicy: Never` 表示 kubelet 只用节点上已有的镜像，而节点上没有",
                    code(image),
                    "。"
                ])
                .next(text!["等节点上有了镜像，或者改了策略，才会有变化。"]);
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
        code(container),
        "的",
        probe_name(probe),
        if successes > 1 { text!["连续成功", count(successes, "次")] } else { text!["成功"] },
        "。"
    ]);
    if probe == ProbeKind::Startup {
        words.why(text!["在这之前，存活探针和就绪探针都不运行。现在它们开始运行，启动探针则到此为止。"]);
    }
    if ready {
        words.why(text![pod, "的每个容器都就绪，所以它的 `Ready` 状况是 `True`。"]);
        words.next(super::after_ready(pod, scope));
    } else {
        words.next(text!["每个容器都就绪后，", pod, "才就绪。"]);
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
    words.evidence("退出码", text![exit_code]).evidence("阶段", text![phase(now)]);
    words.why(match (cause, exit_code) {
        (ExitCause::Exited, 0) => text![code(container), "的进程自己结束，报告成功：`Completed`。"],
        (ExitCause::Exited, _) => text![code(container), "的进程自己结束，报告失败：`Error`。"],
        (ExitCause::Crashed, _) => text!["你让", code(container), "的进程崩溃了。"],
        (ExitCause::Probe(probe), 137) => text![
            "它的",
            probe_name(probe),
            "失败。",
            code(container),
            "收到停止信号后没有停，所以宽限期结束时强行杀掉（SIGKILL，退出码 137）。"
        ],
        (ExitCause::Probe(probe), _) => {
            text!["它的", probe_name(probe), "失败。", code(container), "收到停止信号后停了下来。"]
        }
    });
    match restart {
        Restart::Never => {
            words.why(text![
                "按 `restartPolicy`，它不会重新启动。等所有容器都这样结束，如果退出码全是 0，",
                pod,
                "的阶段就是 `Succeeded`，否则是 `Failed`。"
            ]);
            words.next(match now {
                PodPhase::Succeeded | PodPhase::Failed => text!["这个阶段是最终状态：这个 Pod 不会再运行。"],
                PodPhase::Pending | PodPhase::Running => text!["其他容器继续运行。"],
            });
        }
        Restart::AtOnce => {
            words.why(text![
                "按 `restartPolicy`，它会在同一个 Pod 里重新启动，和控制器无关。最近没有重启过，所以不用等。"
            ]);
            words.next(text!["kubelet 重启", code(container), "。"]);
        }
        Restart::After(pause) => {
            words
                .why(text!["按 `restartPolicy`，它会在同一个 Pod 里重新启动。不久前刚重启过，所以 kubelet 先等一等。"]);
            words.next(text!["结束后过", pause_of(pause), "重启。"]);
        }
    }
}
