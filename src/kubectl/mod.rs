//! `kubectl` and `lab`: what somebody types at the cluster, and what the tool answers. Reads a line, acts on a simulation,
//! prints what `kubectl` v1.36 prints.
//!
//! Upstream: `k8s.io/kubectl/pkg/cmd`. The printers are in [`print`]; they look and never act.

pub mod print;
pub mod resource;
