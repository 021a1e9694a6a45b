//! What holds for every text that is taken for a link. The tests and the fuzz target share it.

use setwise::link::{Fragment, MAX_CHARACTERS, decode, encode, message};

/// Reads a text as a link and as a message of a host.
///
/// # Panics
/// If a moment does not survive being made a link again, or if anything on the way panics.
pub fn check(text: &str) {
    let _ = message::read(text);
    let _ = Fragment::of(text);
    if let Ok(moment) = decode(text)
        && let Ok(again) = encode(&moment)
    {
        assert!(again.len() <= MAX_CHARACTERS);
        assert_eq!(decode(&again), Ok(moment));
    }
}
