//! YAML in colours: which part of a line is a key, a value, a comment. A guess for the eye, not a reading.

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// Spaces, dashes, colons.
    Plain,
    /// A key.
    Key,
    /// A value.
    Value,
    /// A comment.
    Comment,
    /// `---`.
    Separator,
}

/// The parts of a line, in order; together they are the line.
#[must_use]
pub fn tinted(line: &str) -> Vec<(Tint, &str)> {
    if line.starts_with("---") || line.trim_end() == "..." {
        return vec![(Tint::Separator, line)];
    }
    let (code, comment) = line.split_at(comment_start(line));
    let mut parts = vec![];
    let start = code.find(|c: char| c != ' ' && c != '-').map_or(code.len(), |at| {
        // A dash belongs to the value unless it is an item of a list.
        let before = &code[..at];
        if before.ends_with('-') { before.trim_end_matches('-').len() } else { at }
    });
    push(&mut parts, Tint::Plain, &code[..start]);
    let rest = &code[start..];
    match key_end(rest) {
        Some(end) => {
            push(&mut parts, Tint::Key, &rest[..end]);
            push(&mut parts, Tint::Plain, &rest[end..=end]);
            push(&mut parts, Tint::Value, &rest[end + 1..]);
        }
        None => push(&mut parts, Tint::Value, rest),
    }
    push(&mut parts, Tint::Comment, comment);
    parts
}

fn push<'a>(parts: &mut Vec<(Tint, &'a str)>, tint: Tint, text: &'a str) {
    if !text.is_empty() {
        parts.push((tint, text));
    }
}

/// Where a comment begins: at a `#` at the start or after a space, outside quotes.
fn comment_start(line: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '#' && before.is_whitespace() => return at,
            None => {}
        }
        before = c;
    }
    line.len()
}

/// Where a key ends: at a colon that a space or the end follows.
fn key_end(text: &str) -> Option<usize> {
    if text.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    let at = text.find(": ").or_else(|| text.trim_end().ends_with(':').then(|| text.trim_end().len() - 1))?;
    (at > 0).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_keys_values_and_comments_and_nothing_is_lost() {
        use Tint::{Comment, Key, Plain, Value};
        for (line, tints) in [
            ("  replicas: 3 # three", vec![Plain, Key, Plain, Value, Comment]),
            ("- name: data", vec![Plain, Key, Plain, Value]),
            ("spec:", vec![Key, Plain]),
            ("  - ReadWriteOnce", vec![Plain, Value]),
            ("image: \"a#b: c\"", vec![Key, Plain, Value]),
            ("", vec![]),
            ("  ", vec![Plain]),
            ("键: 值", vec![Key, Plain, Value]),
        ] {
            let parts = tinted(line);
            assert_eq!(parts.iter().map(|(tint, _)| *tint).collect::<Vec<_>>(), tints, "{line}");
            assert_eq!(parts.iter().map(|(_, text)| *text).collect::<String>(), line);
        }
    }
}
