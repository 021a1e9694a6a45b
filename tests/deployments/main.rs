//! Deployments and ReplicaSets as Kubernetes v1.36 runs them, beyond what was recorded.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod cluster;
mod commands;
mod replica_sets;
mod rollouts;
mod told;
