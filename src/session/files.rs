//! The files of the editor: opened, added, renamed, closed and brought back.

use super::state::Session;
use super::{File, Reading};
use std::rc::Rc;

/// A file that was closed, and where it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// The file.
    pub file: File,
    index: usize,
    key: u32,
}

/// Files that were closed and can be brought back.
const MOST_CLOSED: usize = 20;
/// Longer names are cut, in characters.
const NAME_LENGTH: usize = 80;

/// The numbers by which an editor knows files whose names and places change.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    of_files: Vec<u32>,
    last: u32,
}

impl Keys {
    /// Numbers for files that nobody knows yet.
    pub(super) fn renew(&mut self, files: usize) {
        self.of_files.clear();
        for _ in 0..files {
            self.add();
        }
    }

    fn add(&mut self) {
        self.last += 1;
        self.of_files.push(self.last);
    }
}

impl Session {
    /// The numbers of the files, in their order; a file keeps its number while it is open, and when it is brought back.
    #[must_use]
    pub fn keys(&self) -> &[u32] {
        &self.keys.of_files
    }

    /// The numbers of all files that an editor may be asked for again: those that are open, and those that can be brought back.
    #[must_use]
    pub fn known_keys(&self) -> Vec<u32> {
        self.keys.of_files.iter().copied().chain(self.closed.iter().map(|closed| closed.key)).collect()
    }

    /// The number of the file in front.
    #[must_use]
    pub fn key(&self) -> u32 {
        self.keys.of_files.get(self.active).copied().unwrap_or_default()
    }

    /// The file that was closed last and can be brought back.
    #[must_use]
    pub fn last_closed(&self) -> Option<&File> {
        self.closed.last().map(|closed| &closed.file)
    }

    pub(super) fn add_file(&mut self, name: &str, text: String) {
        let name = self.free_name(name);
        self.files.push(File { name, text });
        self.keys.add();
        self.active = self.files.len() - 1;
    }

    /// Files from elsewhere. They take the place of an example that was not edited: nothing is lost with it.
    pub(super) fn open_files(&mut self, opened: Vec<File>) {
        if opened.is_empty() {
            return;
        }
        let is_blank = self.files.iter().all(|file| file.text.trim().is_empty());
        let replaces = !self.is_edited() || is_blank;
        if replaces {
            self.files.clear();
            self.keys.renew(0);
            self.example = None;
            self.pristine.clear();
        }
        let first = self.files.len();
        for file in opened {
            self.add_file(&file.name, file.text);
        }
        self.active = first;
        self.read();
    }

    pub(super) fn rename_file(&mut self, index: usize, name: &str) {
        let name: String = name.trim().chars().filter(|char| !char.is_control()).take(NAME_LENGTH).collect();
        let Some(file) = self.files.get_mut(index) else { return };
        if name.is_empty() || file.name == name {
            return;
        }
        file.name.clear();
        let name = self.free_name(&name);
        if let Some(file) = self.files.get_mut(index) {
            file.name = name;
        }
    }

    pub(super) fn remove_file(&mut self, index: usize) {
        if self.files.len() < 2 || index >= self.files.len() || index >= self.keys.of_files.len() {
            return;
        }
        let closed = Closed { file: self.files.remove(index), index, key: self.keys.of_files.remove(index) };
        self.closed.push(closed);
        if self.closed.len() > MOST_CLOSED {
            self.closed.remove(0);
        }
        if self.active >= index && self.active > 0 {
            self.active -= 1;
        }
        self.read();
    }

    pub(super) fn reopen_file(&mut self) {
        let Some(Closed { mut file, index, key }) = self.closed.pop() else { return };
        file.name = self.free_name(&file.name);
        let index = index.min(self.files.len()).min(self.keys.of_files.len());
        self.files.insert(index, file);
        self.keys.of_files.insert(index, key);
        self.active = index;
        self.read();
    }

    /// The example as it was; what was made of it is put aside.
    pub(super) fn reset(&mut self) {
        if !self.is_resettable() {
            return;
        }
        let (example, pristine) = (self.example, self.pristine.clone());
        self.put_aside();
        self.files.clone_from(&pristine);
        (self.example, self.pristine) = (example, pristine);
        self.active = 0;
        self.keys.renew(self.files.len());
        self.read();
    }

    pub(super) fn read(&mut self) {
        self.reading = Rc::new(Reading::of(&self.files).said_in(self.language));
    }

    fn free_name(&self, wanted: &str) -> String {
        let (stem, suffix) = wanted.rsplit_once('.').unwrap_or((wanted, "yaml"));
        let taken = |name: &str| self.files.iter().any(|file| file.name == name);
        (1..)
            .map(|number| if number == 1 { wanted.to_owned() } else { format!("{stem}-{number}.{suffix}") })
            .find(|name| !taken(name))
            .unwrap_or_else(|| wanted.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.into(), text: text.into() }
    }

    fn names(session: &Session) -> Vec<&str> {
        session.files.iter().map(|file| file.name.as_str()).collect()
    }

    fn three() -> Session {
        let files = vec![file("a.yaml", "a: 1"), file("b.yaml", "b: 1"), file("c.yaml", "c: 1")];
        Session::new(files, None, vec![])
    }

    #[test]
    fn a_closed_file_comes_back_where_it_was_and_is_the_same_to_the_editor() {
        let mut session = three();
        let keys = session.keys().to_vec();
        session.apply(Action::RemoveFile(1));
        session.apply(Action::RemoveFile(0));
        assert_eq!(names(&session), ["c.yaml"]);
        assert_eq!(session.known_keys().len(), 3, "its history is kept as well");
        assert_eq!(session.last_closed().map(|file| file.name.as_str()), Some("a.yaml"));
        session.apply(Action::ReopenFile);
        session.apply(Action::ReopenFile);
        assert_eq!(names(&session), ["a.yaml", "b.yaml", "c.yaml"]);
        assert_eq!((session.keys(), session.active), (&keys[..], 1));
        session.apply(Action::ReopenFile);
        assert_eq!(session.files.len(), 3);
    }

    #[test]
    fn a_renamed_file_keeps_its_key_and_takes_no_name_of_another() {
        let mut session = three();
        let key = session.keys()[1];
        session.apply(Action::RenameFile(1, "  c.yaml ".into()));
        assert_eq!(names(&session), ["a.yaml", "c-2.yaml", "c.yaml"]);
        session.apply(Action::RenameFile(1, "  ".into()));
        session.apply(Action::RenameFile(9, "x".into()));
        session.apply(Action::RenameFile(1, "d.yaml".into()));
        assert_eq!(names(&session), ["a.yaml", "d.yaml", "c.yaml"]);
        assert_eq!(session.keys()[1], key);
    }

    #[test]
    fn opened_files_replace_an_untouched_example_and_join_what_was_edited() {
        let files = vec![file("db.yaml", "kind: Node")];
        let mut session = Session::new(files.clone(), Some("x"), files);
        session.apply(Action::OpenFiles(vec![file("mine.yaml", "a: 1"), file("mine.yaml", "a: 2")]));
        assert_eq!(names(&session), ["mine.yaml", "mine-2.yaml"]);
        assert_eq!((session.example, session.active), (None, 0));
        session.apply(Action::OpenFiles(vec![file("more.yaml", "a: 3")]));
        assert_eq!(names(&session), ["mine.yaml", "mine-2.yaml", "more.yaml"]);
        assert_eq!(session.active, 2);
        assert_eq!(session.keys().len(), 3);
        session.apply(Action::OpenFiles(vec![]));
        assert_eq!(session.files.len(), 3);
    }

    #[test]
    fn reset_brings_the_example_back_and_puts_the_edited_text_aside() {
        let files = vec![file("db.yaml", "kind: Node")];
        let mut session = Session::new(files.clone(), Some("x"), files.clone());
        let key = session.key();
        session.apply(Action::Reset);
        assert_eq!((session.key(), session.kept.is_none()), (key, true), "nothing to reset");
        session.apply(Action::Type("mine".into()));
        session.apply(Action::Reset);
        assert_eq!(session.files, files);
        assert_eq!(session.kept, Some(vec![file("db.yaml", "mine")]));
        assert_ne!(session.key(), key, "its history is another");
    }
}
