//! The controllers: each a pure pass over a view of the cluster that returns writes and one reason.
//! One folder or file a controller; what two of them share has a file of its own.

pub mod attach_detach;
pub mod autoscaler;
pub mod daemon_set;
pub mod deployment;
pub mod disruption;
pub mod endpoints;
pub mod garbage;
pub mod history;
pub mod node_lifecycle;
pub mod ownership;
pub mod pod_garbage;
pub mod replica_set;
pub mod stateful_set;
pub mod taint_eviction;
pub mod volume;
