//! What is derived from the session for the page.

use super::console::Talk;
use super::inspector::{Aspect, Inspection};
use super::lanes::MarkLabel;
use super::marks::Marks;
use super::shared::Shared;
use super::stage::NodeOverlay;
use super::told::Told;
use crate::api::ObjectRef;
use crate::explain;
use crate::scene::{Scene, TurnedAway};
use crate::session::Session;
use std::rc::Rc;

/// What is derived from the session, made anew only when it changes.
#[derive(Default)]
pub struct Shown {
    pub(super) scene: Rc<Scene>,
    pub(super) told: Option<Rc<Told>>,
    pub(super) inspection: Option<Rc<Inspection>>,
    /// What `inspection` was made of: the object, the number of steps that have happened, and the wish.
    pub(super) inspected: Option<(ObjectRef, usize, Aspect)>,
    pub(super) aspect: Aspect,
    pub(super) is_story_open: bool,
    pub(super) story: Option<Rc<explain::Story>>,
    pub(super) overlay: Rc<NodeOverlay>,
    pub(super) line_marks: Rc<Vec<MarkLabel>>,
    pub(super) travels: Rc<Vec<(ObjectRef, String)>>,
    pub(super) turned: Rc<TurnedAway>,
    pub(super) files: Rc<Vec<crate::session::File>>,
    pub(super) problems: Rc<Vec<crate::session::Problem>>,
    pub(super) keys: Rc<Vec<u32>>,
    pub(super) known: Rc<Vec<u32>>,
    pub(super) deciding: Rc<Vec<usize>>,
    pub(super) marks: Marks,
    pub(super) talk: Talk,
}

impl Shown {
    pub(super) fn of(session: &Session, shared: &Shared) -> Shown {
        let mut shown = Shown::default();
        shown.read(session);
        shown.begin(session, shared);
        shown.stage(session);
        shown.tell(session, shared);
        shown
    }

    /// The text has changed.
    pub(super) fn read(&mut self, session: &Session) {
        self.files = Rc::new(session.files.clone());
        self.keys = Rc::new(session.keys().to_vec());
        self.known = Rc::new(session.known_keys());
        self.problems = Rc::new(session.reading.problems().to_vec());
    }

    /// The language is another; what is shown stays.
    pub(super) fn speak(&mut self, session: &Session, shared: &Shared) {
        self.read(session);
        self.begin(session, shared);
        self.tell(session, shared);
    }

    /// The run is another.
    pub(super) fn begin(&mut self, session: &Session, shared: &Shared) {
        let run = session.playback.as_ref();
        let mut marks = run.map(|run| MarkLabel::all(run, shared.words)).unwrap_or_default();
        marks.extend(MarkLabel::branches(session, shared.words));
        self.line_marks = Rc::new(marks);
        self.talk = Talk::of(session);
        self.inspected = None;
        self.story = None;
        self.tell_story(session, shared);
    }

    /// The run in short, where it is looked at.
    pub(super) fn tell_story(&mut self, session: &Session, shared: &Shared) {
        if self.is_story_open && self.story.is_none() {
            let run = session.playback.as_ref();
            self.story = run.map(|run| Rc::new(explain::story(run.timeline(), shared.words.language)));
        }
    }

    /// The selected object, unless what is shown of it is still true.
    pub(super) fn inspect(&mut self, session: &Session, shared: &Shared) {
        let run = session.playback.as_ref();
        let wanted = session.selected.clone().zip(run);
        let wanted = wanted.map(|(object, run)| (object, run.timeline().position(), self.aspect));
        if wanted == self.inspected {
            return;
        }
        let inspection = wanted.as_ref().zip(run);
        let inspection =
            inspection.map(|((object, _, aspect), run)| Inspection::of(object, *aspect, run, shared.words));
        self.overlay = Rc::new(inspection.as_ref().map(|it| NodeOverlay::of(it, shared.words)).unwrap_or_default());
        self.inspection = inspection.map(Rc::new);
        self.inspected = wanted;
    }

    /// The shown moment is another.
    pub(super) fn stage(&mut self, session: &Session) {
        let run = session.playback.as_ref();
        self.scene = Rc::new(run.map(|run| run.scene()).unwrap_or_default());
        self.travels = Rc::new(run.map(|run| run.travels()).unwrap_or_default());
        self.turned = Rc::new(run.map(|run| run.turned_away()).unwrap_or_default());
        self.marks.turning.clone_from(&self.turned.taints);
        self.marks.changed = run.map(|run| run.changed()).unwrap_or_default();
    }

    /// The words of the moment, and where the fields behind it are written now.
    pub(super) fn tell(&mut self, session: &Session, shared: &Shared) {
        let run = session.playback.as_ref();
        self.told = run.map(|run| Rc::new(Told::of(run, &session.applied, &session.reading, shared.words.language)));
        let places = self.told.iter().flat_map(|told| &told.fields).filter_map(|(_, written)| written.place());
        self.deciding = Rc::new(places.filter(|place| place.file == session.active).map(|place| place.line).collect());
        self.inspect(session, shared);
        self.marks.selected.clone_from(&session.selected);
        self.marks.pointed.clone_from(&session.pointed);
    }
}
