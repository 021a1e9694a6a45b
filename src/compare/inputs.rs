//! From two texts to two runs on one clock.

use crate::actor::Settings;
use crate::engine::{self, Run, RunEnd};
use crate::kubectl::script::rest;
use crate::kubectl::{Console, run};
use crate::manifest::{self, SourceFile};

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
        consoles.iter_mut().for_each(rest);
    }
    consoles.map(|console| {
        let simulation = console.simulation().clone();
        let end = if simulation.next_at().is_none() { RunEnd::Settled } else { RunEnd::TimeLimit };
        Run { timeline: simulation.into_timeline(), end }
    })
}

fn applied(input: &Input) -> Console {
    let simulation = engine::begin(&manifest::read(&input.files).objects(), &Settings::default());
    let mut console = Console::new(simulation, input.files.clone());
    rest(&mut console);
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
