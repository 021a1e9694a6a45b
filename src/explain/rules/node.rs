//! The rules of nodes that fail.

rules! {
    CONDITION_TAINTS {
        "node-condition-taints",
        "Conditions of a node become taints",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-nodes-by-condition",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: doNoScheduleTaintingPass"
    }
    HEARTBEATS {
        "node-heartbeats",
        "Heartbeats of nodes",
        "concepts/architecture/nodes/#node-heartbeats",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: tryUpdateNodeHealth"
    }
    NOT_READY_TAINTS {
        "node-not-ready-taints",
        "A node that is not Ready drives pods away",
        "concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: processTaintBaseEviction"
    }
    EVICTION_RATE {
        "node-eviction-rate",
        "How fast nodes are emptied",
        "concepts/architecture/nodes/#rate-limits-on-eviction",
        "pkg/controller/nodelifecycle/node_lifecycle_controller.go: handleDisruption"
    }
    OUT_OF_SERVICE {
        "node-out-of-service",
        "A node declared out of service",
        "concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown",
        "pkg/controller/podgc/gc_controller.go: gcTerminating"
    }
}
