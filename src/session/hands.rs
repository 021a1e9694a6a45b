//! What somebody does: lines typed or chosen at the shown moment, files applied, branches, and all of it taken back and done
//! again.

use super::desk::Desk;
use super::runs::{Branch, BranchId, Fork, Line, Runs, name_after};
use super::said::{By, Deed, Dialogue, Remark, Said};
use super::script;
use super::state::Session;
use crate::actor::Settings;
use crate::api::Time;
use crate::engine::{Bounds, Simulation, default_cluster};
use crate::kubectl::{Answer, Console, Effect, Exit, Printed, apply_together, lets_time_pass, preview, run};
use crate::link;
use crate::scene::Playback;
use std::cell::RefCell;
use std::rc::Rc;

/// What somebody did, and what can be taken back of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {
    pub(super) runs: Runs,
    past: Vec<Kept>,
    future: Vec<Kept>,
    pub(super) dialogue: Dialogue,
    /// After how many steps playing stops.
    pub(super) halt: Option<usize>,
    /// The console at the shown moment, once somebody asked for it.
    here: RefCell<Option<Desk>>,
}

/// How it was before something was done.
#[derive(Clone, Debug)]
struct Kept {
    what: Deed,
    runs: Runs,
    position: usize,
}

/// So many deeds can be taken back, as long as their runs have no more steps than this together.
const MOST_KEPT: (usize, usize) = (100, 400_000);
/// Milliseconds of virtual time within which the first run and what follows a command come to rest: without a step, and in
/// all. The first run shows a day.
const DAY: u64 = 24 * 3_600_000;
const IDLE: u64 = 3_600_000;
const LIMIT: u64 = 3_600_000;
/// Milliseconds of virtual time of all that is done one after the other.
const LIFETIME: u64 = 365 * DAY;

/// A console in the hands of somebody: where it was taken up, and what was done since.
struct Hold {
    console: Console,
    branch: Rc<Branch>,
    position: usize,
    begun: Time,
    lines: Vec<Line>,
    /// What changed something first.
    first: Option<String>,
    applied: bool,
    waited: bool,
    /// Whether the cluster had come to rest before the next line, which no script has to say.
    rested: bool,
}

impl Session {
    /// All that was said in the console.
    #[must_use]
    pub fn dialogue(&self) -> &Dialogue {
        &self.hands.dialogue
    }

    /// The branches, from old to new.
    #[must_use]
    pub fn branches(&self) -> &[Rc<Branch>] {
        &self.hands.runs.branches
    }

    /// The branch that is shown.
    #[must_use]
    pub fn branch(&self) -> Option<&Rc<Branch>> {
        self.hands.runs.current()
    }

    /// The run of a branch, to be shown beside another.
    #[must_use]
    pub fn playback_of(&self, id: BranchId) -> Option<Playback> {
        self.hands.runs.get(id).map(|branch| Playback::of(branch.run(), self.every))
    }

    /// What the last thing was that can be taken back, and the next that can be done again.
    #[must_use]
    pub fn history(&self) -> (Option<&Deed>, Option<&Deed>) {
        let Hands { past, future, .. } = &self.hands;
        (past.last().map(|kept| &kept.what), future.last().map(|kept| &kept.what))
    }

    /// The console at the shown moment.
    #[must_use]
    pub fn desk(&self) -> Option<Desk> {
        let (branch, position) = (self.branch()?, self.position());
        let mut here = self.hands.here.borrow_mut();
        if let Some(desk) = here.as_ref().filter(|desk| desk.is_at(branch, position, &self.files)) {
            return Some(desk.clone());
        }
        let desk = Desk::new(Rc::clone(branch), position, &self.files);
        *here = Some(desk.clone());
        Some(desk)
    }

    /// After how many steps the shown moment is.
    pub(super) fn position(&self) -> usize {
        self.playback.as_ref().map_or(0, |run| run.stop().position)
    }

    fn now(&self) -> Time {
        self.playback.as_ref().map_or(Time::ZERO, Playback::now)
    }

    /// Runs a text line by line, at the shown moment. What changes something there makes a branch, unless it is the end.
    pub(super) fn enter(&mut self, text: &str, by: By) {
        if self.branch().is_none() {
            self.begin();
        }
        let mut hold: Option<Hold> = None;
        for line in script::lines(text) {
            match line.as_str() {
                "clear" => {
                    self.hands.dialogue.clear();
                    continue;
                }
                "lab undo" | "lab redo" => {
                    if let Some(hold) = hold.take() {
                        self.let_go(hold);
                    }
                    self.say(
                        Some(line.clone()),
                        by,
                        Answer { printed: Printed::default(), exit: Exit::Code(0) },
                        self.now(),
                    );
                    if line == "lab undo" {
                        self.undo()
                    } else {
                        self.redo()
                    }
                    continue;
                }
                _ => {}
            }
            let held = match hold.take() {
                Some(held) => Some(held),
                None => self.take_up(),
            };
            let Some(mut held) = held else { return };
            self.run_line(&mut held, &line, by);
            hold = Some(held);
        }
        if let Some(hold) = hold {
            self.let_go(hold);
        }
    }

    fn take_up(&self) -> Option<Hold> {
        let branch = Rc::clone(self.branch()?);
        let position = self.position();
        let console = self.desk()?.console().clone();
        let begun = console.simulation().now();
        let rested = position >= branch.steps();
        let lines = vec![];
        Some(Hold { console, branch, position, begun, lines, first: None, applied: false, waited: true, rested })
    }

    fn run_line(&mut self, hold: &mut Hold, line: &str, by: By) {
        let passes = lets_time_pass(line);
        if !passes && !hold.waited {
            hold.console.rest(IDLE, LIMIT);
            hold.rested = true;
        }
        let (changes, moment) = (hold.console.changes(), hold.console.moment());
        let (at, position) = (hold.console.simulation().now(), hold.console.simulation().steps().len());
        let before = hold.lines.last().or(hold.branch.lines.last()).map_or(Time::ZERO, |line| line.until);
        let answer = run(&mut hold.console, line);
        let has_changed = hold.console.changes() > changes;
        if has_changed {
            hold.first.get_or_insert_with(|| line.to_owned());
            hold.applied |= line.split_whitespace().any(|word| word == "apply");
        }
        if has_changed || hold.console.moment() != moment {
            let wait = (!hold.rested && hold.lines.is_empty()).then_some(at - before).filter(|wait| *wait > 0);
            let until = hold.console.simulation().now();
            let turns = moment.turns();
            hold.lines.push(Line { text: line.to_owned(), at, until, position, turns, wait });
            hold.rested = false;
        }
        hold.waited = passes;
        self.say(Some(line.to_owned()), by, answer, at);
    }

    /// What was done becomes the run, or a branch of it; or nothing changed, and only time passed.
    fn let_go(&mut self, hold: Hold) {
        let Hold { mut console, branch, position, begun, lines, first, applied, waited, .. } = hold;
        let is_at_end = position >= branch.steps();
        let stand = console.simulation().steps().len();
        let has_passed = console.simulation().now() > begun || stand > position;
        if first.is_none() && !(is_at_end && has_passed) {
            if has_passed {
                self.play_on_to(stand);
            }
            return;
        }
        let is_at_once = console.simulation().now() == begun;
        let what = first.clone().or(lines.first().map(|line| line.text.clone())).unwrap_or_default();
        self.remember(Deed::Line(what.clone()));
        // What comes of it is for the stage.
        let end = if first.is_some() { console.rest(IDLE, LIMIT) } else { branch.end };
        let is_applied = applied && is_as_written(&console);
        let mut next = Branch { console, end, ..(*branch).clone() };
        next.lines.retain(|line| is_at_end || line.position < position);
        next.lines.extend(lines);
        if is_applied {
            next.files.clone_from(&self.files);
            next.applied = Rc::clone(&self.reading);
        }
        if is_at_end {
            self.hands.runs.replace(next);
        } else {
            next.origin = Some(Fork { branch: branch.id, at: begun, position });
            next.name = name_after(&what);
            let from = branch.name.clone();
            let dropped = self.hands.runs.add(next);
            let name = self.branch().map(|branch| branch.name.clone()).unwrap_or_default();
            self.hands.dialogue.remark(Remark::Forked { name, from, at: begun });
            dropped.into_iter().for_each(|name| self.hands.dialogue.remark(Remark::Dropped(name)));
        }
        self.show_branch(position);
        if let Some(run) = &mut self.playback
            && run.timeline().steps().len() > position
        {
            // What was done in one instant is seen as a whole.
            let first = run.stops().at_step(position);
            run.seek(if is_at_once { stop_at(run, stand).max(first) } else { first });
        }
        self.playing = !self.still && !self.playback.as_ref().is_none_or(Playback::is_at_end);
        if waited && stand > position {
            self.play_on_to(stand);
        }
    }

    /// Plays until a line that waited was answered, and no further.
    fn play_on_to(&mut self, position: usize) {
        let Some(run) = &mut self.playback else { return };
        if self.still {
            run.seek(stop_at(run, position));
            self.playing = false;
            return;
        }
        self.playing = !run.is_at_end() && run.stop().position < position;
        self.hands.halt = self.playing.then_some(position);
    }

    fn say(&mut self, line: Option<String>, by: By, answer: Answer, at: Time) {
        let Answer { printed, exit } = answer;
        let (parts, remarks) = (printed.parts, vec![]);
        self.hands.dialogue.add(Said { number: 0, at, line, by, parts, exit, remarks });
    }

    /// Keeps how it is, so that what is done now can be taken back.
    fn remember(&mut self, what: Deed) {
        let kept = Kept { what, runs: self.hands.runs.clone(), position: self.position() };
        self.hands.past.push(kept);
        self.hands.future.clear();
        let steps = |kept: &Kept| kept.runs.current().map_or(0, |branch| branch.steps());
        while self.hands.past.len() > MOST_KEPT.0
            || self.hands.past.len() > 1 && self.hands.past.iter().map(steps).sum::<usize>() > MOST_KEPT.1
        {
            self.hands.past.remove(0);
        }
    }

    /// Takes back what was done last.
    pub(super) fn undo(&mut self) {
        let Some(kept) = self.hands.past.pop() else {
            self.remark(Remark::NothingToUndo);
            return;
        };
        let what = kept.what.clone();
        let now = self.exchange(kept);
        self.hands.future.push(now);
        self.remark(Remark::Undone(what));
    }

    /// Does again what was taken back last.
    pub(super) fn redo(&mut self) {
        let Some(kept) = self.hands.future.pop() else {
            self.remark(Remark::NothingToRedo);
            return;
        };
        let what = kept.what.clone();
        let now = self.exchange(kept);
        self.hands.past.push(now);
        self.remark(Remark::Redone(what));
    }

    fn exchange(&mut self, kept: Kept) -> Kept {
        let now = Kept { what: kept.what, runs: std::mem::take(&mut self.hands.runs), position: self.position() };
        self.hands.runs = kept.runs;
        self.show_branch(kept.position);
        self.playing = false;
        now
    }

    /// Says something about the line that asked for it; a button has no line.
    fn remark(&mut self, remark: Remark) {
        let asked = self.hands.dialogue.lines().last().is_some_and(|said| {
            matches!(said.line.as_deref(), Some("lab undo" | "lab redo")) && said.remarks.is_empty()
        });
        if !asked {
            let answer = Answer { printed: Printed::default(), exit: Exit::Code(0) };
            self.say(None, By::Chosen, answer, self.now());
        }
        self.hands.dialogue.remark(remark);
    }

    /// Shows another branch at the shown instant.
    pub(super) fn switch(&mut self, id: BranchId) {
        let now = self.now();
        if id == self.hands.runs.current || self.hands.runs.get(id).is_none() {
            return;
        }
        self.hands.runs.current = id;
        self.show_at(now);
    }

    pub(super) fn rename_branch(&mut self, id: BranchId, name: &str) {
        let before = self.hands.runs.clone();
        let Some(old) = before.get(id).map(|branch| branch.name.clone()) else { return };
        if self.hands.runs.rename(id, name) {
            let now = std::mem::replace(&mut self.hands.runs, before);
            let name = now.get(id).map(|branch| branch.name.clone()).unwrap_or_default();
            self.remember(Deed::Renamed(old, name));
            self.hands.runs = now;
        }
    }

    pub(super) fn drop_branch(&mut self, id: BranchId) {
        let mut runs = self.hands.runs.clone();
        let Some(name) = runs.get(id).map(|branch| branch.name.clone()) else { return };
        if !runs.drop_branch(id) {
            return;
        }
        self.remember(Deed::Dropped(name.clone()));
        let (now, was_shown) = (self.now(), self.hands.runs.current == id);
        self.hands.runs = runs;
        if was_shown {
            self.show_at(now);
        }
        self.remark(Remark::Dropped(name));
    }

    fn show_at(&mut self, now: Time) {
        let steps = self.branch().map(|branch| branch.console.simulation().steps());
        let position = steps.map_or(0, |steps| steps.partition_point(|step| step.at <= now));
        self.show_branch(position);
        self.playing = false;
    }

    /// Shows the current branch after so many steps.
    fn show_branch(&mut self, position: usize) {
        self.hands.halt = None;
        let Some(branch) = self.hands.runs.current().cloned() else { return };
        let mut playback = Playback::of(branch.run(), self.every);
        if self.even {
            playback.pace_evenly(true);
        }
        if let Some(before) = &self.playback {
            playback.look_at(before.place());
        }
        playback.seek(stop_at(&playback, position));
        self.playback = Some(playback);
        self.ran.clone_from(&branch.files);
        self.applied = Rc::clone(&branch.applied);
        self.pointed = None;
        self.forget_missing_selection();
    }

    /// Begins with a new cluster, to which the files are applied. What was there before stays.
    pub(super) fn begin(&mut self) {
        self.begin_with(&[]);
    }

    /// The same, with what was done there at its times.
    fn begin_with(&mut self, done: &[link::Deed]) {
        let objects = self.reading.objects();
        let bounds = Bounds { time: LIFETIME, ..Bounds::default() };
        let mut simulation = Simulation::new(Settings::default(), bounds);
        simulation.start(default_cluster::completed(&objects));
        let mut console = Console::new(simulation, self.files.clone());
        let applied = objects.into_iter().filter(|object| !default_cluster::is_infrastructure(object.kind())).collect();
        let answer = apply_together(&mut console, applied);
        let text = self.apply_line();
        if self.branch().is_some() {
            self.remember(Deed::Line(text.clone()));
        }
        let (at, until) = (Time::ZERO, Time::ZERO);
        let mut lines = vec![Line { text: text.clone(), at, until, position: 1, turns: 0, wait: None }];
        let mut answers = vec![];
        for deed in done {
            console.go_to(deed.looks(), deed.at);
            let (moment, position) = (console.moment(), console.simulation().steps().len());
            let answer = run(&mut console, &deed.line);
            let (at, until) = (moment.at(), console.simulation().now());
            let wait = lines.last().map(|line| at - line.until).filter(|wait| *wait > 0);
            lines.push(Line { text: deed.line.clone(), at, until, position, turns: moment.turns(), wait });
            answers.push((deed.line.clone(), answer, at));
        }
        let end = if done.is_empty() { console.rest(DAY, DAY) } else { console.rest(IDLE, LIMIT) };
        let (files, reading) = (self.files.clone(), Rc::clone(&self.reading));
        let branch =
            Branch { id: 0, name: name_after(&text), origin: None, lines, console, end, files, applied: reading };
        let is_first = self.hands.runs.branches.is_empty();
        let dropped = self.hands.runs.add(branch);
        // Of an empty text there is nothing to be said.
        if self.files.iter().any(|file| !file.text.trim().is_empty()) {
            self.say(Some(text), By::Applied, answer, Time::ZERO);
        }
        for (line, answer, at) in answers {
            self.say(Some(line), By::Typed, answer, at);
        }
        if !is_first {
            let name = self.branch().map(|branch| branch.name.clone()).unwrap_or_default();
            self.hands.dialogue.remark(Remark::Begun(name));
        }
        dropped.into_iter().for_each(|name| self.hands.dialogue.remark(Remark::Dropped(name)));
        self.show_branch(0);
        self.play_from_first_command();
    }

    /// From the first command on.
    pub(super) fn play_from_first_command(&mut self) {
        let Some(run) = &mut self.playback else { return };
        run.seek(run.first_command());
        self.playing = !self.still && !run.is_at_end();
    }

    /// Forgets every run and all that was said: other files, another cluster.
    pub(super) fn begin_anew(&mut self) {
        self.begin_linked(&[]);
    }

    /// The same, with what was done in the run that somebody linked to.
    pub(super) fn begin_linked(&mut self, done: &[link::Deed]) {
        self.hands = Hands::default();
        self.begin_with(done);
    }

    /// What was done in the shown run after its files were applied, to be linked to.
    pub(super) fn done(&self) -> Vec<link::Deed> {
        let lines = self.branch().map(|branch| branch.lines.as_slice()).unwrap_or_default();
        let deed = |line: &Line| link::Deed { at: line.at, turns: line.turns, line: line.text.clone() };
        lines.iter().skip(1).map(deed).collect()
    }

    /// How the files are applied by hand.
    pub(super) fn apply_line(&self) -> String {
        let named = self.files.iter().filter(|file| !file.text.trim().is_empty());
        named.fold("kubectl apply".to_owned(), |line, file| format!("{line} -f {}", quoted(&file.name)))
    }
}

/// A word as a shell needs it.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// Whether the files of a console are what its cluster has.
fn is_as_written(console: &Console) -> bool {
    preview(console).iter().all(|object| !matches!(object.effect, Effect::Created | Effect::Configured(_)))
}

/// The last stop that is not after so many steps.
fn stop_at(run: &Playback, position: usize) -> usize {
    run.stops().all().partition_point(|stop| stop.position <= position).saturating_sub(1)
}
