//! Files that are put aside for others, and come back.

use super::File;
use super::state::Session;
use std::mem::take;

/// The example that files were made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Origin {
    example: Option<&'static str>,
    pristine: Vec<File>,
}

impl Session {
    /// Makes room for other files. Those that nobody wrote into are no loss.
    pub(super) fn put_aside(&mut self) {
        let is_written = self.files.iter().any(|file| !file.text.trim().is_empty());
        if self.is_edited() && is_written {
            self.kept = Some(take(&mut self.files));
            self.origin_of_kept = Origin { example: self.example, pristine: take(&mut self.pristine) };
        }
    }

    /// Brings back what was put aside, in exchange for what is there; whether there was something.
    pub(super) fn bring_back(&mut self) -> bool {
        let Some(files) = self.kept.take() else { return false };
        let Origin { example, pristine } = take(&mut self.origin_of_kept);
        self.put_aside();
        (self.files, self.example, self.pristine) = (files, example, pristine);
        self.active = 0;
        self.keys.renew(self.files.len());
        self.read();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;

    fn files(text: &str) -> Vec<File> {
        vec![File { name: "a.yaml".into(), text: text.into() }]
    }

    #[test]
    fn a_reset_that_is_undone_can_be_done_again() {
        let mut session = Session::new(files("kind: Node"), Some("x"), files("kind: Node"));
        session.apply(Action::Type("mine".into()));
        session.apply(Action::Reset);
        assert_eq!(session.files, files("kind: Node"));
        session.apply(Action::UndoReset);
        assert_eq!((session.files.clone(), session.example), (files("mine"), Some("x")));
        assert!(session.playback.is_none(), "what is shown is not touched");
        session.apply(Action::Reset);
        assert_eq!(session.files, files("kind: Node"));
    }

    #[test]
    fn two_texts_change_places_and_none_is_lost() {
        let mut session = Session::new(files("kind: Node"), Some("x"), files("kind: Node"));
        session.apply(Action::Type("one".into()));
        session.apply(Action::Load { example: "y", files: files("kind: Pod") });
        session.apply(Action::Type("two".into()));
        session.apply(Action::RestoreKept);
        assert_eq!(session.files, files("one"));
        session.apply(Action::RestoreKept);
        assert_eq!((session.files.clone(), session.example), (files("two"), Some("y")));
    }

    #[test]
    fn an_empty_text_is_not_put_aside() {
        let mut session = Session::new(vec![], None, vec![]);
        session.apply(Action::Load { example: "y", files: files("kind: Pod") });
        assert_eq!(session.kept, None);
    }
}
