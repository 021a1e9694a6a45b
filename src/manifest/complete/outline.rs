//! What the indentation of a text says: good enough for a text that is still being written and cannot be read as YAML.
//! Knows blocks alone; what stands in braces or brackets is one value (`flow` looks into it).

/// A line of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The byte of the text at which it begins.
    pub start: usize,
    /// Its text, without what ends it.
    pub text: &'a str,
    /// Columns of the dashes that begin items, in bytes from 0.
    pub dashes: Vec<usize>,
    /// The column of what comes after blanks and dashes.
    pub column: usize,
    /// The key, without its quotes.
    pub key: Option<&'a str>,
    /// The column after the key, where its colon is.
    pub key_end: usize,
    /// Columns of the value, without a comment; where there is none, of the place for it.
    pub value: (usize, usize),
}

impl<'a> Line<'a> {
    fn read(start: usize, text: &'a str) -> Line<'a> {
        let mut column = text.len() - text.trim_start_matches(' ').len();
        let mut dashes = Vec::new();
        while let Some(rest) =
            from(text, column).strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            dashes.push(column);
            column = text.len() - rest.trim_start_matches(' ').len();
        }
        let content = from(text, column);
        let mut line = Line { start, text, dashes, column, key: None, key_end: column, value: (column, column) };
        if content.is_empty() || content.starts_with('#') {
            return line;
        }
        let mut value = column;
        if let Some((key, length)) = key(content) {
            line.key = Some(key);
            line.key_end = column + length;
            let after = from(text, line.key_end + 1);
            value = text.len() - after.trim_start_matches([' ', '\t']).len();
        }
        line.value = (value, value + without_comment(from(text, value)).len());
        line
    }

    /// Whether there is nothing on it, or only a comment.
    pub fn is_empty(&self) -> bool {
        self.dashes.is_empty() && self.key.is_none() && self.value.0 == self.value.1
    }

    /// The value, as it is written.
    pub fn value(&self) -> &'a str {
        self.text.get(self.value.0..self.value.1).unwrap_or_default()
    }

    /// The column of the first dash, or else of the content.
    pub fn outer(&self) -> usize {
        self.dashes.first().copied().unwrap_or(self.column)
    }
}

fn from(text: &str, column: usize) -> &str {
    text.get(column..).unwrap_or_default()
}

/// The key at the start of a content, and its length with quotes.
fn key(content: &str) -> Option<(&str, usize)> {
    let ends = |rest: &str| rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    if let Some(quote) = content.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let inner = content.get(1..)?.split(quote).next()?;
        let length = inner.len() + 2;
        return ends(content.get(length..)?).then_some((inner, length));
    }
    if content.starts_with(['{', '[', '|', '>', '&', '*', '!', '%', '@', '`']) {
        return None;
    }
    let end = content.match_indices(':').find(|(at, _)| ends(from(content, *at)))?.0;
    let key = content.get(..end)?;
    // A hash after a blank begins a comment, and the colon is in it.
    (!key.contains(" #")).then(|| (key.trim_end(), end))
}

fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    let quoted = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    let end = match quoted.and_then(|quote| value.get(1..)?.find(quote)) {
        Some(inner) => inner + 2,
        None => value.find(" #").unwrap_or(value.len()),
    };
    value.get(..end).unwrap_or(value).trim_end()
}

/// What a place is inside of, from the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    /// The value of a key in a column.
    Key(usize, &'a str),
    /// An item whose dash is in a column.
    Item(usize),
}

impl Frame<'_> {
    fn column(self) -> usize {
        match self {
            Frame::Key(column, _) | Frame::Item(column) => column,
        }
    }
}

/// The document around a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline<'a> {
    /// Its lines.
    pub lines: Vec<Line<'a>>,
    /// The line with the place.
    pub here: usize,
}

/// What is at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A word that is, or will be, a key or an item; whether a colon follows.
    Word { from: usize, to: usize, has_colon: bool },
    /// The value of a key.
    Value { from: usize, to: usize },
}

/// The documents of a text.
pub(super) fn documents(text: &str) -> Vec<Outline<'_>> {
    let mut outlines = vec![Outline::default()];
    for line in lines(text) {
        if is_separator(line.text) {
            outlines.push(Outline::default());
        } else if let Some(last) = outlines.last_mut() {
            last.lines.push(line);
        }
    }
    outlines
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').chain((text.is_empty() || text.ends_with('\n')).then_some("")).map(move |whole| {
        let line = Line::read(start, whole.trim_end_matches(['\n', '\r']));
        start += whole.len();
        line
    })
}

fn is_separator(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

impl<'a> Outline<'a> {
    /// The document around a byte of a text.
    pub fn around(text: &'a str, byte: usize) -> Option<Outline<'a>> {
        let holds = |line: &Line<'_>| (line.start..=line.start + line.text.len()).contains(&byte);
        documents(text).into_iter().find_map(|outline| {
            let here = outline.lines.iter().position(holds)?;
            Some(Outline { here, ..outline })
        })
    }

    /// What each line is inside of; lines of text in block style are left out.
    pub fn walk(
        &self,
        until: usize,
        mut visit: impl FnMut(&Line<'a>, &[Frame<'a>]),
    ) -> (Vec<Frame<'a>>, Option<usize>) {
        let mut frames = Vec::new();
        // The column beyond which lines are text.
        let mut text = None;
        for line in self.lines.iter().take(until).filter(|line| !line.is_empty()) {
            if text.is_some_and(|column| line.outer() > column) {
                continue;
            }
            let last_dash = line.dashes.last().copied();
            enter(&mut frames, &line.dashes, line.column);
            text = line.value().starts_with(['|', '>']).then(|| match line.key {
                Some(_) => line.column,
                None => last_dash.unwrap_or(line.column),
            });
            visit(line, &frames);
            if let Some(key) = line.key {
                frames.push(Frame::Key(line.column, key));
            }
        }
        (frames, text)
    }

    /// What is at a byte, and what that is inside of; none in comments and in texts.
    pub fn spot(&self, byte: usize) -> Option<(Spot, Vec<Frame<'a>>)> {
        let line = self.lines.get(self.here)?;
        let at = byte.checked_sub(line.start)?;
        let (mut frames, text) = self.walk(self.here, |_, _| {});
        let column = if line.value.0 == line.value.1 && line.key.is_none() {
            // Nothing is there yet: what counts is where the place is.
            if at < line.column || from(line.text, line.column).starts_with('#') {
                let blank = line.dashes.is_empty() && line.text.get(..at)?.trim().is_empty();
                blank.then_some(at)?
            } else {
                at
            }
        } else {
            line.column
        };
        if text.is_some_and(|text| line.dashes.first().copied().unwrap_or(column) > text) || at < column {
            return None;
        }
        enter(&mut frames, &line.dashes, column);
        let (from, to) = line.value;
        if line.key.is_some() {
            if at <= line.key_end {
                return Some((Spot::Word { from: line.column, to: line.key_end, has_colon: true }, frames));
            }
            frames.push(Frame::Key(line.column, line.key?));
            if at == line.key_end + 1 || (at > to && from < to) {
                return None;
            }
            let (from, to) = if from == to { (at, at) } else { (from.min(at), to) };
            return Some((Spot::Value { from, to }, frames));
        }
        match (from == to, line.value().contains(' ')) {
            (true, _) => Some((Spot::Word { from: at, to: at, has_colon: false }, frames)),
            (false, false) if at <= to => Some((Spot::Word { from, to, has_colon: false }, frames)),
            _ => None,
        }
    }

    /// Keys that are written in the mapping that has this column around the line here.
    pub fn siblings(&self, column: usize) -> Vec<&'a str> {
        let mut found = Vec::new();
        let (before, after) = self.lines.split_at(self.here.min(self.lines.len()));
        if self.lines.get(self.here).is_none_or(|line| line.dashes.is_empty()) {
            for line in before.iter().rev().filter(|line| !line.is_empty()) {
                if line.column == column && (line.dashes.is_empty() || line.outer() < column) {
                    found.extend(line.key);
                }
                if line.outer() < column {
                    break;
                }
            }
        }
        for line in after.iter().skip(1).filter(|line| !line.is_empty()) {
            if line.outer() < column {
                break;
            }
            if line.column == column && line.dashes.is_empty() {
                found.extend(line.key);
            }
        }
        found
    }

    /// The value of a key of the document itself.
    pub fn top(&self, name: &str) -> Option<&'a str> {
        self.all(&[name]).first().map(|(_, value)| *value)
    }

    /// Keys and values at a path that may go through lists; of all keys where it ends with `*`.
    pub fn all(&self, path: &[&str]) -> Vec<(&'a str, &'a str)> {
        let mut found = Vec::new();
        let Some((last, above)) = path.split_last() else { return found };
        self.walk(self.lines.len(), |line, frames| {
            let names = frames.iter().filter_map(|frame| match frame {
                Frame::Key(_, name) => Some(*name),
                Frame::Item(_) => None,
            });
            if let Some(key) = line.key.filter(|key| *last == "*" || key == last)
                && names.eq(above.iter().copied())
            {
                found.push((key, line.value().trim_matches(['"', '\''])));
            }
        });
        found
    }
}

/// Leaves what a line with these dashes and its content in this column is no longer inside of.
pub(super) fn enter(frames: &mut Vec<Frame<'_>>, dashes: &[usize], column: usize) {
    for dash in dashes {
        // A list may stand in the column of its key.
        frames.retain(|frame| frame.column() < *dash || matches!(frame, Frame::Key(column, _) if column == dash));
        frames.push(Frame::Item(*dash));
    }
    if let Some(end) = frames.iter().position(|frame| frame.column() >= column && !dashes.contains(&frame.column())) {
        frames.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the place of `^` is inside of.
    fn inside(marked: &str) -> Option<(Spot, String)> {
        let byte = marked.find('^').expect("a mark");
        let text = marked.replace('^', "");
        let outline = Outline::around(&text, byte).expect("a document");
        let (spot, frames) = outline.spot(byte)?;
        let names = frames.iter().map(|frame| match frame {
            Frame::Key(_, name) => *name,
            Frame::Item(_) => "-",
        });
        Some((spot, names.collect::<Vec<_>>().join(" ")))
    }

    fn path(marked: &str) -> String {
        inside(marked).map_or("nothing".into(), |(_, path)| path)
    }

    #[test]
    fn indentation_says_what_a_place_is_inside_of() {
        assert_eq!(path("a:\n  b:\n    ^"), "a b");
        assert_eq!(path("a:\n  b:\n    c: 1\n  ^"), "a");
        assert_eq!(path("a:\n  b: 1\n^"), "");
        assert_eq!(path("a:\n- b: 1\n  ^"), "a -");
        assert_eq!(path("a:\n  - b:\n      c^: 1"), "a - b");
        assert_eq!(path("a:\n- b: 1\n- ^"), "a -");
        assert_eq!(path("a:\n- b: 1\nc^"), "");
        assert_eq!(path("a:\n  b: 1\n---\nc:\n  ^"), "c");
        assert_eq!(path("s:\n  c:\n  - n: 1\n  ^"), "s");
        assert_eq!(path("s:\r\n  c:\r\n    ^\r\n"), "s c");
    }

    #[test]
    fn a_key_is_told_from_a_value() {
        let word = |marked| match inside(marked).expect("a spot").0 {
            Spot::Word { from, to, has_colon } => (from, to, has_colon),
            Spot::Value { .. } => unreachable!("{marked} is no word"),
        };
        assert_eq!(word("a:\n  re^"), (2, 4, false));
        assert_eq!(word("a:\n  r^e: 3"), (2, 4, true));
        assert_eq!(word("a:\n- r^e"), (2, 4, false));
        let value = |marked| match inside(marked).expect("a spot") {
            (Spot::Value { from, to }, path) => (from, to, path),
            (Spot::Word { .. }, _) => unreachable!("{marked} is no value"),
        };
        assert_eq!(value("a: ^"), (3, 3, "a".into()));
        assert_eq!(value("a:   x^y # z"), (5, 7, "a".into()));
        assert_eq!(value("a:\n- b: \"^\""), (5, 7, "a - b".into()));
    }

    #[test]
    fn comments_and_texts_are_left_alone() {
        assert_eq!(inside("a: 1 # ^"), None);
        assert_eq!(inside("# ^"), None);
        assert_eq!(inside("a: |\n  some ^"), None);
        assert_eq!(inside("a: |\n  ^"), None);
        assert_eq!(inside("a: some words^ here\nb"), Some((Spot::Value { from: 3, to: 18 }, "a".into())));
        assert_eq!(inside("some words^"), None);
        assert_eq!(path("a: |\n  b: 1\nc:\n  ^"), "c");
        assert_eq!(inside("a:^"), None);
    }

    #[test]
    fn keys_beside_a_place_are_known_before_and_after() {
        let siblings = |marked: &str, column| {
            let byte = marked.find('^').expect("a mark");
            let text = marked.replace('^', "");
            Outline::around(&text, byte).expect("a document").siblings(column).join(" ")
        };
        assert_eq!(siblings("a:\n  b: 1\n  ^\n  c:\n    d: 1\ne: 1\n", 2), "b c");
        assert_eq!(siblings("a:\n- b: 1\n  c: 1\n- d: 1\n  ^\n- e: 1", 2), "d");
        assert_eq!(siblings("a:\n- ^\n  d: 1\n- e: 1", 2), "d");
        assert_eq!(siblings("a:\n  b:\n  - c: 1\n  ^", 2), "b");
    }

    #[test]
    fn values_are_found_by_their_path() {
        let text = "kind: Pod # x\nmetadata: {name: a}\nspec:\n  volumes:\n  - name: \"data\"\n    x: 1\n  - x: 1\n    name: logs\n";
        let outline = Outline::around(text, 0).expect("a document");
        assert_eq!(outline.top("kind"), Some("Pod"));
        assert_eq!(outline.all(&["spec", "volumes", "name"]), [("name", "data"), ("name", "logs")]);
        assert_eq!(outline.all(&["spec", "volumes", "*"]).len(), 4);
    }

    #[test]
    fn no_text_makes_it_stumble() {
        for text in
            ["", "-", "- -", "---", ":", "\"", "'a", "\t", "a: '", "- - - a:\n-\n  -", "ü: ü\n  ü", "a:\n #\n   b"]
        {
            for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
                if let Some(outline) = Outline::around(text, byte) {
                    let _ = outline.spot(byte);
                    let _ = outline.siblings(byte);
                }
            }
        }
    }
}
