//! Lines that are typed one after the other with time between them: before each the cluster comes to rest, as it does while
//! somebody reads.

use super::console::Console;
use super::run::{Answer, run};
use crate::actor::Settings;
use crate::engine::{Bounds, Simulation, default_cluster};
use crate::manifest::{self, SourceFile};

/// Milliseconds without a write after which a cluster counts as settled between two commands.
const IDLE: u64 = 60_000;
/// Milliseconds that are played between two commands at most.
const LIMIT: u64 = 900_000;

/// A console at a cluster of its own. Nodes and storage classes of the files are there from the start, the rest is to be
/// applied.
#[must_use]
pub fn console_for(files: Vec<SourceFile>) -> Console {
    let objects = manifest::read(&files).objects();
    let (infrastructure, _): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|object| default_cluster::is_infrastructure(object.kind()));
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&infrastructure));
    simulation.settle();
    Console::new(simulation, files)
}

/// Runs what is typed. Before it the cluster comes to rest, unless the command waits itself, or the one before it said how
/// long to wait.
pub fn run_after_rest(console: &mut Console, before: Option<&str>, text: &str) -> Answer {
    if !waits_itself(text) && !before.is_some_and(says_how_long) {
        rest(console);
    }
    run(console, text)
}

/// Whether a command lets a span of time pass that somebody chose.
#[must_use]
pub fn says_how_long(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    matches!(words.as_slice(), [.., "lab", "wait", _])
}

/// Lets the cluster come to rest.
pub fn rest(console: &mut Console) {
    console.settle(IDLE, LIMIT);
}

/// Whether a command plays virtual time by itself, so that it should see how things come about.
fn waits_itself(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    ["status", "wait", "-w", "--watch", "--watch-only", "undo", "redo"].iter().any(|word| words.contains(word))
}
