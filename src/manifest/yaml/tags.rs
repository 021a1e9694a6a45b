//! A tag with a comma right after it. go-yaml takes the comma for a part of the tag, and the parser here panics: it must not
//! see one, and nobody means it.

use libyaml_safer::{Scanner, TokenData};

/// Bytes that are looked at for it, at most.
const MAX_SCANNED: usize = 4 << 20;

/// The byte of the first comma that follows a tag at once; of one that may do so where there are too many to tell.
pub(super) fn before_comma(text: &str) -> Option<usize> {
    let mut budget = MAX_SCANNED;
    for (at, _) in text.match_indices('!') {
        let is_in_word =
            text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
        let rest = text.get(at..).unwrap_or_default();
        let length = match rest.strip_prefix("!<") {
            Some(verbatim) => verbatim.find('>').map(|end| end + "!<>".len()),
            None => rest.find(|c: char| c == ',' || c.is_whitespace()),
        };
        let Some(end) = length.map(|length| at + length) else { continue };
        if is_in_word || !text.get(end..).is_some_and(|rest| rest.starts_with(',')) {
            continue;
        }
        let Some(left) = budget.checked_sub(end) else { return Some(end) };
        budget = left;
        if is_tag(text.get(..end).unwrap_or_default(), at) {
            return Some(end);
        }
    }
    None
}

/// Whether a tag begins at a byte of a text that ends with it; it may be in a comment or in quotes.
fn is_tag(text: &str, at: usize) -> bool {
    // The scanner wants the last line ended.
    let text = format!("{text}\n");
    let mut scanner = Scanner::<&[u8]>::new();
    scanner.set_encoding(libyaml_safer::Encoding::Utf8);
    scanner.set_input(text.as_bytes());
    let mut tokens = scanner.map_while(Result::ok);
    tokens.any(|token| matches!(token.data, TokenData::Tag { .. }) && usize::try_from(token.start_mark.index) == Ok(at))
}
