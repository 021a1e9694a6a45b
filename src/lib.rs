//! Setwise: what Kubernetes does with a manifest, step by step, explained.
//!
//! `ARCHITECTURE.md` has the map. Data flows one way: text, objects, engine, timeline, page.

pub mod actor;
pub mod api;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod cluster;
pub mod compare;
pub mod conformance;
pub mod controllers;
pub mod dns;
pub mod engine;
pub mod events;
pub mod examples;
pub mod explain;
pub mod kubectl;
pub mod kubelet;
pub mod language;
pub mod lesson;
pub mod link;
pub mod manifest;
pub mod narrative;
pub mod obstacle;
pub mod predict;
pub mod reason;
pub mod scene;
pub mod scheduler;
pub mod session;
pub mod transcript;
pub mod trap;
pub mod turn;
#[cfg(target_arch = "wasm32")]
pub mod ui;
