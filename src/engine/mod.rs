//! The virtual clock and the queue of who looks when; runs the actors and records what they did.
//!
//! Text does not get here and sentences do not come from here: objects and [`Command`]s in, a [`Timeline`] out.

mod api_server;
mod apply;
mod command;
pub mod default_cluster;
mod drain;
mod execute;
mod node_events;
mod patch;
mod pod_admission;
mod priority;
mod processes;
mod queue;
mod refusal;
mod rollout;
mod service_address;
mod simulation;
mod storage_admission;
mod three_way;
mod timeline;
mod watch;
mod write;

pub use apply::sends_patch;
pub use command::{Command, PatchKind};
pub use refusal::{Refusal, StatusReason};
pub use simulation::{Bounds, Simulation};
pub use three_way::three_way;
pub use timeline::{Step, StepId, Timeline};

use crate::actor::Settings;
use crate::api::Object;

/// A finished run: what was recorded and why it ended.
#[derive(Clone, Debug)]
pub struct Run {
    /// The recorded steps.
    pub timeline: Timeline,
    /// Why the run ended.
    pub end: RunEnd,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunEnd {
    /// Nothing is left to happen unless somebody acts.
    Settled,
    /// The run reached its bound of steps; what was simulated so far is kept.
    StepLimit,
    /// The run reached its bound of virtual time.
    TimeLimit,
}

/// A new cluster to which objects have just been applied.
///
/// Nodes and storage classes among the objects replace the default ones.
#[must_use]
pub fn begin(objects: &[Object], settings: &Settings) -> Simulation {
    let mut simulation = Simulation::new(settings.clone(), Bounds::default());
    simulation.start(default_cluster::completed(objects));
    let applied: Vec<Object> =
        objects.iter().filter(|object| !default_cluster::is_infrastructure(object.kind())).cloned().collect();
    if !applied.is_empty() {
        // A refusal is recorded as a step; the run goes on without what was refused.
        let _refused = simulation.command(Command::Apply(applied));
    }
    simulation
}

/// Applies objects to a new cluster and plays what follows, until nothing is left to happen.
#[must_use]
pub fn play(objects: &[Object], settings: &Settings) -> Run {
    let mut simulation = begin(objects, settings);
    let end = simulation.settle();
    Run { timeline: simulation.into_timeline(), end }
}
