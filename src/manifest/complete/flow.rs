//! Places within braces and brackets, of one line or several, closed or not yet.

use super::outline::{Frame, Line, Outline, Spot, enter};

/// Lines above a place in which a brace may have been opened.
const MAX_LINES: usize = 200;

/// A place within braces or brackets.
pub(super) struct Flow<'a> {
    /// What is there, in columns of its line.
    pub spot: Spot,
    /// What it is inside of, from the outside.
    pub frames: Vec<Frame<'a>>,
    /// Keys that are written beside it.
    pub written: Vec<&'a str>,
    /// Whether it is an item of a list.
    pub is_item: bool,
}

/// A brace or bracket that is open.
enum Open<'a> {
    Map { keys: Vec<&'a str>, key: Option<&'a str> },
    List,
}

/// What is open at a column of a line, and the column where the word there begins.
struct State<'a> {
    open: Vec<Open<'a>>,
    word: Option<usize>,
    quote: Option<char>,
}

/// What is at a byte, if that is within braces or brackets.
pub(super) fn around<'a>(outline: &Outline<'a>, byte: usize) -> Option<Flow<'a>> {
    let line = outline.lines.get(outline.here)?;
    let column = byte.checked_sub(line.start)?;
    let first = outline.here.saturating_sub(MAX_LINES);
    let mut lines = outline.lines.iter().enumerate().take(outline.here + 1).skip(first);
    let (begin, state) = lines.find_map(|(index, line)| {
        let begins = line.value().starts_with(['{', '[']);
        if begins { Some((index, read(outline, index, column)?)) } else { None }
    })?;
    let State { mut open, word, quote } = state;
    let from = word.unwrap_or(column);
    let rest = line.text.get(column..)?;
    let ends = |c: char| match quote {
        Some(quote) => c == quote,
        None => c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']'),
    };
    let to = column + rest.find(ends).map_or(rest.len(), |end| end + usize::from(quote.is_some()));
    let (mut frames, _) = outline.walk(begin, |_, _| {});
    let opening = outline.lines.get(begin)?;
    enter(&mut frames, &opening.dashes, opening.column);
    frames.extend(opening.key.map(|key| Frame::Key(opening.column, key)));
    let innermost = open.pop()?;
    frames.extend(open.iter().map(|open| match open {
        Open::Map { key, .. } => Frame::Key(opening.column, key.unwrap_or_default()),
        Open::List => Frame::Item(opening.column),
    }));
    let has_colon = line.text.get(to..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    Some(match innermost {
        Open::Map { keys, key: None } => {
            Flow { spot: Spot::Word { from, to, has_colon }, frames, written: keys, is_item: false }
        }
        Open::Map { keys, key: Some(key) } => {
            frames.push(Frame::Key(opening.column, key));
            Flow { spot: Spot::Value { from, to }, frames, written: keys, is_item: false }
        }
        Open::List => {
            frames.push(Frame::Item(opening.column));
            Flow { spot: Spot::Word { from, to, has_colon: false }, frames, written: vec![], is_item: true }
        }
    })
}

/// What is open at a column of the line here, from the value of a line on; none where all is closed, or in a comment.
fn read<'a>(outline: &Outline<'a>, begin: usize, column: usize) -> Option<State<'a>> {
    let mut state = State { open: vec![], word: None, quote: None };
    let opening = outline.lines.get(begin)?;
    let is_in_block = opening.key.is_some() || !opening.dashes.is_empty();
    for (index, line) in outline.lines.iter().enumerate().take(outline.here + 1).skip(begin) {
        // What begins no deeper than the line with the brace goes on without it, though nobody closed it.
        if is_in_block && index > begin && !line.is_empty() && line.outer() <= opening.outer() {
            return None;
        }
        let is_here = index == outline.here;
        let start = if index == begin { line.value.0 } else { 0 };
        let end = if is_here { column } else { line.text.len() };
        let is_comment = state.read_line(line, start, end)?;
        if is_here && is_comment {
            return None;
        }
        if !is_here && state.quote.is_none() {
            state.word = None;
        }
    }
    (!state.open.is_empty()).then_some(state)
}

impl<'a> State<'a> {
    /// Reads a part of a line; none where everything is closed. Whether it ends in a comment.
    fn read_line(&mut self, line: &Line<'a>, start: usize, end: usize) -> Option<bool> {
        let part = line.text.get(start..end).unwrap_or_default();
        for (at, c) in part.char_indices() {
            let column = start + at;
            if let Some(quote) = self.quote {
                self.quote = (c != quote).then_some(quote);
                continue;
            }
            match c {
                '"' | '\'' if self.word.is_none() => {
                    self.quote = Some(c);
                    self.word = Some(column);
                }
                '{' if self.word.is_none() => self.open.push(Open::Map { keys: vec![], key: None }),
                '[' if self.word.is_none() => self.open.push(Open::List),
                '}' | ']' => {
                    self.open.pop();
                    self.word = None;
                    if self.open.is_empty() {
                        return None;
                    }
                }
                ',' => {
                    self.word = None;
                    if let Some(Open::Map { key, .. }) = self.open.last_mut() {
                        *key = None;
                    }
                }
                ':' => self.colon(line.text, column),
                '#' if self.word.is_none() => return Some(true),
                c if c.is_whitespace() => {}
                _ => self.word = self.word.or(Some(column)),
            }
        }
        Some(false)
    }

    fn colon(&mut self, text: &'a str, column: usize) {
        let Some(Open::Map { keys, key: key @ None }) = self.open.last_mut() else { return };
        let Some(word) = self.word.and_then(|word| text.get(word..column)) else { return };
        let after = text.get(column + 1..).unwrap_or_default();
        if after.is_empty() || after.starts_with([' ', '\t']) || word.ends_with(['"', '\'']) {
            let name = word.trim_end().trim_matches(['"', '\'']);
            keys.push(name);
            *key = Some(name);
            self.word = None;
        }
    }
}
