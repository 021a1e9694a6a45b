//! The state of the page and how it changes: pure transitions, one action at a time.

use super::aside::Origin;
use super::files::{Closed, Keys};
use super::{File, Reading};
use crate::api::ObjectRef;
use crate::engine::StepId;
use crate::language::Language;
use crate::link::{self, Deed, Moment};
use crate::scene::Playback;
use std::rc::Rc;

/// All that the page knows.
#[derive(Clone, Debug)]
pub struct Session {
    /// The editor's files; there is always one.
    pub files: Vec<File>,
    /// The file in front.
    pub active: usize,
    /// The example that was loaded last.
    pub example: Option<&'static str>,
    /// What was read from the files as they are.
    pub reading: Rc<Reading>,
    /// Files that an example replaced although they had been edited.
    pub kept: Option<Vec<File>>,
    /// What was typed after the files were applied.
    pub done: Vec<Deed>,
    /// The run.
    pub playback: Option<Playback>,
    /// The files that the run was made from.
    pub ran: Vec<File>,
    /// What was read from the files that the run was made from.
    pub applied: Rc<Reading>,
    /// Whether the run is playing.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// Whether bookkeeping steps are shown.
    pub every: bool,
    /// Whether every stop is shown as long as the first of its kind.
    pub even: bool,
    /// The object that is looked at closely.
    pub selected: Option<ObjectRef>,
    /// The object that is pointed at in a sentence.
    pub pointed: Option<ObjectRef>,
    /// Whether motion is unwanted.
    pub still: bool,
    /// The language in which problems are said.
    pub language: Language,
    pub(super) pristine: Vec<File>,
    pub(super) origin_of_kept: Origin,
    pub(super) closed: Vec<Closed>,
    pub(super) keys: Keys,
}

/// How fast a run is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// Half as fast.
    Half,
    /// A step a second, about.
    #[default]
    Normal,
    /// Twice as fast.
    Double,
    /// Four times as fast.
    Quadruple,
}

impl Speed {
    /// All of them.
    pub const ALL: [Speed; 4] = [Speed::Half, Speed::Normal, Speed::Double, Speed::Quadruple];

    /// How fast, in percent.
    #[must_use]
    pub fn percent(self) -> u32 {
        match self {
            Speed::Half => 50,
            Speed::Normal => 100,
            Speed::Double => 200,
            Speed::Quadruple => 400,
        }
    }
}

/// Something that happens to the page.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant says what happens")]
pub enum Action {
    Type(String),
    OpenFile(usize),
    AddFile(String),
    OpenFiles(Vec<File>),
    RenameFile(usize, String),
    RemoveFile(usize),
    ReopenFile,
    Reset,
    UndoReset,
    Load { example: &'static str, files: Vec<File> },
    Show(Box<Moment>),
    RestoreKept,
    Fix { problem: usize, fix: usize },
    Run,
    Play,
    Pause,
    Toggle,
    Tick,
    Seek(usize),
    Forward,
    Back,
    ToStart,
    ToEnd,
    SetSpeed(Speed),
    ShowEvery(bool),
    PaceEvenly(bool),
    LookAt(usize),
    GoToStep(StepId),
    Select(Option<ObjectRef>),
    Point(Option<ObjectRef>),
    WantStill(bool),
    Speak(Language),
}

/// Waits from this length on are worth saying, in milliseconds.
const LONG_WAIT: u64 = 4_000;
/// The shortest time that a stop is shown, in milliseconds: a frame or two.
const SHORTEST: u32 = 40;

impl Session {
    /// A session with some files, read but not run.
    #[must_use]
    pub fn new(files: Vec<File>, example: Option<&'static str>, pristine: Vec<File>) -> Session {
        let files =
            if files.is_empty() { vec![File { name: "manifest.yaml".into(), text: String::new() }] } else { files };
        let reading = Rc::new(Reading::of(&files));
        let mut keys = Keys::default();
        keys.renew(files.len());
        Session {
            files,
            active: 0,
            example,
            applied: Rc::clone(&reading),
            reading,
            kept: None,
            done: vec![],
            playback: None,
            ran: vec![],
            playing: false,
            speed: Speed::default(),
            every: false,
            even: false,
            selected: None,
            pointed: None,
            still: false,
            language: Language::default(),
            pristine,
            origin_of_kept: Origin::default(),
            closed: vec![],
            keys,
        }
    }

    /// Whether the text differs from the example that was loaded.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.files != self.pristine
    }

    /// Whether there is an example to go back to.
    #[must_use]
    pub fn is_resettable(&self) -> bool {
        self.example.is_some() && self.is_edited()
    }

    /// Whether the text differs from that of the run.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.playback.is_some() && self.files != self.ran
    }

    /// The file in front.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.files[self.active.min(self.files.len() - 1)]
    }

    /// How long the shown stop stays while playing, in milliseconds.
    #[must_use]
    pub fn pace(&self) -> u32 {
        let Some(run) = &self.playback else { return 0 };
        (run.pacing().of_stop(run.index()) * 100 / self.speed.percent()).max(SHORTEST)
    }

    /// How long it takes to watch the rest of the run, in milliseconds.
    #[must_use]
    pub fn to_watch(&self) -> u64 {
        let Some(run) = &self.playback else { return 0 };
        run.pacing().from(run.index()) * 100 / u64::from(self.speed.percent())
    }

    /// Virtual time that passed before the shown stop, where it is worth saying.
    #[must_use]
    pub fn passed(&self) -> Option<u64> {
        let run = self.playback.as_ref()?;
        Some(run.stops().wait_before(run.index())).filter(|millis| *millis >= LONG_WAIT)
    }

    /// Does what an action asks for.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Type(text) => {
                let active = self.active;
                self.files[active].text = text;
                self.read();
            }
            Action::OpenFile(index) => self.active = index.min(self.files.len() - 1),
            Action::AddFile(name) => self.add_file(&name, String::new()),
            Action::OpenFiles(files) => self.open_files(files),
            Action::RenameFile(index, name) => self.rename_file(index, &name),
            Action::RemoveFile(index) => self.remove_file(index),
            Action::ReopenFile => self.reopen_file(),
            Action::Reset => self.reset(),
            Action::Load { example, files } => self.load(example, files),
            Action::Show(moment) => self.show(*moment),
            Action::RestoreKept => {
                if self.bring_back() {
                    self.run();
                }
            }
            Action::UndoReset => {
                self.bring_back();
            }
            Action::Fix { problem, fix } => {
                if let Some(fix) =
                    self.reading.problems().get(problem).and_then(|problem| problem.fixes.get(fix)).cloned()
                {
                    fix.apply(&mut self.files);
                    self.read();
                }
            }
            Action::Run => self.run(),
            Action::Select(object) => self.selected = object,
            Action::Point(object) => self.pointed = object,
            Action::SetSpeed(speed) => self.speed = speed,
            Action::WantStill(still) => self.still = still,
            Action::Speak(language) => {
                self.language = language;
                self.reading = Rc::new(Reading::clone(&self.reading).said_in(language));
            }
            Action::ShowEvery(every) => {
                self.every = every;
                if let Some(run) = &mut self.playback {
                    run.show_every(every);
                }
            }
            Action::PaceEvenly(even) => {
                self.even = even;
                if let Some(run) = &mut self.playback {
                    run.pace_evenly(even);
                }
            }
            Action::LookAt(place) => {
                if let Some(run) = &mut self.playback {
                    run.look_at(place);
                }
            }
            Action::GoToStep(step) => {
                if let Some(run) = &mut self.playback {
                    run.seek(run.stops().at_step(step));
                    self.playing = false;
                }
            }
            Action::Play
            | Action::Pause
            | Action::Toggle
            | Action::Tick
            | Action::Seek(_)
            | Action::Forward
            | Action::Back
            | Action::ToStart
            | Action::ToEnd => self.transport(&action),
        }
    }

    fn transport(&mut self, action: &Action) {
        let Some(run) = &mut self.playback else {
            self.playing = false;
            return;
        };
        let index = run.index();
        match action {
            Action::Play | Action::Toggle if !self.playing => {
                if run.is_at_end() {
                    run.seek(run.first_command().min(1));
                }
                self.playing = true;
            }
            Action::Pause | Action::Toggle => self.playing = false,
            Action::Tick if self.playing => run.seek(run.pacing().next(index, self.speed.percent())),
            Action::Seek(stop) => {
                run.seek(*stop);
                self.playing = false;
            }
            Action::Forward => {
                run.seek(index + 1);
                self.playing = false;
            }
            Action::Back => {
                run.seek(index.saturating_sub(1));
                self.playing = false;
            }
            Action::ToStart => {
                run.seek(0);
                self.playing = false;
            }
            Action::ToEnd => {
                run.seek(usize::MAX);
                self.playing = false;
            }
            _ => {}
        }
        if run.is_at_end() {
            self.playing = false;
        }
    }

    fn run(&mut self) {
        self.done.clear();
        self.play();
    }

    /// Plays the files with what was done to them.
    pub(super) fn play(&mut self) {
        let run = link::play(&self.reading.objects(), &self.files, &self.done);
        let mut playback = Playback::of(run, self.every);
        playback.seek(playback.first_command());
        if self.even {
            playback.pace_evenly(true);
        }
        self.ran.clone_from(&self.files);
        self.applied = Rc::clone(&self.reading);
        self.playing = !self.still && !playback.is_at_end();
        self.playback = Some(playback);
        self.pointed = None;
        self.forget_missing_selection();
    }

    /// Shows a stop that says something by itself, standing still.
    pub fn rest_at_instructive(&mut self) {
        if let Some(run) = &mut self.playback {
            run.seek(run.instructive());
            self.playing = false;
        }
    }

    pub(super) fn forget_missing_selection(&mut self) {
        let Some(run) = &self.playback else { return };
        if let Some(selected) = &self.selected {
            let appears = run.timeline().steps().iter().flat_map(|step| &step.changes);
            if !appears.filter_map(|change| change.object()).any(|object| object.reference() == *selected) {
                self.selected = None;
            }
        }
    }

    fn load(&mut self, example: &'static str, files: Vec<File>) {
        self.put_aside();
        self.pristine.clone_from(&files);
        self.files = files;
        self.active = 0;
        self.example = Some(example);
        self.selected = None;
        self.keys.renew(self.files.len());
        self.read();
        self.run();
    }
}
