//! `kubectl` and `lab`: what somebody types at the cluster, and what the tool answers. Reads a line, acts on a simulation,
//! prints what `kubectl` v1.36 prints.
//!
//! Upstream: `k8s.io/kubectl/pkg/cmd`. The printers are in [`print`]; they look and never act.

mod about;
mod access;
mod apply;
pub mod complete;
mod console;
mod create;
mod create_one;
mod delete;
mod describe;
mod diff;
mod drain;
mod explain;
mod expose;
mod failure;
mod files;
mod flags;
mod get;
mod kept;
mod lab;
mod lab_node;
mod label;
mod nodes;
mod patch;
pub mod print;
mod printing;
pub mod resource;
mod rollout;
mod rollout_status;
mod run;
mod scale;
pub mod script;
mod select;
mod selector;
mod set_image;
mod table;
mod taint;
mod targets;
mod wait;
mod words;

pub use console::{Console, Moment, Printed, Stream};
pub use kept::{Kept, KeptKey};
pub use run::{Answer, Exit, run};
pub use words::{SyntaxError, split};
