//! A console at a cluster: what was typed so far and what it did, so that it can be undone, and how virtual time passes
//! while a command waits.

use super::failure::{Failure, Outcome};
use super::kept::{Kept, KeptKey};
use super::resource::Resource;
use crate::actor::NodeChance;
use crate::api::{Key, Time};
use crate::engine::{Command, Refusal, Simulation};
use crate::manifest::SourceFile;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Milliseconds of virtual time for which a command waits, where nobody says otherwise: an hour.
const PATIENCE: u64 = 3_600_000;

/// A console at a cluster that lives.
#[derive(Clone, Debug)]
pub struct Console {
    pub(super) simulation: Simulation,
    pub(super) kept: Kept,
    pub(super) namespace: String,
    /// The files that `-f` names.
    pub files: Vec<SourceFile>,
    /// Milliseconds after which a command that still waits is ended, as by Ctrl+C; none waits until nothing that it waits
    /// for can happen.
    pub patience: Option<u64>,
    start: Box<Start>,
    inputs: Vec<Input>,
    done: Vec<Entry>,
    undone: Vec<Undone>,
}

/// What a replay begins with.
#[derive(Clone, Debug)]
struct Start {
    simulation: Simulation,
    kept: Kept,
    namespace: String,
}

/// A point of a run: how many looks it had, and what the clock shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    turns: u64,
    at: Time,
}

impl Moment {
    /// How many looks the run had.
    #[must_use]
    pub fn turns(self) -> u64 {
        self.turns
    }

    /// What the clock shows.
    #[must_use]
    pub fn at(self) -> Time {
        self.at
    }
}

/// Something that was done at a moment.
#[derive(Clone, Debug)]
struct Input {
    moment: Moment,
    deed: Deed,
}

/// What can be done.
#[derive(Clone, Debug)]
enum Deed {
    Command(Box<Command>),
    Keep(KeptKey, Box<Value>),
    Drop(KeptKey),
    Namespace(String),
    Use(String),
    Wait,
}

/// What one typed line did: the inputs from one on, and the moment before.
#[derive(Clone, Copy, Debug)]
struct Entry {
    inputs: usize,
    before: Moment,
}

#[derive(Clone, Debug)]
struct Undone {
    inputs: Vec<Input>,
    after: Moment,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// What it waited for is there.
    Met,
    /// Its own time was over.
    TimedOut,
}

impl Console {
    /// A console at a cluster, with the files that `-f` names.
    #[must_use]
    pub fn new(simulation: Simulation, files: Vec<SourceFile>) -> Console {
        let start = Start { simulation, kept: Kept::default(), namespace: "default".into() };
        Console {
            simulation: start.simulation.clone(),
            kept: start.kept.clone(),
            namespace: start.namespace.clone(),
            files,
            patience: None,
            start: Box::new(start),
            inputs: vec![],
            done: vec![],
            undone: vec![],
        }
    }

    /// The cluster.
    #[must_use]
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The cluster, with what was done to it.
    #[must_use]
    pub fn into_simulation(self) -> Simulation {
        self.simulation
    }

    /// Lets virtual time pass until so many looks were had, and to an instant, but to no look after it.
    pub fn go_to(&mut self, turns: u64, at: Time) {
        while self.simulation.turns() < turns && self.simulation.play_next(at) {}
        self.simulation.rest_until(at);
    }

    /// The objects that nothing acts on.
    #[must_use]
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The namespace that commands mean when they name none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The present point of the run.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment { turns: self.simulation.turns(), at: self.simulation.now() }
    }

    /// Lets virtual time pass until nothing is left to happen, or to a bound: `idle` milliseconds without a write, `limit`
    /// milliseconds in all. The clock stops at the last write.
    pub fn settle(&mut self, idle: u64, limit: u64) {
        let begun = self.simulation.now();
        let end = begun + limit;
        while self
            .simulation
            .next_at()
            .is_some_and(|at| at <= end && at <= self.simulation.last_write().max(begun) + idle)
        {
            if !self.simulation.play_next(end) {
                break;
            }
        }
    }

    /// Says how chance decides between equally good nodes from now on; no part of what can be undone.
    pub fn set_chance(&mut self, chance: BTreeMap<Key, NodeChance>) {
        self.simulation.set_chance(chance);
    }

    /// Lets virtual time pass until nothing has been written for `idle` milliseconds, `limit` milliseconds at most.
    pub fn run_until_idle(&mut self, idle: u64, limit: u64) {
        self.simulation.run_until_idle(idle, limit);
    }

    /// Lets some virtual time pass, in milliseconds.
    pub fn advance(&mut self, millis: u64) {
        self.simulation.advance(millis);
    }

    /// Takes back what the last line did. Whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(entry) = self.done.pop() else { return false };
        let after = self.moment();
        let inputs = self.inputs.split_off(entry.inputs.min(self.inputs.len()));
        self.undone.push(Undone { inputs, after });
        self.replay(entry.before);
        true
    }

    /// Does again what was taken back last. Whether there was something.
    pub fn redo(&mut self) -> bool {
        let Some(undone) = self.undone.pop() else { return false };
        self.done.push(Entry { inputs: self.inputs.len(), before: self.moment() });
        self.inputs.extend(undone.inputs);
        self.replay(undone.after);
        true
    }

    /// The console as it was after so many steps of its run: what is done there is a branch.
    #[must_use]
    pub fn fork(&self, position: usize) -> Console {
        let mut fork = Console::new(self.start.simulation.clone(), self.files.clone());
        fork.patience = self.patience;
        fork.start.clone_from(&self.start);
        (fork.kept, fork.namespace) = (self.start.kept.clone(), self.start.namespace.clone());
        for input in &self.inputs {
            fork.play_to(input.moment, position);
            let is_there = fork.moment().turns == input.moment.turns;
            if !is_there || fork.simulation.steps().len() >= position {
                break;
            }
            fork.simulation.rest_until(input.moment.at);
            fork.repeat(&input.deed);
            fork.inputs.push(input.clone());
        }
        fork.play_to(self.moment(), position);
        fork.done = self.done.iter().copied().filter(|entry| entry.inputs < fork.inputs.len()).collect();
        fork
    }

    fn play_to(&mut self, moment: Moment, position: usize) {
        while self.simulation.turns() < moment.turns && self.simulation.steps().len() < position {
            if !self.simulation.play_next(Time(u64::MAX)) {
                break;
            }
        }
    }

    /// Plays the run anew up to a moment.
    fn replay(&mut self, until: Moment) {
        let Start { simulation, kept, namespace } = (*self.start).clone();
        (self.simulation, self.kept, self.namespace) = (simulation, kept, namespace);
        for input in std::mem::take(&mut self.inputs) {
            self.return_to(input.moment);
            self.repeat(&input.deed);
            self.inputs.push(input);
        }
        self.return_to(until);
    }

    fn return_to(&mut self, moment: Moment) {
        while self.simulation.turns() < moment.turns && self.simulation.play_next(Time(u64::MAX)) {}
        self.simulation.rest_until(moment.at);
    }

    fn repeat(&mut self, deed: &Deed) {
        // A refusal was told when it happened first.
        let _told = self.carry_out(deed.clone());
    }

    fn carry_out(&mut self, deed: Deed) -> Result<(), Refusal> {
        let now = self.simulation.now();
        match deed {
            Deed::Command(command) => return self.simulation.command(*command),
            Deed::Keep(key, object) => self.kept.put(key, *object, now),
            Deed::Drop(key) if key.resource == "namespaces" => self.kept.remove_namespace(&key.name),
            Deed::Drop(key) => self.kept.remove(&key),
            Deed::Namespace(name) => self.kept.add_namespace(&name, now),
            Deed::Use(name) => self.namespace = name,
            Deed::Wait => {}
        }
        Ok(())
    }

    fn act(&mut self, deed: Deed) -> Result<(), Refusal> {
        self.inputs.push(Input { moment: self.moment(), deed: deed.clone() });
        self.carry_out(deed)
    }

    pub(super) fn command(&mut self, command: Command) -> Outcome {
        self.act(Deed::Command(Box::new(command))).map_err(Failure::from)
    }

    pub(super) fn keep(&mut self, resource: &Resource, namespace: &str, name: &str, object: Value) {
        let deed = match resource.kind {
            "Namespace" => Deed::Namespace(name.into()),
            _ => Deed::Keep(kept_key(resource, namespace, name), Box::new(object)),
        };
        // Nobody refuses to keep something.
        let _infallible = self.act(deed);
    }

    pub(super) fn drop_kept(&mut self, resource: &Resource, namespace: &str, name: &str) {
        let _infallible = self.act(Deed::Drop(kept_key(resource, namespace, name)));
    }

    pub(super) fn use_namespace(&mut self, namespace: &str) {
        let _infallible = self.act(Deed::Use(namespace.into()));
    }

    /// Runs something as one line that can be undone as a whole.
    pub(super) fn as_one_line<T>(&mut self, run: impl FnOnce(&mut Console) -> T) -> T {
        let entry = Entry { inputs: self.inputs.len(), before: self.moment() };
        let result = run(self);
        if self.inputs.len() > entry.inputs || self.moment() != entry.before {
            // What follows a line that was undone is another run.
            self.undone.clear();
            self.done.push(entry);
        }
        result
    }

    /// Plays virtual time until `done` says so, `limit` milliseconds at most. `done` is asked at once and after every look
    /// that recorded something; what it prints counts as progress.
    ///
    /// # Errors
    /// What `done` finds, or that the wait would never end; then the clock is where `done` printed last.
    pub(super) fn wait_until(
        &mut self,
        limit: Option<u64>,
        out: &mut Printed,
        mut done: impl FnMut(&Console, &mut Printed) -> Result<bool, Failure>,
    ) -> Result<Waited, Failure> {
        let begun = self.simulation.now();
        let patience = self.patience.unwrap_or(PATIENCE);
        let end = limit.map_or(begun + patience, |limit| begun + limit);
        let mut told = (self.moment(), out.parts.len());
        let mut seen = None;
        loop {
            let steps = self.simulation.steps().len();
            if seen != Some(steps) {
                seen = Some(steps);
                if done(self, out)? {
                    return Ok(Waited::Met);
                }
                if out.parts.len() > told.1 {
                    told = (self.moment(), out.parts.len());
                }
            }
            if !self.simulation.play_next(end) {
                break;
            }
        }
        if limit.is_some() {
            self.simulation.rest_until(end);
            return Ok(Waited::TimedOut);
        }
        match self.patience {
            Some(_) => self.simulation.rest_until(end),
            None => self.replay(told.0),
        }
        Err(Failure::Waits)
    }

    /// Marks that a line let time pass on purpose.
    pub(super) fn note_wait(&mut self) {
        let _infallible = self.act(Deed::Wait);
    }
}

fn kept_key(resource: &Resource, namespace: &str, name: &str) -> KeptKey {
    KeptKey { resource: resource.qualified(), namespace: namespace.into(), name: name.into() }
}

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
    /// A word of the console itself, which a real terminal would not show.
    Note,
}

/// What was printed, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The texts, each with where it went.
    pub parts: Vec<(Stream, String)>,
}

impl Printed {
    pub(super) fn add(&mut self, stream: Stream, text: &str) {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some((last, before)) if *last == stream => before.push_str(text),
            _ => self.parts.push((stream, text.to_owned())),
        }
    }

    pub(super) fn line(&mut self, text: impl AsRef<str>) {
        self.write_line(Stream::Out, text.as_ref());
    }

    pub(super) fn warn(&mut self, text: impl AsRef<str>) {
        self.write_line(Stream::Err, text.as_ref());
    }

    pub(super) fn note(&mut self, text: impl AsRef<str>) {
        self.write_line(Stream::Note, text.as_ref());
    }

    fn write_line(&mut self, stream: Stream, text: &str) {
        let mut line = String::new();
        let _infallible = writeln!(line, "{text}");
        // Lines are parts of their own, so that a wait sees that something was told.
        self.parts.push((stream, line));
    }

    /// All that went to a stream.
    #[must_use]
    pub fn text(&self, stream: Stream) -> String {
        self.parts.iter().filter(|(of, _)| *of == stream).map(|(_, text)| text.as_str()).collect()
    }
}
