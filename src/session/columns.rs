//! Places as editors in a browser count them: lines from 1, columns from 0 in UTF-16 units.

use crate::manifest::yaml::Lines;

/// A text whose places are asked for.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    text: &'a str,
    lines: Lines,
}

impl<'a> Columns<'a> {
    /// Finds the lines of a text.
    #[must_use]
    pub fn of(text: &'a str) -> Columns<'a> {
        Columns { text, lines: Lines::new(text) }
    }

    /// The line and the column of a byte.
    #[must_use]
    pub fn place(&self, byte: usize) -> (usize, usize) {
        let position = self.lines.position(self.text, byte);
        let start = self.lines.line_range(self.text, position.line).start;
        let before = self.text.get(start..position.byte).unwrap_or_default();
        (position.line, before.encode_utf16().count())
    }

    /// The line and the column of a place that counts characters, both from 1.
    #[must_use]
    pub fn of_characters(&self, line: usize, column: usize) -> (usize, usize) {
        let content = self.text.get(self.lines.line_range(self.text, line)).unwrap_or_default();
        (line, content.chars().take(column.saturating_sub(1)).map(char::len_utf16).sum())
    }

    /// Characters before a column in a line.
    #[must_use]
    pub fn characters_before(&self, line: usize, column: usize) -> usize {
        let start = self.lines.line_range(self.text, line).start;
        self.text.get(start..self.byte(line, column)).unwrap_or_default().chars().count()
    }

    /// The byte at a line and a column; the nearest one before where there is no such place.
    #[must_use]
    pub fn byte(&self, line: usize, column: usize) -> usize {
        let range = self.lines.line_range(self.text, line);
        let content = self.text.get(range.clone()).unwrap_or_default();
        let mut units = 0;
        let within = content.char_indices().find(|(_, char)| {
            units += char.len_utf16();
            units > column
        });
        within.map_or(range.end, |(byte, _)| range.start + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_utf16_units_and_lead_back_to_their_bytes() {
        let text = "a: ü𝄞x\r\nb: 设置\n";
        let columns = Columns::of(text);
        assert_eq!(columns.place(text.find('x').expect("x")), (1, 6));
        assert_eq!(columns.place(text.find('置').expect("a character")), (2, 4));
        assert_eq!((columns.of_characters(1, 6), columns.of_characters(1, 1)), ((1, 6), (1, 0)));
        assert_eq!((columns.characters_before(1, 6), columns.characters_before(2, 99)), (5, 5));
        for (byte, _) in text.char_indices().filter(|(_, char)| !matches!(char, '\r' | '\n')) {
            let (line, column) = columns.place(byte);
            assert_eq!(columns.byte(line, column), byte);
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_the_nearest_before() {
        let columns = Columns::of("ab\ncd");
        assert_eq!((columns.byte(1, 9), columns.byte(2, 9), columns.byte(7, 0)), (2, 5, 5));
        assert_eq!(Columns::of("𝄞x").byte(1, 1), 0);
    }
}
