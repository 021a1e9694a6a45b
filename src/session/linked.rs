//! The shown moment as something to link to, and a linked moment as what is shown.

use super::state::Session;
use super::{File, Reading};
use crate::link::{Moment, Shown, View};
use std::rc::Rc;

/// Longer names are cut, in characters.
const NAME_LENGTH: usize = 80;

impl Session {
    /// The moment that is shown. A text that was edited since the run is shared as it is, from its beginning.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let is_stale = self.is_stale();
        let run = self.playback.as_ref().filter(|_| !is_stale);
        Moment {
            files: self.files.clone(),
            done: if is_stale { vec![] } else { self.done.clone() },
            shown: run.map(|run| Shown { steps: run.timeline().position(), of: run.timeline().steps().len() }),
            language: None,
            view: View { every: self.every, selected: self.selected.clone(), ..View::default() },
        }
    }

    /// How many steps the run has, where a link was made of a run with another number: the moment may be another, too.
    #[must_use]
    pub fn differs_from(&self, shown: Shown) -> Option<usize> {
        let steps = self.playback.as_ref()?.timeline().steps().len();
        (steps != shown.of).then_some(steps)
    }

    /// Shows the moment after so many steps, standing still.
    pub fn seek_to_steps(&mut self, steps: usize) {
        self.playing = false;
        if let Some(run) = &mut self.playback {
            let stop = steps.checked_sub(1).map_or(0, |step| run.stops().at_step(step));
            run.seek(stop);
        }
    }

    /// Shows what somebody linked to. What was written here is put aside.
    pub(super) fn show(&mut self, moment: Moment) {
        self.put_aside();
        let mut files: Vec<File> = moment.files.into_iter().map(named).collect();
        if files.is_empty() {
            files.push(named(File::default()));
        }
        self.pristine.clone_from(&files);
        self.files = files;
        self.active = 0;
        self.example = None;
        self.keys.renew(self.files.len());
        self.reading = Rc::new(Reading::of(&self.files));
        self.every = moment.view.every;
        self.selected = moment.view.selected;
        self.done = moment.done;
        self.play();
        if let Some(shown) = moment.shown {
            self.seek_to_steps(shown.steps);
        }
    }
}

/// A file with a name that can be shown: names of a link may hold anything.
fn named(file: File) -> File {
    let name: String = file.name.trim().chars().filter(|char| !char.is_control()).take(NAME_LENGTH).collect();
    File { name: if name.is_empty() { "manifest.yaml".into() } else { name }, text: file.text }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;
    use crate::api::{Kind, ObjectRef};
    use crate::examples;

    fn session() -> Session {
        let files = examples::find("database").expect("an example").files();
        let mut session = Session::new(files.clone(), Some("database"), files);
        session.apply(Action::Run);
        session
    }

    #[test]
    fn a_linked_moment_is_shown_as_it_was() {
        let mut author = session();
        author.apply(Action::Seek(9));
        author.apply(Action::Select(Some(ObjectRef::new(Kind::StatefulSet, "default", "db"))));
        let moment = author.moment();
        let mut reader = Session::new(vec![], None, vec![]);
        reader.apply(Action::Show(Box::new(moment.clone())));
        let place = |session: &Session| session.playback.as_ref().map(|run| (run.index(), run.timeline().position()));
        assert_eq!(place(&reader), place(&author));
        assert_eq!((reader.moment(), reader.playing), (moment.clone(), false));
        assert_eq!(reader.differs_from(moment.shown.expect("a moment")), None);
        assert!(!reader.is_edited(), "what somebody linked to is no text of the reader");
    }

    #[test]
    fn the_readers_own_text_is_put_aside_and_comes_back() {
        let mut reader = session();
        reader.apply(Action::Type("kind: Mine".into()));
        let mine = reader.files.clone();
        reader.apply(Action::Show(Box::new(session().moment())));
        reader.apply(Action::Show(Box::new(session().moment())));
        assert_eq!(reader.kept.as_ref(), Some(&mine), "a second link does not take the place of it");
        reader.apply(Action::RestoreKept);
        assert_eq!(reader.files, mine);
    }

    #[test]
    fn an_edited_text_is_shared_as_it_is_without_a_moment() {
        let mut author = session();
        author.apply(Action::Seek(9));
        author.apply(Action::Type("kind: Edited".into()));
        let moment = author.moment();
        assert_eq!((moment.shown, moment.files), (None, author.files.clone()));
    }

    #[test]
    fn what_was_done_is_forgotten_when_the_text_is_applied_anew() {
        let mut moment = session().moment();
        moment.shown = None;
        moment.type_lines(&["kubectl scale statefulset db --replicas=1".into()]).expect("it is taken");
        let mut reader = Session::new(vec![], None, vec![]);
        reader.apply(Action::Show(Box::new(moment.clone())));
        reader.apply(Action::ToEnd);
        let pods = |session: &Session| session.playback.as_ref().map(|run| run.scene().sets[0].ready);
        assert_eq!((pods(&reader), &reader.moment().done), (Some(1), &moment.done));
        reader.apply(Action::Run);
        reader.apply(Action::ToEnd);
        assert_eq!((pods(&reader), reader.done.len()), (Some(3), 0));
    }

    #[test]
    fn a_run_of_another_version_is_noticed_and_a_hostile_moment_shows_something() {
        let mut moment = session().moment();
        moment.shown = Some(Shown { steps: usize::MAX, of: 3 });
        moment.files.push(File { name: "\u{1b}[2J\n".repeat(99), text: "\0".into() });
        let mut reader = session();
        reader.apply(Action::Show(Box::new(moment)));
        assert!(reader.differs_from(Shown { steps: 1, of: 3 }).is_some());
        assert!(reader.files[1].name.chars().count() <= NAME_LENGTH);
        assert!(!reader.files[1].name.contains(char::is_control));
        let mut empty = session();
        empty.apply(Action::Show(Box::default()));
        assert_eq!(empty.files.len(), 1);
    }
}
