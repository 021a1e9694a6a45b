//! The rules of nodes that fail.

rules! {
    CONDITION_TAINTS {
        "node-condition-taints",
        "Conditions of a node become taints",
        "节点状况变成污点",
        "What a node reports about itself, such as memory pressure or that it is not ready, is turned into \
         taints, so that the scheduler and DaemonSets need to know only taints.",
        "节点报告的状况，例如内存压力或未就绪，会变成污点，调度器和 DaemonSet 因此只需要认识污点。",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-nodes-by-condition",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: doNoScheduleTaintingPass"
    }
    HEARTBEATS {
        "node-heartbeats",
        "Heartbeats of nodes",
        "节点心跳",
        "The kubelet renews a Lease every 10 seconds. If nothing is heard for 50 seconds, the control plane \
         sets the node's condition Ready to Unknown. The node itself may be fine: only the news is missing.",
        "kubelet 每 10 秒续一次 Lease。50 秒没有消息，控制平面就把节点的 Ready 条件置为 Unknown。节点本身可能没事，\
         只是没有消息。",
        "concepts/architecture/nodes/#node-heartbeats",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: tryUpdateNodeHealth"
    }
    NOT_READY_TAINTS {
        "node-not-ready-taints",
        "A node that is not Ready drives pods away",
        "没有就绪的节点会赶走 Pod",
        "A node that is not Ready or not reachable is tainted with `NoExecute`. Pods tolerate that for 300 \
         seconds unless they say otherwise; then they are deleted and may be made elsewhere.",
        "未就绪或联系不上的节点会加上 `NoExecute` 污点。除非另有说明，Pod 容忍 300 秒，之后被删除，可以在别处重建。",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: processTaintBaseEviction"
    }
    EVICTION_RATE {
        "node-eviction-rate",
        "How fast nodes are emptied",
        "清空节点的速度",
        "The control plane taints failing nodes slowly, one in 10 seconds, and slower or not at all when much \
         of a zone is failing: then it is more likely that the network is at fault.",
        "控制平面给出问题的节点加污点时放得很慢，10 秒一个；一个可用区里大部分都出问题时更慢，甚至停下，\
         因为那更可能是网络的毛病。",
        "concepts/architecture/nodes/#rate-limits-on-eviction",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: handleDisruption"
    }
    OUT_OF_SERVICE {
        "node-out-of-service",
        "A node declared out of service",
        "声明停止服务的节点",
        "A pod on a node that does not answer stays Terminating: nobody can say whether it still runs. The \
         taint `node.kubernetes.io/out-of-service` is the promise that it does not, and its pods are removed \
         at once.",
        "没有应答的节点上，Pod 会停在 Terminating：没人能说它是否还在运行。加上 `node.kubernetes.io/out-of-service` 污点等于保证它没有在运行，\
         上面的 Pod 随即去掉。",
        "concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown",
        "pkg/controller/podgc/gc_controller.go: gcTerminating"
    }
}
