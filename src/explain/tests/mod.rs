//! What the explanations promise: words for everything, and words that are right.

mod cases;
mod fitting;
mod languages;
mod samples;
mod shop;
mod waits;
mod world;

use super::{Explanation, Language, explain, rules, waiting};
use crate::engine::Step;
use crate::reason::Reason;
use std::collections::BTreeSet;
use std::fmt::Write;

/// An explanation as plain text.
fn render(step: &Step, explanation: &Explanation, line: &str) -> String {
    let mut text = format!("# {}\n", explanation.headline.to_markdown());
    for why in &explanation.why {
        writeln!(text, "{}", why.to_markdown()).unwrap();
    }
    for evidence in &explanation.evidence {
        writeln!(text, "- {}: {}", evidence.label, evidence.value.to_markdown()).unwrap();
    }
    for field in &explanation.decided_by {
        writeln!(text, "@ {} {}: {}", field.object, field.path, field.value).unwrap();
    }
    if let Some(next) = &explanation.next {
        writeln!(text, "> {}", next.to_markdown()).unwrap();
    }
    if step.reason.is_wait() {
        writeln!(text, "… {line}").unwrap();
    }
    if let Some(rule) = explanation.rule {
        writeln!(text, "§ {}", rule.id).unwrap();
    }
    text
}

/// Every sample with its explanation.
fn explained() -> Vec<(Step, Explanation)> {
    let steps = samples::all().into_iter().flat_map(|(_, steps)| steps);
    steps.map(|step| (step.clone(), explain(&step, &fitting::fitting(&step), Language::En))).collect()
}

#[test]
fn every_reason_has_a_headline_and_says_why() {
    for (step, explanation) in explained() {
        let headline = explanation.headline.to_string();
        assert!(!headline.is_empty(), "{:?}", step.reason);
        assert!(!headline.ends_with('.'), "{headline}");
        assert!(headline.chars().count() <= 72, "too long: {headline}");
        assert!(!explanation.why.is_empty(), "{headline}");
        assert!(explanation.why.len() <= 4, "too much: {headline}");
        for sentence in explanation.why.iter().chain(&explanation.next) {
            let sentence = sentence.to_string();
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(!sentence.contains("  ") && !sentence.contains(" ,") && !sentence.contains(" ."), "{sentence}");
        }
    }
}

#[test]
fn every_reason_but_a_users_rests_on_a_rule() {
    for (step, explanation) in explained() {
        let is_users = matches!(step.reason, Reason::User(_));
        assert!(is_users || explanation.rule.is_some(), "{}", explanation.headline);
    }
}

#[test]
fn every_wait_has_its_line() {
    let cluster = world::without(&[]);
    for (step, _) in explained().iter().filter(|(step, _)| step.reason.is_wait()) {
        assert!(!waiting(step, &cluster, Language::En).is_empty());
    }
}

#[test]
fn an_empty_cluster_explains_as_well() {
    let cluster = crate::cluster::Cluster::default();
    for (step, _) in explained() {
        let explanation = explain(&step, &cluster, Language::En);
        assert!(!explanation.why.is_empty(), "{}", explanation.headline);
    }
}

#[test]
fn rules_have_unique_names_and_paths_below_the_documentation() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        assert!(seen.insert(rule.id), "{} is there twice", rule.id);
        assert!(rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.id);
        assert!(!rule.documentation.starts_with('/') && !rule.documentation.contains("://"), "{}", rule.id);
        assert!(rule.documentation.contains("/#") || rule.documentation.ends_with('/'), "{}", rule.id);
        assert!(rule.upstream.starts_with("pkg/"), "{}", rule.id);
        assert!(!rule.title(Language::En).is_empty() && !rule.title(Language::Zh).is_empty());
    }
}

#[test]
fn every_rule_is_used_by_some_reason() {
    let used: BTreeSet<&str> = explained().iter().filter_map(|(_, explanation)| Some(explanation.rule?.id)).collect();
    let unused: Vec<&str> = rules().iter().map(|rule| rule.id).filter(|id| !used.contains(id)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// All words, a file for each actor, to be read.
fn snapshot_all_words(language: Language, prefix: &str) {
    for (actor, steps) in samples::all() {
        let mut text = String::new();
        for step in steps {
            let cluster = fitting::fitting(&step);
            let line = waiting(&step, &cluster, language).to_markdown();
            writeln!(text, "{}", render(&step, &explain(&step, &cluster, language), &line)).unwrap();
        }
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(format!("{prefix}_{actor}"), text) });
    }
}

#[test]
fn all_words() {
    snapshot_all_words(Language::En, "words");
}

#[test]
fn all_words_in_chinese() {
    snapshot_all_words(Language::Zh, "zh");
}
