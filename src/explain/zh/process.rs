//! What somebody made happen inside containers and machines.

use crate::api::{ObjectRef, ProbeKind};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{NodeResource, ProcessChange};

pub(super) fn probe_name(probe: ProbeKind) -> &'static str {
    match probe {
        ProbeKind::Startup => "启动探针",
        ProbeKind::Liveness => "存活探针",
        ProbeKind::Readiness => "就绪探针",
    }
}

pub(super) fn resource(resource: NodeResource) -> &'static str {
    match resource {
        NodeResource::Memory => "内存",
        NodeResource::Disk => "磁盘空间",
        NodeResource::Pid => "进程 ID",
    }
}

pub(super) fn process_headline(pod: &ObjectRef, change: ProcessChange) -> Text {
    match change {
        ProcessChange::Crash => text!["你让", pod, "崩溃"],
        ProcessChange::Succeeds(probe) => text!["你让", pod, "的", probe_name(probe), "成功"],
        ProcessChange::Fails(probe) => text!["你让", pod, "的", probe_name(probe), "失败"],
        ProcessChange::Hangs(probe) => text!["你让", pod, "不响应", probe_name(probe)],
        ProcessChange::IgnoresSigterm(true) => text!["你让", pod, "忽略 SIGTERM"],
        ProcessChange::IgnoresSigterm(false) => text!["你让", pod, "重新响应 SIGTERM"],
    }
}

pub(super) fn process(words: &mut Words, pod: &ObjectRef, container: Option<&str>, change: ProcessChange) {
    match container {
        Some(container) => words.evidence("容器", text![code(container)]),
        None => words.evidence("容器", text!["Pod 里的所有容器"]),
    };
    words.why(match change {
        ProcessChange::Crash => {
            text!["这里模拟容器内部发生的事：进程以退出码 1 退出。API server 只能从 kubelet 那里得知这件事。"]
        }
        ProcessChange::Succeeds(_) => text!["这里模拟容器内部发生的事：从现在起，它对这个探针的回应都是成功。"],
        ProcessChange::Fails(_) => text!["这里模拟容器内部发生的事：从现在起，它对这个探针的回应都是失败。"],
        ProcessChange::Hangs(_) => text![
            "这里模拟容器内部发生的事：从现在起，它不再回应这个探针。每次探测都要等到 `timeoutSeconds` 用完才算失败。"
        ],
        ProcessChange::IgnoresSigterm(true) => {
            text!["这里模拟一个收到停止信号也不退出的进程：要等宽限期结束、强行杀掉，它才会停。"]
        }
        ProcessChange::IgnoresSigterm(false) => text!["从现在起，进程收到停止信号后很快就会退出。"],
    });
    words.next(match change {
        ProcessChange::Crash => text!["kubelet 是否重启它，由 `restartPolicy` 决定。"],
        ProcessChange::Succeeds(probe) | ProcessChange::Fails(probe) | ProcessChange::Hangs(probe) => match probe {
            ProbeKind::Readiness => text!["连续得到足够多次相同的结果后，", pod, "的就绪状态才会改变。"],
            ProbeKind::Startup | ProbeKind::Liveness => {
                text!["连续失败 `failureThreshold` 次后，kubelet 会杀掉并重启容器。"]
            }
        },
        ProcessChange::IgnoresSigterm(_) => text!["下次要停止这个容器时，就能看到效果。"],
    });
}

pub(super) fn images_headline(pattern: &str, broken: bool) -> Text {
    match broken {
        true => text!["你让匹配", code(pattern), "的镜像无法拉取"],
        false => text!["你让匹配", code(pattern), "的镜像恢复正常"],
    }
}

pub(super) fn images(words: &mut Words, pattern: &str, broken: bool) {
    words.evidence("镜像", text![code(pattern)]);
    words.why(match broken {
        true => text![
            "这里模拟镜像仓库不提供某个镜像。已经在运行的容器不受影响；如果设置了 `imagePullPolicy: IfNotPresent`，\
             节点上已有的镜像也不用再拉取。"
        ],
        false => text!["这里模拟镜像仓库重新提供镜像。"],
    });
    words.next(match broken {
        true => text!["下次拉取这样的镜像会失败，原因是 `ErrImagePull`。"],
        false => text!["正在等待的容器要到下次重试时才能拿到镜像，不是马上。"],
    });
}

pub(super) fn pressure_headline(node: &ObjectRef, of: NodeResource, on: bool) -> Text {
    match on {
        true => text!["你让", node, "的", resource(of), "不足"],
        false => text!["你让", node, "的", resource(of), "恢复充足"],
    }
}

pub(super) fn pressure(words: &mut Words, node: &ObjectRef, of: NodeResource, on: bool) {
    words.evidence("状况", text![code(of.condition())]);
    if on {
        words
            .why(text![
                "这里模拟一台",
                resource(of),
                "不足的机器。kubelet 会把它写进",
                node,
                "的状况，并开始驱逐 Pod，每 10 秒一个，直到压力解除：先驱逐用量超过资源请求的，再驱逐优先级较低的。"
            ])
            .next(match of {
                NodeResource::Memory => text!["没有声明资源请求的新 Pod 会遭到节点拒绝，调度器也会因为污点避开它。"],
                NodeResource::Disk | NodeResource::Pid => text!["新 Pod 会遭到节点拒绝，调度器也会因为污点避开它。"],
            });
    } else {
        words
            .why(text![
                node,
                "的",
                resource(of),
                "又够用了。Kubernetes 会让这个状况再保持 5 分钟，免得来回抖动；这里则立即解除。"
            ])
            .next(text!["不再驱逐 Pod。已经驱逐的不会回来。"]);
    }
}

pub(super) fn condition_headline(pod: &ObjectRef, on: bool) -> Text {
    match on {
        true => text!["你把", pod, "的一个状况设为 `True`"],
        false => text!["你把", pod, "的一个状况设为 `False`"],
    }
}

pub(super) fn condition(words: &mut Words, pod: &ObjectRef, condition: &str) {
    words
        .why(text!["这里模拟集群外部的控制器，比如负载均衡器的控制器：它通过状况来报告", pod, "的情况。"])
        .evidence("状况", text![code(condition)])
        .next(text!["如果 Pod 的 `readinessGates` 里有这个状况，Pod 是否就绪就取决于它。"]);
}
