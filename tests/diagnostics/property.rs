//! Whatever the text is: a fix changes only what it says, leaves the text as readable as it was, and fixes come to an end.

use crate::{after, codes, one};
use proptest::prelude::*;
use setwise::manifest::{Diagnostic, SourceFile, mend, read};
use std::collections::BTreeSet;

fn unreadable(diagnostics: &[Diagnostic]) -> usize {
    let yaml = diagnostics.iter().filter(|it| it.code.as_str().starts_with("yaml-"));
    yaml.filter(|it| it.severity == setwise::manifest::Severity::Error).count()
}

/// Bytes of a text that are in none of some ranges.
fn outside(text: &str, mut ranges: Vec<(usize, usize)>) -> String {
    ranges.sort_unstable();
    let mut kept = String::new();
    let mut at = 0;
    for (start, end) in ranges {
        assert!(start >= at, "two edits of one place");
        kept.push_str(&text[at..start]);
        at = end;
    }
    kept.push_str(&text[at..]);
    kept
}

fn check(text: &str) {
    let found = read(&one(text)).diagnostics;
    for diagnostic in &found {
        for fix in &diagnostic.fixes {
            let mended = after(fix, text);
            assert_ne!(mended, text, "{} changes nothing", fix.title);
            let kept = outside(text, fix.edits.iter().map(|edit| (edit.start_byte, edit.end_byte)).collect());
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|edit| (edit.start_byte, edit.end_byte));
            let mut moved: isize = 0;
            let ranges = edits.iter().map(|edit| {
                let start = edit.start_byte.checked_add_signed(moved).unwrap();
                moved += isize::try_from(edit.text.len()).unwrap();
                moved -= isize::try_from(edit.end_byte - edit.start_byte).unwrap();
                (start, start + edit.text.len())
            });
            assert_eq!(outside(&mended, ranges.collect()), kept, "{}", fix.title);
            let now = read(&one(&mended)).diagnostics;
            assert!(unreadable(&now) <= unreadable(&found), "{}:\n{text}\n=>\n{mended}", fix.title);
        }
    }
    ends(text);
}

/// The first fix that is offered, again and again.
fn ends(text: &str) {
    let mut text = text.to_owned();
    let mut seen = BTreeSet::new();
    while let Some(fix) = read(&one(&text)).diagnostics.iter().find_map(|it| it.fixes.first().cloned()) {
        assert!(seen.insert(text.clone()), "{} comes back to:\n{text}", fix.title);
        assert!(seen.len() < 100, "no end in sight: {}:\n{text}", fix.title);
        text = after(&fix, &text);
    }
}

fn seeds() -> Vec<String> {
    codes::all().into_values().flatten().map(|case| case.text).collect()
}

#[test]
fn fixes_of_the_examples_are_local_and_come_to_an_end() {
    seeds().iter().for_each(|text| check(text));
}

const PIECES: [&str; 22] = [
    "---\n",
    "\t",
    "\r\n",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "# c\n",
    "größe",
    "网站",
    "null",
    "-1",
    "  ",
    "\n",
    "apiVersion: v1\n",
    "kind: Pod\n",
    "selector:\n",
    "&a ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixes_of_a_broken_manifest_are_local_and_come_to_an_end(
        seed in prop::sample::select(seeds()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(&PIECES[..])), 1..4),
    ) {
        let mut text: Vec<char> = seed.chars().collect();
        for (at, removed, piece) in changes {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + removed).min(text.len());
            text.splice(at..end, piece.chars());
        }
        check(&text.into_iter().collect::<String>());
    }

    #[test]
    fn mending_two_files_at_once_comes_to_an_end(one in prop::sample::select(seeds()), other in prop::sample::select(seeds())) {
        let mut files = [one, other].map(|text| SourceFile { name: "a".into(), text });
        mend(&mut files);
        let made = mend(&mut files.clone());
        prop_assert!(made.is_empty(), "{made:?}");
    }
}
