//! Runs and their branches: what was done in each, kept whole, so that going from one to another loses nothing.

use super::{File, Reading};
use crate::api::Time;
use crate::engine::{Run, RunEnd};
use crate::kubectl::Console;
use std::rc::Rc;

/// The number of a branch; never given twice.
pub type BranchId = u32;

/// A run that something was done in, up to its end.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its number.
    pub id: BranchId,
    /// What it is called: after what was done first in it, unless somebody named it.
    pub name: String,
    /// Where it began; none where it began with a new cluster.
    pub origin: Option<Fork>,
    /// All that was done in it, with what it has from the run it began in.
    pub lines: Vec<Line>,
    pub(super) console: Console,
    pub(super) end: RunEnd,
    /// The files that were applied last, and what was read from them.
    pub(super) files: Vec<File>,
    pub(super) applied: Rc<Reading>,
}

/// Where a branch began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fork {
    /// In which run.
    pub branch: BranchId,
    /// When.
    pub at: Time,
    /// After how many of its steps.
    pub position: usize,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As it is typed.
    pub text: String,
    /// When.
    pub at: Time,
    /// When it was answered.
    pub until: Time,
    /// After how many steps of the run.
    pub(super) position: usize,
    /// How many looks the run had had.
    pub(super) turns: u64,
    /// Milliseconds since the line before, where the cluster had not come to rest.
    pub wait: Option<u64>,
}

impl Branch {
    /// The whole run.
    #[must_use]
    pub fn run(&self) -> Run {
        Run { timeline: self.console.simulation().timeline(), end: self.end }
    }

    /// How many steps it has.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.console.simulation().steps().len()
    }

    /// When its last step happens.
    #[must_use]
    pub fn ends_at(&self) -> Time {
        self.console.simulation().steps().last().map_or(Time::ZERO, |step| step.at)
    }

    /// The cluster and what can be typed at it, after so many steps.
    #[must_use]
    pub fn console_at(&self, position: usize) -> Console {
        if position >= self.steps() { self.console.clone() } else { self.console.fork(position) }
    }
}

/// All branches, and the one that is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    pub(super) branches: Vec<Rc<Branch>>,
    pub(super) current: BranchId,
    next: BranchId,
}

/// Branches that are kept; past it, the oldest goes that nobody looks at.
pub const MOST_BRANCHES: usize = 24;
/// Longer names are cut, in characters.
const NAME_LENGTH: usize = 60;

impl Runs {
    pub(super) fn current(&self) -> Option<&Rc<Branch>> {
        self.get(self.current)
    }

    pub(super) fn get(&self, id: BranchId) -> Option<&Rc<Branch>> {
        self.branches.iter().find(|branch| branch.id == id)
    }

    /// Adds a branch and shows it; the name of the one that had to go for it.
    pub(super) fn add(&mut self, mut branch: Branch) -> Option<String> {
        self.next += 1;
        branch.id = self.next;
        branch.name = self.free_name(&branch.name);
        self.current = branch.id;
        self.branches.push(Rc::new(branch));
        (self.branches.len() > MOST_BRANCHES).then(|| self.branches.remove(0).name.clone())
    }

    /// The shown branch has gone on.
    pub(super) fn replace(&mut self, branch: Branch) {
        if let Some(place) = self.branches.iter_mut().find(|place| place.id == branch.id) {
            *place = Rc::new(branch);
        }
    }

    /// Whether it was there and is called so now.
    pub(super) fn rename(&mut self, id: BranchId, name: &str) -> bool {
        let name: String = name.trim().chars().filter(|char| !char.is_control()).take(NAME_LENGTH).collect();
        let Some(branch) = self.get(id).filter(|branch| !name.is_empty() && branch.name != name) else { return false };
        let mut renamed = (**branch).clone();
        renamed.name = self.free_name(&name);
        self.replace(renamed);
        true
    }

    /// Whether it was there and is gone; the last one stays. The one before it is shown then, if it was.
    pub(super) fn drop_branch(&mut self, id: BranchId) -> bool {
        let Some(index) = self.branches.iter().position(|branch| branch.id == id) else { return false };
        if self.branches.len() < 2 {
            return false;
        }
        let dropped = self.branches.remove(index);
        if self.current == id {
            let parent = dropped.origin.map(|fork| fork.branch).filter(|parent| self.get(*parent).is_some());
            let beside = self.branches.get(index.saturating_sub(1)).map_or(0, |branch| branch.id);
            self.current = parent.unwrap_or(beside);
        }
        true
    }

    fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.branches.iter().any(|branch| branch.name == name);
        (1..)
            .map(|number| if number == 1 { wanted.to_owned() } else { format!("{wanted} ({number})") })
            .find(|name| !taken(name))
            .unwrap_or_else(|| wanted.to_owned())
    }
}

/// What a branch is called after what was done in it.
pub(super) fn name_after(line: &str) -> String {
    let first = line.lines().next().unwrap_or_default().trim().trim_start_matches("$ ");
    let short = first.strip_prefix("kubectl ").or_else(|| first.strip_prefix("k ")).unwrap_or(first);
    let mut name: String = short.chars().take(NAME_LENGTH - 1).collect();
    if short.chars().count() >= NAME_LENGTH {
        name.push('…');
    }
    name
}
