//! The rules of nodes that fail.

rules! {
    CONDITION_TAINTS {
        "node-condition-taints",
        "Conditions of a node become taints",
        "节点状况变成污点",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-nodes-by-condition",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: doNoScheduleTaintingPass"
    }
    HEARTBEATS {
        "node-heartbeats",
        "Heartbeats of nodes",
        "节点心跳",
        "concepts/architecture/nodes/#node-heartbeats",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: tryUpdateNodeHealth"
    }
    NOT_READY_TAINTS {
        "node-not-ready-taints",
        "A node that is not Ready drives pods away",
        "没有就绪的节点会赶走 Pod",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: processTaintBaseEviction"
    }
    EVICTION_RATE {
        "node-eviction-rate",
        "How fast nodes are emptied",
        "清空节点的速度",
        "concepts/architecture/nodes/#rate-limits-on-eviction",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: handleDisruption"
    }
    OUT_OF_SERVICE {
        "node-out-of-service",
        "A node declared out of service",
        "声明停止服务的节点",
        "concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown",
        "pkg/controller/podgc/gc_controller.go: gcTerminating"
    }
}
