//! Places in a text: bytes for edits, lines and columns for people.

use std::ops::Range;

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Bytes before it.
    pub byte: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A stretch of a text; `end` is the place after its last character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl Span {
    /// From the start of one span to the end of another.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end.max(self.end) }
    }

    /// The bytes.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start.byte..self.end.byte
    }
}

/// Where the lines of a text begin. A line ends with LF, CR LF or CR, as in YAML.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
    /// Characters before every block of bytes, so that a column in a very long line is found without counting it all.
    characters: Vec<usize>,
}

/// Bytes in a block.
const BLOCK: usize = 1024;

/// Characters that begin in some bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        let characters = bytes.chunks(BLOCK).scan(0, |before, block| {
            let this = *before;
            *before += count(block);
            Some(this)
        });
        Lines {
            starts: std::iter::once(0).chain(ends.map(|(index, _)| index + 1)).collect(),
            characters: characters.collect(),
        }
    }

    /// How many lines there are; the text after the last line break counts, even if empty.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Characters before a byte.
    fn characters_before(&self, text: &str, byte: usize) -> usize {
        // A text that ends with a full block has none after it.
        let block = (byte / BLOCK).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(block * BLOCK..byte).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or(0) + count(rest)
    }

    /// The place of a byte. One past the end, or inside a character, counts as the next smaller one that is a place.
    #[must_use]
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.characters_before(text, byte).saturating_sub(self.characters_before(text, start)) + 1;
        Position { byte, line, column }
    }

    /// The places of a range of bytes.
    #[must_use]
    pub fn span(&self, text: &str, range: Range<usize>) -> Span {
        Span { start: self.position(text, range.start), end: self.position(text, range.end) }
    }

    /// The bytes of a line (from 1), without its line break.
    #[must_use]
    pub fn line_range(&self, text: &str, line: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(text.len());
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        let content = text.get(start..end).unwrap_or_default();
        start..start + content.trim_end_matches(['\n', '\r']).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_in_long_lines_too() {
        for length in [0, 1, 511, 512, 513, 1024, 3000] {
            let text = format!("a\n{}x", "ü".repeat(length));
            let place = Lines::new(&text).position(&text, text.len());
            assert_eq!((place.line, place.column), (2, length + 2), "{length}");
        }
    }
}
