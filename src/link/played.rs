//! The run that a moment is a moment of.

use super::{Deed, Moment};
use crate::actor::Settings;
use crate::api::Object;
use crate::engine::{self, Run, RunEnd};
use crate::kubectl::script::rest;
use crate::kubectl::{self, Console};
use crate::manifest::{self, SourceFile};

/// Plays the objects of some files and what was done to them; lines may name the files.
#[must_use]
pub fn play(objects: &[Object], files: &[SourceFile], done: &[Deed]) -> Run {
    if done.is_empty() {
        return engine::play(objects, &Settings::default());
    }
    let mut console = console(objects, files);
    for deed in done {
        console.go_to(deed.looks(), deed.at);
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
            rest(&mut console);
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
    Console::new(engine::begin(objects, &Settings::default()), files.to_vec())
}
