//! The rules of Kubernetes that steps rest on, with their documentation and their place in the source.

macro_rules! rules {
    ($($name:ident { $id:literal, $en:literal, $zh:literal, $documentation:literal, $upstream:literal })*) => {
        $(
            pub(in crate::explain) static $name: $crate::explain::rules::Rule =
                $crate::explain::rules::Rule {
                    id: $id,
                    title: $crate::explain::rules::Title { en: $en, zh: $zh },
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

use super::Language;

/// The name of a rule in every language.
#[derive(Debug, PartialEq, Eq)]
struct Title {
    en: &'static str,
    zh: &'static str,
}

/// A rule of Kubernetes.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable identifier, such as `statefulset-ordered-creation`.
    pub id: &'static str,
    title: Title,
    /// Where Kubernetes documents it, below `https://kubernetes.io/docs/`.
    pub documentation: &'static str,
    /// The upstream function, such as `pkg/controller/statefulset/stateful_set_control.go: processReplica`.
    pub upstream: &'static str,
}

impl Rule {
    /// Its name.
    #[must_use]
    pub fn title(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.title.en,
            Language::Zh => self.title.zh,
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
        "concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    ORDERED_SCALE_DOWN {
        "statefulset-ordered-scale-down",
        "Ordered scale-down",
        "按顺序缩容",
        "concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees",
        "pkg/controller/statefulset/stateful_set_control.go: processCondemned"
    }
    PARALLEL {
        "statefulset-parallel",
        "Parallel pod management",
        "并行管理 Pod",
        "concepts/workloads/controllers/statefulset/#parallel-pod-management",
        "pkg/controller/statefulset/stateful_set_control.go: runForAll"
    }
    STABLE_IDENTITY {
        "statefulset-stable-identity",
        "One pod for each name",
        "每个名称只有一个 Pod",
        "concepts/workloads/controllers/statefulset/#pod-identity",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    STABLE_STORAGE {
        "statefulset-stable-storage",
        "Claims outlive pods",
        "PVC 比 Pod 存在得久",
        "concepts/workloads/controllers/statefulset/#stable-storage",
        "pkg/controller/statefulset/stateful_pod_control.go: createPersistentVolumeClaims"
    }
    CLAIM_RETENTION {
        "statefulset-claim-retention",
        "Claim retention policy",
        "PVC 保留策略",
        "concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention",
        "pkg/controller/statefulset/stateful_set_utils.go: updateClaimOwnerRefForSetAndPod"
    }
    MIN_READY_SECONDS {
        "statefulset-min-ready-seconds",
        "Available is longer than Ready",
        "就绪一段时间才算可用",
        "concepts/workloads/controllers/statefulset/#minimum-ready-seconds",
        "pkg/api/v1/pod/util.go: IsPodAvailable"
    }
    ENDED_POD {
        "statefulset-ended-pod",
        "An ended pod is made again",
        "已结束的 Pod 会重新创建",
        "concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    ROLLING_UPDATE {
        "statefulset-rolling-update",
        "Rolling update, highest ordinal first",
        "滚动更新，序号大的先来",
        "concepts/workloads/controllers/statefulset/#rolling-updates",
        "pkg/controller/statefulset/stateful_set_control.go: updateStatefulSet"
    }
    PARTITION {
        "statefulset-partition",
        "Partitioned update",
        "分区更新",
        "concepts/workloads/controllers/statefulset/#partitions",
        "pkg/controller/statefulset/stateful_set_utils.go: newVersionedStatefulSetPod"
    }
    ON_DELETE {
        "statefulset-on-delete",
        "Update on deletion",
        "删除后才更新",
        "concepts/workloads/controllers/statefulset/#update-strategies",
        "pkg/controller/statefulset/stateful_set_control.go: updateStatefulSet"
    }
    STUCK_ROLLOUT {
        "statefulset-stuck-rollout",
        "Forced rollback of a stuck rollout",
        "卡住的滚动更新要强制回滚",
        "concepts/workloads/controllers/statefulset/#forced-rollback",
        "pkg/controller/statefulset/stateful_set_control.go: processReplica"
    }
    SET_DELETION {
        "statefulset-deletion",
        "A deleted set does not stop in order",
        "删除 StatefulSet 时不按顺序停止",
        "concepts/workloads/controllers/statefulset/#limitations",
        "pkg/controller/statefulset/stateful_set_control.go: updateStatefulSet"
    }
    REVISIONS {
        "controller-revisions",
        "Revisions of the template",
        "模板的修订版本",
        "tasks/manage-daemon/rollback-daemon-set/#understanding-daemonset-revisions",
        "pkg/controller/history/controller_history.go: CreateControllerRevision"
    }
    OWNERSHIP {
        "adoption-and-release",
        "Adopting and releasing pods",
        "收养和释放 Pod",
        "concepts/overview/working-with-objects/owners-dependents/",
        "pkg/controller/controller_ref_manager.go: ClaimObject"
    }
    DESIRED_STATE {
        "desired-state",
        "Desired and current state",
        "期望状态与实际状态",
        "concepts/architecture/controller/#desired-vs-current",
        "pkg/controller/controller_utils.go"
    }
    STATUS {
        "status-records-what-is",
        "The status records what is",
        "status 记录实际情况",
        "concepts/overview/working-with-objects/#object-spec-and-status",
        "pkg/controller/statefulset/stateful_set_status_updater.go: UpdateStatefulSetStatus"
    }
    DAEMON_PER_NODE {
        "daemonset-pod-per-node",
        "One pod on each eligible node",
        "每个符合条件的节点一个 Pod",
        "concepts/workloads/controllers/daemonset/#how-daemon-pods-are-scheduled",
        "pkg/controller/daemon/daemon_controller.go: manage"
    }
    DAEMON_ELIGIBILITY {
        "daemonset-eligible-nodes",
        "Which nodes are eligible",
        "哪些节点符合条件",
        "concepts/workloads/controllers/daemonset/#running-pods-on-select-nodes",
        "pkg/controller/daemon/daemon_controller.go: NodeShouldRunDaemonPod"
    }
    DAEMON_TAINTS {
        "daemonset-taints",
        "Taints and automatic tolerations",
        "污点和自动容忍度",
        "concepts/workloads/controllers/daemonset/#taints-and-tolerations",
        "pkg/controller/daemon/util/daemonset_util.go: AddOrUpdateDaemonPodTolerations"
    }
    DAEMON_ENDED_POD {
        "daemonset-ended-pod",
        "An ended daemon pod is replaced",
        "已结束的守护 Pod 会补上",
        "concepts/workloads/controllers/daemonset/",
        "pkg/controller/daemon/daemon_controller.go: podsShouldBeOnNode"
    }
    DAEMON_ROLLING_UPDATE {
        "daemonset-rolling-update",
        "Rolling update within a budget",
        "额度之内的滚动更新",
        "tasks/manage-daemon/update-daemon-set/#daemonset-update-strategy",
        "pkg/controller/daemon/update.go: rollingUpdate"
    }
    DAEMON_ON_DELETE {
        "daemonset-on-delete",
        "Update on deletion",
        "删除后才更新",
        "tasks/manage-daemon/update-daemon-set/#daemonset-update-strategy",
        "pkg/controller/daemon/daemon_controller.go: syncDaemonSet"
    }
    FILTER_AND_SCORE {
        "scheduler-filter-and-score",
        "Filtering and scoring nodes",
        "过滤节点并打分",
        "concepts/scheduling-eviction/kube-scheduler/#kube-scheduler-implementation",
        "pkg/scheduler/schedule_one.go: schedulePod"
    }
    SCHEDULER_TAINTS {
        "scheduler-taints",
        "Taints keep pods away",
        "污点挡住 Pod",
        "concepts/scheduling-eviction/taint-and-toleration/",
        "pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go: Filter"
    }
    SCHEDULER_NODE_SELECTOR {
        "scheduler-node-selector",
        "Node selector and node affinity",
        "节点选择器和节点亲和性",
        "concepts/scheduling-eviction/assign-pod-node/#nodeselector",
        "pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go: Filter"
    }
    SCHEDULER_RESOURCES {
        "scheduler-resources",
        "Requests must fit",
        "资源请求要放得下",
        "concepts/configuration/manage-resources-containers/#how-pods-with-resource-requests-are-scheduled",
        "pkg/scheduler/framework/plugins/noderesources/fit.go: Filter"
    }
    SCHEDULER_VOLUMES {
        "scheduler-volumes",
        "A pod goes where its volumes are",
        "Pod 跟着卷走",
        "concepts/storage/persistent-volumes/#node-affinity",
        "pkg/scheduler/framework/plugins/volumebinding/volume_binding.go: Filter"
    }
    BINDING_MODE {
        "volume-binding-mode",
        "Immediate or at the first consumer",
        "立即绑定，或等第一个使用者",
        "concepts/storage/storage-classes/#volume-binding-mode",
        "pkg/scheduler/framework/plugins/volumebinding/binder.go: BindPodVolumes"
    }
    POD_START {
        "pod-start",
        "A bound pod is started on its node",
        "绑定后的 Pod 在节点上启动",
        "concepts/workloads/pods/pod-lifecycle/#pod-lifetime",
        "pkg/kubelet/kubelet.go: SyncPod"
    }
    POD_PHASE {
        "pod-phase",
        "Pod phases",
        "Pod 的阶段",
        "concepts/workloads/pods/pod-lifecycle/#pod-phase",
        "pkg/kubelet/kubelet_pods.go: getPhase"
    }
    READINESS {
        "pod-readiness",
        "Ready by probe",
        "由探针判断就绪",
        "concepts/workloads/pods/pod-lifecycle/#types-of-probe",
        "pkg/kubelet/prober/worker.go: doProbe"
    }
    IMAGE_PULL {
        "image-pull-back-off",
        "Image pull back-off",
        "镜像拉取的退避",
        "concepts/containers/images/#imagepullbackoff",
        "pkg/kubelet/images/image_manager.go: EnsureImageExists"
    }
    CRASH_LOOP {
        "crash-loop-back-off",
        "Restarts with back-off",
        "带退避的重启",
        "concepts/workloads/pods/pod-lifecycle/#restart-policy",
        "pkg/kubelet/kuberuntime/kuberuntime_manager.go: doBackOff"
    }
    TERMINATION {
        "pod-termination",
        "Graceful termination",
        "体面终止",
        "concepts/workloads/pods/pod-lifecycle/#pod-termination",
        "pkg/kubelet/pod_workers.go: SyncTerminatingPod"
    }
    PROVISIONING {
        "volume-provisioning",
        "Dynamic provisioning",
        "动态制备",
        "concepts/storage/persistent-volumes/#dynamic",
        "pkg/controller/volume/persistentvolume/pv_controller.go: provisionClaim"
    }
    BINDING {
        "volume-binding",
        "Binding claims to volumes",
        "PVC 与卷的绑定",
        "concepts/storage/persistent-volumes/#binding",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncUnboundClaim"
    }
    IN_USE_PROTECTION {
        "claim-in-use-protection",
        "A claim in use is not removed",
        "使用中的 PVC 不会移除",
        "concepts/storage/persistent-volumes/#storage-object-in-use-protection",
        "pkg/controller/volume/pvcprotection/pvc_protection_controller.go: processPVC"
    }
    RECLAIMING {
        "volume-reclaiming",
        "What becomes of a volume without its claim",
        "没有了 PVC 的卷怎么处理",
        "concepts/storage/persistent-volumes/#reclaiming",
        "pkg/controller/volume/persistentvolume/pv_controller.go: reclaimVolume"
    }
    VOLUME_PHASE {
        "volume-phase",
        "Phases of a volume",
        "卷的阶段",
        "concepts/storage/persistent-volumes/#phase",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncVolume"
    }
    BACKGROUND {
        "garbage-background",
        "Background deletion",
        "后台删除",
        "concepts/architecture/garbage-collection/#background-deletion",
        "pkg/controller/garbagecollector/garbagecollector.go: attemptToDeleteItem"
    }
    FOREGROUND {
        "garbage-foreground",
        "Foreground deletion",
        "前台删除",
        "concepts/architecture/garbage-collection/#foreground-deletion",
        "pkg/controller/garbagecollector/garbagecollector.go: processDeletingDependentsItem"
    }
    ORPHANS {
        "garbage-orphans",
        "Orphaned dependents",
        "孤儿对象",
        "concepts/architecture/garbage-collection/#orphaned-dependents",
        "pkg/controller/garbagecollector/garbagecollector.go: orphanDependents"
    }
    POD_GARBAGE {
        "pod-garbage-collection",
        "Garbage collection of pods",
        "Pod 的垃圾收集",
        "concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection",
        "pkg/controller/podgc/gc_controller.go: gcOrphaned"
    }
    CORDON {
        "node-cordon",
        "Cordoned nodes",
        "不可调度的节点",
        "concepts/architecture/nodes/#manual-node-administration",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: doNoScheduleTaintingPass"
    }
    TAINT_EVICTION {
        "taint-eviction",
        "Eviction by NoExecute taints",
        "NoExecute 污点引起的驱逐",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions",
        "pkg/controller/tainteviction/taint_eviction.go: processPodOnNode"
    }
}
