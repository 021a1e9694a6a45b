//! No input makes the reader panic, and every place it gives is in the text.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "manifest/hostile.rs"]
mod hostile;
#[path = "manifest/reading.rs"]
mod reading;

use proptest::prelude::*;
use reading::check;
use std::fs;
use std::path::Path;

const SEEDS: [&str; 3] = [
    include_str!("manifest/1-headless-service.yaml"),
    include_str!("manifest/2-claim-and-statefulset.yaml"),
    include_str!("manifest/3-autoscaler.yaml"),
];

const PIECES: [&str; 26] = [
    "---\n",
    "...\n",
    "\t",
    "\r\n",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!str ",
    "|\n",
    "\"",
    "'",
    "# c\n",
    "\u{feff}",
    "größe",
    "null",
    "-1",
    "99999999999999999999",
    "apiVersion: v1\n",
    "kind: List\nitems:\n",
    "? ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_soup_of_yaml_is_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_mutation_of_a_manifest_is_read(
        seed in prop::sample::select(&SEEDS[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..20, prop::sample::select(&PIECES[..])), 1..6),
    ) {
        let mut text: Vec<char> = seed.chars().collect();
        for (at, removed, piece) in changes {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + removed).min(text.len());
            text.splice(at..end, piece.chars());
        }
        check(&text.into_iter().collect::<String>());
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the corpus is files")]
fn every_text_of_the_kept_corpus_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/read");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        check(&String::from_utf8_lossy(&bytes));
        count += 1;
    }
    assert!(count >= 20, "the corpus has {count} files");
}

#[test]
fn hostile_texts_are_read_within_limits() {
    use setwise::manifest::{DiagnosticCode, MAX_ALIKE, MAX_DOCUMENTS, SourceFile};
    for shape in hostile::SHAPES {
        let text = hostile::hostile(shape, 48 << 10);
        let manifest = setwise::manifest::read(&[SourceFile { name: "a".into(), text: text.clone() }]);
        assert!(manifest.documents.len() <= MAX_DOCUMENTS, "{shape}");
        assert!(!manifest.diagnostics.is_empty(), "{shape} is nothing that could be applied");
        for code in DiagnosticCode::ALL {
            let alike = manifest.diagnostics.iter().filter(|it| it.code == *code).count();
            assert!(alike <= MAX_ALIKE, "{shape}: {alike} of {}", code.as_str());
        }
        let is_limited = manifest.diagnostics.iter().any(|it| it.code == DiagnosticCode::YamlLimit);
        let is_deep = shape.starts_with("deep") || shape == "alias bomb";
        assert!(!is_deep || is_limited, "{shape}: {:?}", manifest.diagnostics.first());
    }
}
