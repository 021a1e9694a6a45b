//! The rules of Kubernetes that steps rest on, with their documentation and their place in the source.

macro_rules! rules {
    ($($name:ident { $id:literal, $en:literal, $zh:literal, $en_text:literal, $zh_text:literal, $documentation:literal, $upstream:literal })*) => {
        $(
            pub(in crate::explain) static $name: $crate::explain::rules::Rule =
                $crate::explain::rules::Rule {
                    id: $id,
                    title: $crate::explain::rules::Wording { en: $en, zh: $zh },
                    text: $crate::explain::rules::Wording { en: $en_text, zh: $zh_text },
                    documentation: $documentation,
                    upstream: $upstream,
                };
        )*
        pub(in crate::explain) static ALL: &[&$crate::explain::rules::Rule] = &[$(&$name),*];
    };
}

mod autoscaler;
mod deployment;
mod disruption;
mod endpoints;
mod kubelet;
mod node;
mod replica_set;
mod scheduler;
mod select;
mod storage;

pub(super) use select::rule_of;

use super::{Language, Text, text, zh};

/// Something about a rule in every language.
#[derive(Debug, PartialEq, Eq)]
struct Wording {
    en: &'static str,
    zh: &'static str,
}

impl Wording {
    fn of(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Zh => self.zh,
        }
    }
}

/// A rule of Kubernetes.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable identifier, such as `statefulset-ordered-creation`.
    pub id: &'static str,
    title: Wording,
    text: Wording,
    /// Where Kubernetes documents it, below `https://kubernetes.io/docs/`.
    pub documentation: &'static str,
    /// The upstream function, such as `pkg/controller/statefulset/stateful_set_control.go: processReplica`.
    pub upstream: &'static str,
}

impl Rule {
    /// Its name.
    #[must_use]
    pub fn title(&self, language: Language) -> &'static str {
        self.title.of(language)
    }

    /// What it says, in a few sentences.
    #[must_use]
    pub fn text(&self, language: Language) -> Text {
        match language {
            Language::En => text![self.text.en],
            Language::Zh => zh::spaced(text![self.text.zh]),
        }
    }

    /// The address of its documentation.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://kubernetes.io/docs/{}", self.documentation)
    }
}

/// Every rule, by topic.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    [
        ALL,
        scheduler::ALL,
        deployment::ALL,
        replica_set::ALL,
        autoscaler::ALL,
        disruption::ALL,
        endpoints::ALL,
        kubelet::ALL,
        node::ALL,
        storage::ALL,
    ]
    .concat()
}

rules! {
    ORDERED_CREATION {
        "statefulset-ordered-creation",
        "Ordered creation",
        "按顺序创建",
        "With the default `OrderedReady` the controller makes one pod at a time, from the lowest ordinal up. \
         The next one comes only when every pod before it is Running and Ready; if one of these breaks, \
         everything after it waits.",
        "默认的 `OrderedReady` 下，控制器从最小的序号开始，一次只创建一个 Pod。前面的 Pod 全部运行并就绪后才轮到下一个；\
         其中一个坏了，后面的都得等。",
        "concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    ORDERED_SCALE_DOWN {
        "statefulset-ordered-scale-down",
        "Ordered scale-down",
        "按顺序缩容",
        "Scaling down goes from the highest ordinal down, one pod at a time. The next one is deleted only \
         when the one before is gone completely and all lower ones are Ready.",
        "缩容从最大的序号开始，一次只删一个。前一个完全消失，而且序号更小的都就绪，才删下一个。",
        "concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees",
        "pkg/controller/statefulset/stateful_set_control.go: processCondemned"
    }
    PARALLEL {
        "statefulset-parallel",
        "Parallel pod management",
        "并行管理 Pod",
        "With `podManagementPolicy: Parallel` pods are made and deleted without waiting for one another. \
         Names, claims and rolling updates are as before: an update still goes pod by pod.",
        "`podManagementPolicy: Parallel` 下，创建和删除互不等待。名称、PVC 和滚动更新不变：更新仍然一个一个来。",
        "concepts/workloads/controllers/statefulset/#parallel-pod-management",
        "pkg/controller/statefulset/stateful_set_control.go: runForAll"
    }
    STABLE_IDENTITY {
        "statefulset-stable-identity",
        "One pod for each name",
        "每个名称只有一个 Pod",
        "Every pod of a StatefulSet has a name made of the set's name and its ordinal, and keeps it: what \
         replaces `web-1` is again `web-1`. There are never two pods of one name, so a new one has to wait \
         until the old one is gone.",
        "StatefulSet 的每个 Pod 都以集合名加序号命名，并且一直不变：代替 `web-1` 的仍叫 `web-1`。同名的 Pod 不会同时有两个，\
         所以新的要等旧的消失。",
        "concepts/workloads/controllers/statefulset/#pod-identity",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    STABLE_STORAGE {
        "statefulset-stable-storage",
        "Claims outlive pods",
        "PVC 比 Pod 存在得久",
        "For each claim template every ordinal has its own PersistentVolumeClaim, found again by its name. \
         When a pod goes, its claim stays, and the next pod of that ordinal gets the same data.",
        "每个 claim 模板都会给每个序号一个自己的 PVC，按名称找回。Pod 没了，PVC 还在，同一序号的下一个 Pod 拿到同样的数据。",
        "concepts/workloads/controllers/statefulset/#stable-storage",
        "pkg/controller/statefulset/stateful_pod_control.go: createPersistentVolumeClaims"
    }
    CLAIM_RETENTION {
        "statefulset-claim-retention",
        "Claim retention policy",
        "PVC 保留策略",
        "`persistentVolumeClaimRetentionPolicy` says whether claims are kept or deleted, one answer for \
         scaling down and one for deletion of the set. The default for both is `Retain`.",
        "`persistentVolumeClaimRetentionPolicy` 规定 PVC 保留还是删除，缩容和删除集合各有一个答案，默认都是 `Retain`。",
        "concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention",
        "pkg/controller/statefulset/stateful_set_utils.go: updateClaimOwnerRefForSetAndPod"
    }
    MIN_READY_SECONDS {
        "statefulset-min-ready-seconds",
        "Available is longer than Ready",
        "就绪一段时间才算可用",
        "A pod is available when it has been Ready for `minReadySeconds` without a break. Ordered creation \
         and rolling updates wait until a pod is available, not only until it is Ready.",
        "Pod 连续就绪满 `minReadySeconds` 才算可用。有序创建和滚动更新等的是可用，而不只是就绪。",
        "concepts/workloads/controllers/statefulset/#minimum-ready-seconds",
        "pkg/api/v1/pod/util.go: IsPodAvailable"
    }
    ENDED_POD {
        "statefulset-ended-pod",
        "An ended pod is made again",
        "已结束的 Pod 会重新创建",
        "A pod of the set that has failed or succeeded is deleted and made again under the same name. A \
         StatefulSet is meant to run for ever.",
        "集合里失败或结束的 Pod 会被删除，再以同样的名称创建。StatefulSet 本来就是要一直运行的。",
        "concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    ROLLING_UPDATE {
        "statefulset-rolling-update",
        "Rolling update, highest ordinal first",
        "滚动更新，序号大的先来",
        "After a change of the template pods are replaced one at a time from the highest ordinal down. The \
         next one is deleted only when the one before is back and Ready.",
        "模板改变后，从最大的序号开始，一次替换一个 Pod。前一个回来并就绪后，才删下一个。",
        "concepts/workloads/controllers/statefulset/#rolling-updates",
        "pkg/controller/statefulset/stateful_set_control.go: updateStatefulSet"
    }
    PARTITION {
        "statefulset-partition",
        "Partitioned update",
        "分区更新",
        "With a `partition` only pods with this ordinal or a higher one are updated. Those below keep the old \
         revision, even if they are deleted and made again. This is how one tries a change on a few pods.",
        "设置 `partition` 后，只更新序号不小于它的 Pod。更小的保持旧版本，即使删除后重建也一样。这样可以先在少数 Pod 上试一次修改。",
        "concepts/workloads/controllers/statefulset/#partitions",
        "pkg/controller/statefulset/stateful_set_utils.go: newVersionedStatefulSetPod"
    }
    ON_DELETE {
        "statefulset-on-delete",
        "Update on deletion",
        "删除后才更新",
        "With `OnDelete` the controller replaces no pod by itself. A pod gets the new template when somebody \
         deletes it.",
        "`OnDelete` 下，控制器不会自己替换 Pod。有人删除某个 Pod 时，它才用上新模板。",
        "concepts/workloads/controllers/statefulset/#update-strategies",
        "pkg/controller/statefulset/stateful_set_control.go: updateStatefulSet"
    }
    STUCK_ROLLOUT {
        "statefulset-stuck-rollout",
        "Forced rollback of a stuck rollout",
        "卡住的滚动更新要强制回滚",
        "If a new template never becomes Ready, an ordered set waits for that pod for ever, even when the \
         template is put back. The broken pod has to be deleted by hand; then it comes back from the good \
         template.",
        "如果新模板永远不就绪，有序的集合会一直等那个 Pod，即使模板已经改回也一样。要手动删除坏掉的 Pod，\
         它才会用好的模板重建。",
        "concepts/workloads/controllers/statefulset/#forced-rollback",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    SET_DELETION {
        "statefulset-deletion",
        "A deleted set does not stop in order",
        "删除 StatefulSet 时不按顺序停止",
        "Deleting a StatefulSet gives no promise of order: its pods are collected at the same time. To stop \
         them one by one, scale to 0 first. Claims stay.",
        "删除 StatefulSet 时不保证顺序：它的 Pod 会同时被回收。想一个一个停，就先缩到 0。PVC 会留下。",
        "concepts/workloads/controllers/statefulset/#limitations",
        "pkg/controller/statefulset/stateful_set_control.go: updateStatefulSet"
    }
    REVISIONS {
        "controller-revisions",
        "Revisions of the template",
        "模板的修订版本",
        "StatefulSets and DaemonSets keep each template that they had as a ControllerRevision. Pods carry its \
         hash as a label, so that one sees which template a pod is made of, and can go back.",
        "StatefulSet 和 DaemonSet 把用过的每个模板保存为 ControllerRevision。Pod 的标签上有它的哈希，因此看得出 Pod 来自哪个模板，\
         也能回退。",
        "tasks/manage-daemon/rollback-daemon-set/#understanding-daemonset-revisions",
        "pkg/controller/history/controller_history.go: CreateControllerRevision"
    }
    OWNERSHIP {
        "adoption-and-release",
        "Adopting and releasing pods",
        "收养和释放 Pod",
        "A controller adopts pods that match its selector and have no owner, and releases its own when their \
         labels match no longer. Ownership is one reference in the pod's metadata.",
        "控制器会收养与选择器匹配、没有属主的 Pod；自己的 Pod 标签不再匹配时则释放。属主关系就是 Pod 元数据里的一条引用。",
        "concepts/overview/working-with-objects/owners-dependents/",
        "pkg/controller/controller_ref_manager.go: ClaimObject"
    }
    DESIRED_STATE {
        "desired-state",
        "Desired and current state",
        "期望状态与实际状态",
        "A controller compares what is wanted with what is there, and does the next thing that brings both \
         closer. It does not remember a plan: after every change it looks again.",
        "控制器比较期望的状态和实际的状态，做下一件让两者更接近的事。它不记计划：每次变化之后都重新看一遍。",
        "concepts/architecture/controller/#desired-vs-current",
        "pkg/controller/controller_utils.go"
    }
    STATUS {
        "status-records-what-is",
        "The status records what is",
        "status 记录实际情况",
        "`spec` is what somebody wants, `status` is what a controller saw when it looked last. Writing the \
         status changes nothing by itself, but others act on it.",
        "`spec` 是有人想要的，`status` 是控制器上次看到的。写 status 本身不改变什么，但别人会据此行动。",
        "concepts/overview/working-with-objects/#object-spec-and-status",
        "pkg/controller/statefulset/stateful_set_status_updater.go: UpdateStatefulSetStatus"
    }
    DAEMON_PER_NODE {
        "daemonset-pod-per-node",
        "One pod on each eligible node",
        "每个符合条件的节点一个 Pod",
        "A DaemonSet keeps one pod on every eligible node. When a node joins, it gets one; when a node goes, \
         its pod goes with it. There is no number of replicas.",
        "DaemonSet 在每个符合条件的节点上保持一个 Pod。节点加入就加一个，节点离开，它的 Pod 也随之离开。\
         这里没有副本数。",
        "concepts/workloads/controllers/daemonset/#how-daemon-pods-are-scheduled",
        "pkg/controller/daemon/daemon_controller.go: manage"
    }
    DAEMON_ELIGIBILITY {
        "daemonset-eligible-nodes",
        "Which nodes are eligible",
        "哪些节点符合条件",
        "A node is eligible if it matches the node selector and affinity of the template and has no taint \
         that the pod does not tolerate. Free resources do not count here: a pod that does not fit stays \
         Pending.",
        "节点满足模板的 nodeSelector 和亲和性，而且没有 Pod 容忍不了的污点，就符合条件。剩余资源不在此列：\
         放不下的 Pod 会一直 Pending。",
        "concepts/workloads/controllers/daemonset/#running-pods-on-select-nodes",
        "pkg/controller/daemon/daemon_controller.go: NodeShouldRunDaemonPod"
    }
    DAEMON_TAINTS {
        "daemonset-taints",
        "Taints and automatic tolerations",
        "污点和自动容忍度",
        "Daemon pods get some tolerations by themselves: not-ready, unreachable, the pressure taints and \
         unschedulable. Others, such as that of the control plane, have to be written into the template.",
        "DaemonSet 的 Pod 会自动得到一些容忍度：not-ready、unreachable、各种压力污点和 unschedulable。\
         其他的，例如控制平面的，要自己写进模板。",
        "concepts/workloads/controllers/daemonset/#taints-and-tolerations",
        "pkg/controller/daemon/util/daemonset_util.go: AddOrUpdateDaemonPodTolerations"
    }
    DAEMON_ENDED_POD {
        "daemonset-ended-pod",
        "An ended daemon pod is replaced",
        "已结束的守护 Pod 会补上",
        "A daemon pod that has failed is deleted and made again. Repeated failures on one node are slowed \
         down: 1 s, then 2 s, up to 15 minutes.",
        "失败的 DaemonSet Pod 会被删除并重建。同一节点上反复失败时会越来越慢：先 1 秒，再 2 秒，最多 15 分钟。",
        "concepts/workloads/controllers/daemonset/",
        "pkg/controller/daemon/daemon_controller.go: podsShouldBeOnNode"
    }
    DAEMON_ROLLING_UPDATE {
        "daemonset-rolling-update",
        "Rolling update within a budget",
        "额度之内的滚动更新",
        "Old pods are replaced node by node. At most `maxUnavailable` nodes, by default 1, are without an \
         available pod; with `maxSurge` the new pod starts beside the old one first.",
        "旧 Pod 按节点逐个替换。最多 `maxUnavailable` 个节点（默认 1）没有可用的 Pod；用 `maxSurge` 时，\
         新 Pod 先在旧 Pod 旁边启动。",
        "tasks/manage-daemon/update-daemon-set/#daemonset-update-strategy",
        "pkg/controller/daemon/update.go: rollingUpdate"
    }
    DAEMON_ON_DELETE {
        "daemonset-on-delete",
        "Update on deletion",
        "删除后才更新",
        "With `OnDelete` the controller replaces no pod by itself. A node gets the new template when somebody \
         deletes its old pod.",
        "`OnDelete` 下，控制器不会自己替换 Pod。有人删除某个节点上的旧 Pod 时，那里才用上新模板。",
        "tasks/manage-daemon/update-daemon-set/#daemonset-update-strategy",
        "pkg/controller/daemon/daemon_controller.go: syncDaemonSet"
    }
    FILTER_AND_SCORE {
        "scheduler-filter-and-score",
        "Filtering and scoring nodes",
        "过滤节点并打分",
        "For each pod the scheduler first drops the nodes that cannot take it, then gives the rest points, \
         and takes the one with the most. Among equals Kubernetes picks at random. Pods are looked at one at \
         a time.",
        "对每个 Pod，调度器先去掉不能接收它的节点，再给剩下的打分，取得分最高的；分数相同时，Kubernetes 随机选一个。\
         一次只看一个 Pod。",
        "concepts/scheduling-eviction/kube-scheduler/#kube-scheduler-implementation",
        "pkg/scheduler/schedule_one.go: schedulePod"
    }
    SCHEDULER_TAINTS {
        "scheduler-taints",
        "Taints keep pods away",
        "污点挡住 Pod",
        "A taint keeps pods off a node unless they tolerate it. `NoSchedule` only keeps new ones away, \
         `NoExecute` also drives running ones out, `PreferNoSchedule` merely costs points.",
        "污点让不容忍它的 Pod 远离节点。`NoSchedule` 只挡新的，`NoExecute` 还会赶走运行中的，`PreferNoSchedule` 只是减分。",
        "concepts/scheduling-eviction/taint-and-toleration/",
        "pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go: Filter"
    }
    SCHEDULER_NODE_SELECTOR {
        "scheduler-node-selector",
        "Node selector and node affinity",
        "节点选择器和节点亲和性",
        "A pod with a node selector or required node affinity goes only to nodes whose labels match. Labels \
         that change later do not move a pod that runs already.",
        "带 nodeSelector 或必需的节点亲和性的 Pod，只去标签匹配的节点。标签以后再变，也不会移走已经在运行的 Pod。",
        "concepts/scheduling-eviction/assign-pod-node/#nodeselector",
        "pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go: Filter"
    }
    SCHEDULER_RESOURCES {
        "scheduler-resources",
        "Requests must fit",
        "资源请求要放得下",
        "The requests of all pods on a node may not exceed what the node has to give. What pods really use \
         does not count for the scheduler, nor do limits.",
        "节点上所有 Pod 的 request 之和不能超过节点可分配的量。实际用量和 limit 对调度器都不算数。",
        "concepts/configuration/manage-resources-containers/#how-pods-with-resource-requests-are-scheduled",
        "pkg/scheduler/framework/plugins/noderesources/fit.go: Filter"
    }
    SCHEDULER_VOLUMES {
        "scheduler-volumes",
        "A pod goes where its volumes are",
        "Pod 跟着卷走",
        "A pod can run only where its volumes can be reached. A local volume ties its pod to one node, a \
         zonal disk to one zone.",
        "Pod 只能在够得着它的卷的地方运行。本地卷把 Pod 绑在一个节点上，区域磁盘把它绑在一个可用区里。",
        "concepts/storage/persistent-volumes/#node-affinity",
        "pkg/scheduler/framework/plugins/volumebinding/volume_binding.go: Filter"
    }
    BINDING_MODE {
        "volume-binding-mode",
        "Immediate or at the first consumer",
        "立即绑定，或等第一个使用者",
        "With `Immediate` a claim gets its volume at once, wherever that is. With `WaitForFirstConsumer` the \
         volume is chosen or made only when a pod needs it, where the scheduler has placed that pod.",
        "`Immediate` 下，PVC 立刻得到卷，不管卷在哪里。`WaitForFirstConsumer` 下，要等有 Pod 用到它，才在调度器选定的位置挑选或创建卷。",
        "concepts/storage/storage-classes/#volume-binding-mode",
        "pkg/scheduler/framework/plugins/volumebinding/binder.go: BindPodVolumes"
    }
    POD_START {
        "pod-start",
        "A bound pod is started on its node",
        "绑定后的 Pod 在节点上启动",
        "Once a pod has a node, the kubelet of that node does the rest: it waits for volumes, pulls images \
         and starts the containers. The pod never moves to another node.",
        "Pod 有了节点之后，其余的由该节点的 kubelet 做：等卷、拉镜像、启动容器。Pod 不会再换节点。",
        "concepts/workloads/pods/pod-lifecycle/#pod-lifetime",
        "pkg/kubelet/kubelet.go: SyncPod"
    }
    POD_PHASE {
        "pod-phase",
        "Pod phases",
        "Pod 的阶段",
        "The phase sums up a pod: Pending until its containers run, Running while at least one does, \
         Succeeded or Failed when all have ended for good.",
        "phase 概括 Pod 的状况：容器运行之前是 Pending，至少一个在运行时是 Running，全部彻底结束后是 Succeeded 或 Failed。",
        "concepts/workloads/pods/pod-lifecycle/#pod-phase",
        "pkg/kubelet/kubelet_pods.go: getPhase"
    }
    READINESS {
        "pod-readiness",
        "Ready by probe",
        "由探针判断就绪",
        "A pod is Ready when all its containers are. A container without a readiness probe is ready as soon \
         as it runs; one with a probe, after `successThreshold` good answers.",
        "所有容器都就绪，Pod 才就绪。没有就绪探针的容器一运行就算就绪；有探针的，要得到 `successThreshold` 次正常应答。",
        "concepts/workloads/pods/pod-lifecycle/#types-of-probe",
        "pkg/kubelet/prober/worker.go: doProbe"
    }
    IMAGE_PULL {
        "image-pull-back-off",
        "Image pull back-off",
        "镜像拉取的退避",
        "An image that cannot be pulled is tried again, each time after a longer pause: 10 s, then twice as \
         long, up to 5 minutes. Meanwhile the pod stays Pending and keeps its place on the node.",
        "镜像拉不下来会重试，每次间隔更长：10 秒起，逐次翻倍，最多 5 分钟。这期间 Pod 保持 Pending，并占着节点上的位置。",
        "concepts/containers/images/#imagepullbackoff",
        "pkg/kubelet/images/image_manager.go: EnsureImageExists"
    }
    CRASH_LOOP {
        "crash-loop-back-off",
        "Restarts with back-off",
        "带退避的重启",
        "A container that ends is started again: the first time at once, then after 10 s, and each time after \
         twice as long, up to 5 minutes. After more than 10 minutes of running the pauses begin anew.",
        "容器退出后会再次启动：第一次立刻启动，之后等 10 秒，再逐次翻倍，最多 5 分钟。连续运行超过 10 分钟后，\
         间隔从头算起。",
        "concepts/workloads/pods/pod-lifecycle/#restart-policy",
        "pkg/kubelet/kuberuntime/kuberuntime_manager.go: doBackOff"
    }
    TERMINATION {
        "pod-termination",
        "Graceful termination",
        "体面终止",
        "A deleted pod is told to stop and has its grace period, by default 30 seconds, to do so; then it is \
         killed. It is removed from the API only when the kubelet says that its containers are gone.",
        "被删除的 Pod 会收到停止的通知，并有一段宽限期，默认 30 秒，到时间就强行结束。kubelet 确认容器都没了，\
         才从 API 里去掉它。",
        "concepts/workloads/pods/pod-lifecycle/#pod-termination",
        "pkg/kubelet/pod_workers.go: SyncTerminatingPod"
    }
    PROVISIONING {
        "volume-provisioning",
        "Dynamic provisioning",
        "动态制备",
        "A claim that names a storage class gets a volume made to measure by the provisioner of that class. \
         No volume has to be there before.",
        "写了 StorageClass 的 PVC，由该类的 provisioner 现做一个合适的卷，不需要事先准备。",
        "concepts/storage/persistent-volumes/#dynamic",
        "pkg/controller/volume/persistentvolume/pv_controller.go: provisionClaim"
    }
    BINDING {
        "volume-binding",
        "Binding claims to volumes",
        "PVC 与卷的绑定",
        "A claim and a volume belong to each other alone: the controller takes the smallest volume that is \
         large enough and has the class and access modes asked for, and binds both for good.",
        "PVC 与卷一一对应：控制器挑选足够大的卷里最小的一个，存储类和访问模式也要相符，然后把两者长久绑定。",
        "concepts/storage/persistent-volumes/#binding",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncUnboundClaim"
    }
    IN_USE_PROTECTION {
        "claim-in-use-protection",
        "A claim in use is not removed",
        "使用中的 PVC 不会移除",
        "A claim that a pod uses can be deleted, but it is only marked. It goes when no pod uses it any more.",
        "正被 Pod 使用的 PVC 可以删除，但只是打上标记，等没有 Pod 用它时才真正消失。",
        "concepts/storage/persistent-volumes/#storage-object-in-use-protection",
        "pkg/controller/volume/pvcprotection/pvc_protection_controller.go: processPVC"
    }
    RECLAIMING {
        "volume-reclaiming",
        "What becomes of a volume without its claim",
        "没有了 PVC 的卷怎么处理",
        "When the claim is gone, the reclaim policy decides: `Delete` removes the volume and its data, \
         `Retain` keeps both until somebody cleans up.",
        "PVC 没了之后，由回收策略决定：`Delete` 删掉卷和数据，`Retain` 都留着，等人来清理。",
        "concepts/storage/persistent-volumes/#reclaiming",
        "pkg/controller/volume/persistentvolume/pv_controller.go: reclaimVolume"
    }
    VOLUME_PHASE {
        "volume-phase",
        "Phases of a volume",
        "卷的阶段",
        "A volume is Available until it is bound, Bound while it has a claim, Released when the claim is \
         gone. A released volume is not given to another claim by itself.",
        "卷在绑定之前是 Available，有 PVC 时是 Bound，PVC 没了是 Released。Released 的卷不会自动给别的 PVC。",
        "concepts/storage/persistent-volumes/#phase",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncVolume"
    }
    BACKGROUND {
        "garbage-background",
        "Background deletion",
        "后台删除",
        "By default an owner goes at once, and the garbage collector deletes what it owned after that. \
         Objects with another owner left stay.",
        "默认情况下属主立刻消失，随后垃圾收集器删除它拥有的对象。还有其他属主的对象会留下。",
        "concepts/architecture/garbage-collection/#background-deletion",
        "pkg/controller/garbagecollector/garbagecollector.go: attemptToDeleteItem"
    }
    FOREGROUND {
        "garbage-foreground",
        "Foreground deletion",
        "前台删除",
        "With foreground deletion the owner stays, marked, until everything that blocks its deletion is gone; \
         it goes last.",
        "前台删除时，属主带着标记留到最后，等阻止它删除的对象都没了才消失。",
        "concepts/architecture/garbage-collection/#foreground-deletion",
        "pkg/controller/garbagecollector/garbagecollector.go: processDeletingDependentsItem"
    }
    ORPHANS {
        "garbage-orphans",
        "Orphaned dependents",
        "孤儿对象",
        "With `--cascade=orphan` what the owner made stays and loses its owner. Pods go on running, and \
         another controller with a matching selector may adopt them.",
        "用 `--cascade=orphan` 时，属主创建的对象留下，只是没了属主。Pod 继续运行，选择器匹配的其他控制器可以收养它们。",
        "concepts/architecture/garbage-collection/#orphaned-dependents",
        "pkg/controller/garbagecollector/garbagecollector.go: orphanDependents"
    }
    POD_GARBAGE {
        "pod-garbage-collection",
        "Garbage collection of pods",
        "Pod 的垃圾收集",
        "Pods whose node no longer exists, and pods that wait for their end on a node that is out of service, \
         are removed from the API by the control plane, as no kubelet will do it.",
        "节点已不存在的 Pod，以及在停止服务的节点上等待结束的 Pod，由控制平面从 API 中去掉，因为没有 kubelet 会来做这件事。",
        "concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection",
        "pkg/controller/podgc/gc_controller.go: gcOrphaned"
    }
    CORDON {
        "node-cordon",
        "Cordoned nodes",
        "不可调度的节点",
        "A cordoned node takes no new pods; those that run stay. Pods of DaemonSets tolerate it and come all \
         the same.",
        "被封锁的节点不再接收新 Pod，运行中的留着。DaemonSet 的 Pod 容忍这一点，照样会来。",
        "concepts/architecture/nodes/#manual-node-administration",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: doNoScheduleTaintingPass"
    }
    TAINT_EVICTION {
        "taint-eviction",
        "Eviction by NoExecute taints",
        "NoExecute 污点引起的驱逐",
        "A `NoExecute` taint drives out pods that do not tolerate it, at once. A toleration with \
         `tolerationSeconds` lets a pod stay for so long. No budget is asked.",
        "`NoExecute` 污点会立刻赶走不容忍它的 Pod。容忍度里的 `tolerationSeconds` 让 Pod 再留这么久。这里不问 PDB。",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions",
        "pkg/controller/tainteviction/taint_eviction.go: processPodOnNode"
    }
}
