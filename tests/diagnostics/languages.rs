//! What is said of a manifest in Chinese: all of it, and nothing else than in English.

use crate::codes::all;
use crate::one;
use setwise::language::Language;
use setwise::manifest::{Diagnostic, MAX_ALIKE, Severity, read};

fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Punctuation of half width after a Han letter, and Latin letters that touch one.
fn slips(text: &str) -> Vec<String> {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let latin = |c: char| c.is_ascii_alphanumeric() || c == '`' || c == '"';
    let letters: Vec<char> = text.chars().collect();
    let pairs = letters.windows(2).filter(|pair| {
        han(pair[0]) && (",.;:!?()".contains(pair[1]) || latin(pair[1])) || latin(pair[0]) && han(pair[1])
    });
    pairs.map(|pair| pair.iter().collect()).collect()
}

/// Every sentence of a diagnostic that is ours.
fn sentences(it: &Diagnostic) -> Vec<&str> {
    let message = (it.severity != Severity::Error).then_some(it.message.as_str());
    let labels = it.related.iter().map(|related| related.label.as_str());
    let titles = it.fixes.iter().map(|fix| fix.title.as_str());
    message.into_iter().chain([it.explanation.as_str()]).chain(labels).chain(titles).collect()
}

#[test]
fn every_sentence_is_chinese_and_what_kubectl_prints_stays() {
    for (code, cases) in all() {
        for case in cases.iter().filter(|case| case.is_told) {
            let english = read(&one(&case.text));
            let chinese = english.clone().said_in(Language::Zh);
            for (was, it) in english.diagnostics.iter().zip(&chinese.diagnostics) {
                if it.severity == Severity::Error {
                    assert_eq!(it.message, was.message, "{code}, {}", case.why);
                }
                assert!(it.explanation.ends_with('。'), "{code}, {}: {}", case.why, it.explanation);
                for text in sentences(it) {
                    assert!(has_han(text), "{code}, {}: {text}", case.why);
                    assert!(!text.contains("。。"), "{code}, {}: {text}", case.why);
                    // Details of the API server stay as they are where we have no words of our own.
                    let own = text.split("API server 的说明是").next().unwrap_or_default();
                    assert_eq!(slips(own), Vec::<String>::new(), "{code}, {}: {text}", case.why);
                }
            }
            assert_eq!(chinese.said_in(Language::En), english, "{code}, {}", case.why);
        }
    }
}

#[test]
fn the_last_of_many_says_in_chinese_how_many_more_there_are() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n";
    let many: String = (0..MAX_ALIKE + 2).map(|index| text.replace("name: a", &format!("name: a{index}"))).collect();
    let said = read(&one(&many)).said_in(Language::Zh);
    let last = said.diagnostics.last().expect("notes");
    assert!(last.explanation.ends_with("还有 2 处同类问题，没有列出。"), "{}", last.explanation);
}
