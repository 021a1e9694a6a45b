//! Links: what is made is read again, whatever it says; nothing that somebody sends makes the reader panic; and the links
//! that were given out go on saying what they said.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "link/reading.rs"]
mod reading;

use proptest::prelude::*;
use reading::check;
use setwise::api::{Kind, ObjectRef, Time};
use setwise::link::{Deed, Moment, Shown, View, decode, encode};
use setwise::manifest::SourceFile;
use std::fs;
use std::path::Path;

fn any_moment() -> impl Strategy<Value = Moment> {
    let file = (any::<String>(), any::<String>()).prop_map(|(name, text)| SourceFile { name, text });
    let deed =
        (any::<u64>(), any::<u64>(), any::<String>()).prop_map(|(at, turns, line)| Deed { at: Time(at), turns, line });
    let shown = (any::<u32>(), any::<u32>()).prop_map(|(steps, of)| Shown { steps: steps as usize, of: of as usize });
    let selected = (prop::sample::select(&Kind::ALL[..]), "[a-z-]{0,9}", any::<String>())
        .prop_map(|(kind, namespace, name)| ObjectRef::new(kind, &namespace, &name));
    let view = (any::<bool>(), any::<bool>(), any::<bool>(), prop::option::of(selected))
        .prop_map(|(hides_manifests, as_table, every, selected)| View { hides_manifests, as_table, every, selected });
    let language = prop::option::of("[a-z]{2}(-[A-Z]{2})?");
    (prop::collection::vec(file, 0..4), prop::collection::vec(deed, 0..4), prop::option::of(shown), language, view)
        .prop_map(|(files, done, shown, language, view)| Moment { files, done, shown, language, view })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_moment_survives_its_link(moment in any_moment()) {
        let link = encode(&moment).unwrap();
        prop_assert_eq!(decode(&link), Ok(moment.clone()));
        prop_assert_eq!(encode(&moment).unwrap(), link);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_bytes_after_the_version_are_read(bytes in prop::collection::vec(prop::sample::select(&b"ABZaz09-_"[..]), 0..400)) {
        check(&format!("#v1.{}", String::from_utf8(bytes).unwrap()));
    }

    #[test]
    fn a_changed_character_is_noticed_or_changes_nothing(
        moment in any_moment(),
        at in any::<prop::sample::Index>(),
        put in prop::sample::select(&b"ABZaz09-_"[..]),
    ) {
        let link = encode(&moment).unwrap();
        let mut changed = link.clone().into_bytes();
        let at = 3 + at.index(changed.len() - 3);
        changed[at] = put;
        let changed = String::from_utf8(changed).unwrap();
        check(&changed);
        // Three bytes of checksum let one change in sixteen million through.
        prop_assert!(decode(&changed).map_or(true, |said| said == moment));
    }
}

/// Every link under `tests/link/version-1` with what it says. New versions get new folders; nothing is ever taken out.
#[test]
#[allow(clippy::disallowed_methods, reason = "the links are files")]
fn the_links_of_version_1_are_read_for_ever() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/link/version-1");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "link") {
            let moment = decode(fs::read_to_string(&path).unwrap().trim()).unwrap();
            let said = fs::read_to_string(path.with_extension("txt")).unwrap();
            assert_eq!(format!("{moment:#?}\n"), said, "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 3, "{count} links are kept");
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the corpus is files")]
fn every_text_of_the_kept_corpus_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/link");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let text = String::from_utf8_lossy(&fs::read(entry.unwrap().path()).unwrap()).into_owned();
        check(&text);
        check(&format!("#v1.{text}"));
        count += 1;
    }
    assert!(count >= 6, "the corpus has {count} files");
}
