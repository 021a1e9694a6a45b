//! Whole runs told in two languages: the same is said, in Chinese as Chinese is written.

use setwise::actor::Settings;
use setwise::engine::{Step, play};
use setwise::examples::EXAMPLES;
use setwise::explain::{Evidence, Explanation, Language, Piece, Text, explain, headline, waiting};
use setwise::manifest::{SourceFile, read};
use std::collections::BTreeSet;

/// Every step of every example in English and in Chinese, with the line of a wait.
fn told(mut look: impl FnMut(&Step, [Explanation; 2], [Text; 2])) {
    for example in &EXAMPLES {
        let files = example.files().into_iter().map(|file| SourceFile { name: file.name, text: file.text });
        let manifest = read(&files.collect::<Vec<_>>());
        let mut run = play(&manifest.objects(), &Settings::default());
        for position in 1..=run.timeline.steps().len() {
            run.timeline.seek(position);
            let Some(step) = run.timeline.current() else { continue };
            let cluster = run.timeline.cluster();
            let explained = [Language::En, Language::Zh].map(|language| explain(step, cluster, language));
            let lines = [Language::En, Language::Zh].map(|language| waiting(step, cluster, language));
            look(step, explained, lines);
        }
    }
}

/// The objects that are named, in any order.
fn objects(explanation: &Explanation) -> BTreeSet<String> {
    let evidence = explanation.evidence.iter().map(|Evidence { value, .. }| value);
    let texts = [&explanation.headline].into_iter().chain(&explanation.why).chain(&explanation.next).chain(evidence);
    texts
        .flat_map(|text| &text.0)
        .filter_map(|piece| match piece {
            Piece::Object(object) => Some(object.to_string()),
            Piece::Words(_) | Piece::Code(_) => None,
        })
        .collect()
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[test]
fn a_run_has_the_same_parts_in_both_languages() {
    let mut steps = 0;
    told(|step, [english, chinese], _| {
        steps += 1;
        let about = format!("{}: {}", step.actor, english.headline);
        assert_eq!(english.why.len(), chinese.why.len(), "{about}");
        assert_eq!(english.evidence.len(), chinese.evidence.len(), "{about}");
        assert_eq!(english.next.is_some(), chinese.next.is_some(), "{about}");
        assert_eq!(english.decided_by, chinese.decided_by, "{about}");
        assert_eq!(english.rule, chinese.rule, "{about}");
        assert_eq!(objects(&english), objects(&chinese), "{about}");
        assert_eq!(headline(step, Language::Zh), chinese.headline, "{about}");
    });
    assert!(steps > 100, "only {steps} steps were looked at");
}

#[test]
fn a_run_in_chinese_is_chinese() {
    told(|_, [_, chinese], [_, line]| {
        for text in [&chinese.headline, &line].into_iter().chain(&chinese.why).chain(&chinese.next) {
            let plain = text.to_string();
            assert!(plain.chars().any(is_han), "{plain}");
            let letters: Vec<char> = plain.chars().collect();
            for pair in letters.windows(2) {
                let is_slip = is_han(pair[0]) && (pair[1].is_ascii_alphanumeric() || ",.:;!?()".contains(pair[1]))
                    || pair[0].is_ascii_alphanumeric() && is_han(pair[1]);
                assert!(!is_slip, "{}{} in {plain}", pair[0], pair[1]);
            }
        }
        for text in chinese.why.iter().chain(&chinese.next) {
            assert!(text.to_string().ends_with('。'), "{text}");
        }
    });
}
