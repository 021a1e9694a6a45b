//! From two texts to two runs on one clock.

use crate::actor::Settings;
use crate::engine::{Bounds, Command, Run, RunEnd, Simulation, default_cluster};
use crate::kubectl::{Console, run};
use crate::manifest::{self, SourceFile};

/// Milliseconds without a write after which a cluster counts as settled, and the most that is played before the next command.
const SETTLED: [u64; 2] = [60_000, 900_000];

/// What one side begins with, and what is done to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Input {
    /// The manifests.
    pub files: Vec<SourceFile>,
    /// Commands, each when both sides have come to rest.
    pub script: Vec<String>,
}

/// Both runs. A command is given on both sides at the same instant, when both have come to rest.
#[must_use]
pub fn played(inputs: &[Input; 2]) -> [Run; 2] {
    let mut consoles = [applied(&inputs[0]), applied(&inputs[1])];
    let commands = inputs.iter().map(|input| input.script.len()).max().unwrap_or_default();
    for number in 0..commands {
        meet(&mut consoles);
        for (console, input) in consoles.iter_mut().zip(inputs) {
            if let Some(line) = input.script.get(number) {
                // What a command answers is no part of the comparison; what it did is a step.
                let _answer = run(console, line);
            }
        }
        consoles.iter_mut().for_each(|console| console.settle(SETTLED[0], SETTLED[1]));
    }
    consoles.map(|console| {
        let simulation = console.simulation().clone();
        let end = if simulation.next_at().is_none() { RunEnd::Settled } else { RunEnd::TimeLimit };
        Run { timeline: simulation.into_timeline(), end }
    })
}

fn applied(input: &Input) -> Console {
    let objects = manifest::read(&input.files).objects();
    let (infrastructure, objects): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|object| default_cluster::is_infrastructure(object.kind()));
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&infrastructure));
    if !objects.is_empty() {
        // A refusal is recorded as a step; the run goes on without what was refused.
        let _refused = simulation.command(Command::Apply(objects));
    }
    let mut console = Console::new(simulation, input.files.clone());
    console.settle(SETTLED[0], SETTLED[1]);
    console
}

/// Lets the clock of the side that rests earlier go on to where the other one is.
fn meet(consoles: &mut [Console; 2]) {
    let now = consoles.iter().map(|console| console.simulation().now()).max();
    for console in consoles {
        if let Some(behind) = now.map(|now| now - console.simulation().now()).filter(|behind| *behind > 0) {
            console.advance(behind);
        }
    }
}
