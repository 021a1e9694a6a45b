//! The run that a moment is a moment of.

use super::{Deed, Moment};
use crate::actor::Settings;
use crate::api::{Object, Time};
use crate::engine::{self, Bounds, Command, Run, RunEnd, Simulation, default_cluster};
use crate::kubectl::{self, Console};
use crate::manifest::{self, SourceFile};

/// Milliseconds without a write after which a cluster counts as settled between two commands, and the most that is played.
const SETTLED: [u64; 2] = [60_000, 900_000];

/// Plays the objects of some files and what was done to them; lines may name the files.
#[must_use]
pub fn play(objects: &[Object], files: &[SourceFile], done: &[Deed]) -> Run {
    if done.is_empty() {
        return engine::play(objects, &Settings::default());
    }
    let mut console = console(objects, files);
    for deed in done {
        console.go_to(turns(deed), deed.at);
        // What it answers is not a part of the run; what it refuses is told by the run.
        let _answer = kubectl::run(&mut console, &deed.line);
    }
    let mut simulation = console.into_simulation();
    let end = simulation.settle();
    Run { timeline: simulation.into_timeline(), end }
}

impl Moment {
    /// Gives every line without a time its time: when nothing is left to happen after the one before, as `lab wait` would.
    /// Says which line is refused, and what it answers.
    ///
    /// # Errors
    /// The line, and what it prints to standard error.
    pub fn type_lines(&mut self, lines: &[String]) -> Result<(), (String, String)> {
        let objects = manifest::read(&self.files).objects();
        let mut console = console(&objects, &self.files);
        for line in lines {
            console.settle(SETTLED[0], SETTLED[1]);
            let moment = console.moment();
            self.done.push(Deed { at: moment.at(), turns: moment.turns(), line: line.clone() });
            let answer = kubectl::run(&mut console, line);
            if answer.exit != kubectl::Exit::Code(0) {
                return Err((line.clone(), answer.stderr()));
            }
        }
        Ok(())
    }

    /// How the run of this moment ends, and how many steps it has.
    #[must_use]
    pub fn outcome(&self) -> (RunEnd, usize) {
        let run = play(&manifest::read(&self.files).objects(), &self.files, &self.done);
        (run.end, run.timeline.steps().len())
    }
}

fn console(objects: &[Object], files: &[SourceFile]) -> Console {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(objects));
    let applied = objects.iter().filter(|object| !default_cluster::is_infrastructure(object.kind())).cloned();
    let applied: Vec<Object> = applied.collect();
    if !applied.is_empty() {
        // As in a run without commands: a refusal is recorded, and the run goes on without what was refused.
        let _refused = simulation.command(Command::Apply(applied));
    }
    Console::new(simulation, files.to_vec())
}

/// A line without a number of looks comes after all that is due.
fn turns(deed: &Deed) -> u64 {
    if deed.turns == 0 && deed.at > Time::ZERO { u64::MAX } else { deed.turns }
}
