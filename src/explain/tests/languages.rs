//! Two languages tell the same: nothing is missing in one, and Chinese is written as Chinese is.

use super::{fitting, samples, world};
use crate::cluster::Cluster;
use crate::engine::Step;
use crate::explain::zh::is_han;
use crate::explain::{Evidence, Explanation, Language, Piece, Text, en, explain, facts, headline, rules, waiting, zh};
use crate::obstacle::{Cause, Link, Question};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A step in both languages.
struct Pair {
    step: Step,
    cluster: Cluster,
    english: Explanation,
    chinese: Explanation,
}

fn pairs() -> Vec<Pair> {
    let steps = samples::all().into_iter().flat_map(|(_, steps)| steps);
    steps
        .map(|step| {
            let cluster = fitting::fitting(&step);
            let [english, chinese] = [Language::En, Language::Zh].map(|language| explain(&step, &cluster, language));
            Pair { step, cluster, english, chinese }
        })
        .collect()
}

/// Everything of an explanation that is a sentence or a value.
fn parts(explanation: &Explanation) -> impl Iterator<Item = &Text> {
    let evidence = explanation.evidence.iter().map(|Evidence { value, .. }| value);
    std::iter::once(&explanation.headline).chain(&explanation.why).chain(&explanation.next).chain(evidence)
}

fn objects(explanation: &Explanation) -> BTreeSet<String> {
    parts(explanation)
        .flat_map(|text| &text.0)
        .filter_map(|piece| match piece {
            Piece::Object(object) => Some(object.to_string()),
            Piece::Words(_) | Piece::Code(_) => None,
        })
        .collect()
}

fn codes(explanation: &Explanation) -> BTreeSet<&str> {
    parts(explanation)
        .flat_map(|text| &text.0)
        .filter_map(|piece| match piece {
            Piece::Code(code) => Some(code.as_str()),
            Piece::Words(_) | Piece::Object(_) => None,
        })
        .collect()
}

/// The numbers in words, such as `1.8` and `400`.
fn numbers(explanation: &Explanation) -> BTreeSet<String> {
    let words = parts(explanation).flat_map(|text| &text.0).filter_map(|piece| match piece {
        Piece::Words(words) => Some(words.as_str()),
        Piece::Code(_) | Piece::Object(_) => None,
    });
    words
        .flat_map(|words| words.split_inclusive("and "))
        // "a, b, c and 3 more" counts the rest where Chinese counts all.
        .filter(|words| words.split(' ').nth(1).is_none_or(|second| !second.starts_with("more")))
        .flat_map(|words| words.split(|letter: char| !letter.is_ascii_digit() && letter != '.'))
        .map(|number| number.trim_matches('.').to_owned())
        .filter(|number| !number.is_empty())
        .collect()
}

#[test]
fn both_languages_have_the_same_parts() {
    for Pair { english, chinese, .. } in pairs() {
        let about = &english.headline;
        assert_eq!(english.why.len(), chinese.why.len(), "{about}");
        assert_eq!(english.evidence.len(), chinese.evidence.len(), "{about}");
        assert_eq!(english.next.is_some(), chinese.next.is_some(), "{about}");
        assert_eq!(english.decided_by, chinese.decided_by, "{about}");
        assert_eq!(english.rule, chinese.rule, "{about}");
    }
}

#[test]
fn both_languages_name_the_same_objects_fields_and_numbers() {
    for Pair { english, chinese, .. } in pairs() {
        let about = &english.headline;
        assert_eq!(objects(&english), objects(&chinese), "{about}");
        let missing: Vec<&str> = codes(&english).difference(&codes(&chinese)).copied().collect();
        assert!(missing.is_empty(), "{about}: {missing:?}\n{chinese:?}");
        let missing: Vec<String> = numbers(&english).difference(&numbers(&chinese)).cloned().collect();
        assert!(missing.is_empty(), "{about}: {missing:?}\n{chinese:?}");
    }
}

/// Every sentence that is said of something, told apart by where it stands.
fn sentences() -> Vec<Text> {
    let mut sentences = vec![];
    for Pair { step, cluster, chinese, .. } in pairs() {
        sentences.extend(chinese.why.into_iter().chain(chinese.next));
        if step.reason.is_wait() {
            let has_line = waiting(&step, &cluster, Language::En) != headline(&step, Language::En);
            sentences.extend(has_line.then(|| waiting(&step, &cluster, Language::Zh)));
        }
        sentences.push(zh::told(&step));
    }
    sentences.extend(links().iter().filter_map(zh::cause));
    sentences.extend(samples::remedies().iter().map(zh::remedy));
    for trap in samples::traps() {
        let warning = zh::warning(&trap);
        sentences.extend([warning.what, warning.out]);
    }
    sentences
}

/// What is said without a full stop.
fn titles() -> Vec<Text> {
    let mut titles: Vec<Text> = pairs().into_iter().map(|pair| pair.chinese.headline).collect();
    titles.extend(rules().iter().map(|rule| Text::words(rule.title(Language::Zh))));
    titles.extend(samples::traps().iter().map(|trap| zh::warning(trap).title));
    titles
}

/// Every cause, of a pod, of a node and of a node for a DaemonSet.
fn links() -> Vec<Link> {
    let pod = || Question::Object(world::pod("web-1"));
    let on_node = || Question::DaemonPod { set: world::agent(), node: "worker-1".into() };
    let mut links: Vec<Link> = vec![];
    for cause in samples::causes() {
        links.push(Link { about: pod(), cause: cause.clone() });
        links.push(Link { about: on_node(), cause });
    }
    links.extend(samples::absences().into_iter().map(|it| Link { about: pod(), cause: Cause::Absent(it) }));
    for lack in samples::pod_lacks() {
        links.push(Link { about: pod(), cause: Cause::Pod(lack.clone()) });
        links.push(Link { about: on_node(), cause: Cause::Pod(lack) });
    }
    let node = || Question::Object(world::node("worker-1"));
    links.extend(samples::node_lacks().into_iter().map(|it| Link { about: node(), cause: Cause::Node(it) }));
    links
}

/// What is wrong with how a text is written, as Chinese.
fn slip(text: &Text) -> Option<&'static str> {
    let plain = text.to_string();
    let letters: Vec<char> = plain.chars().collect();
    if !letters.iter().any(|letter| is_han(*letter)) {
        return Some("no Chinese in it");
    }
    let is_wide = |letter: char| "，。：；！？（）、“”".contains(letter);
    for pair in letters.windows(2) {
        let [before, after] = pair else { continue };
        match (*before, *after) {
            (' ', ' ') => return Some("two spaces"),
            (letter, ' ') | (' ', letter) if is_wide(letter) => return Some("a space beside wide punctuation"),
            (letter, ',' | '.' | ':' | ';' | '!' | '?' | '(' | ')') if is_han(letter) => {
                return Some("narrow punctuation after Chinese");
            }
            (han, latin) | (latin, han) if is_han(han) && (latin.is_ascii_alphanumeric() || latin == '`') => {
                return Some("no space between Chinese and Latin");
            }
            ('，' | '。' | '：' | '；' | '、', '，' | '。' | '：' | '；' | '、') => return Some("two marks"),
            _ => {}
        }
    }
    let doubled = ["的的", "了了", "是是", "在在"];
    doubled.iter().any(|word| plain.contains(word)).then_some("a word twice")
}

#[test]
fn chinese_is_written_as_chinese_is() {
    for text in sentences() {
        assert_eq!(slip(&text), None, "{text}");
        assert!(text.to_string().ends_with('。'), "{text}");
    }
    for text in titles() {
        assert_eq!(slip(&text), None, "{text}");
        assert!(!text.to_string().ends_with(['。', '.', '，', '：']), "{text}");
        assert!(text.to_string().chars().count() <= 60, "too long: {text}");
    }
    for Pair { chinese, .. } in pairs() {
        for Evidence { label, value } in &chinese.evidence {
            let is_kind = crate::api::Kind::parse(label).is_some();
            assert!(is_kind || *label == "PVC" || slip(&Text::words(label)).is_none(), "{label}");
            let wrong = slip(value).filter(|wrong| *wrong != "no Chinese in it");
            assert_eq!(wrong, None, "{label}: {value}");
        }
    }
}

#[test]
fn a_check_of_written_chinese_sees_what_is_wrong() {
    let of = |words: &str| slip(&Text::words(words));
    assert_eq!(of("等待 web-1 就绪。"), None);
    assert_eq!(of("waits"), Some("no Chinese in it"));
    assert_eq!(of("等待,就绪"), Some("narrow punctuation after Chinese"));
    assert_eq!(of("等待web"), Some("no space between Chinese and Latin"));
    assert_eq!(of("等待 ，就绪"), Some("a space beside wide punctuation"));
    assert_eq!(of("它的的名称"), Some("a word twice"));
}

/// What stays in Latin letters among Chinese words: names of Kubernetes, and what one types.
const LATIN: &[&str] = &[
    "API",
    "DNS",
    "DaemonSet",
    "Deployment",
    "EndpointSlice",
    "ID",
    "Init",
    "Kubernetes",
    "Lease",
    "NoExecute",
    "NoSchedule",
    "Node",
    "PVC",
    "Pod",
    "PodDisruptionBudget",
    "ReplicaSet",
    "SIGKILL",
    "SIGTERM",
    "Service",
    "Setwise",
    "StatefulSet",
    "StorageClass",
    "cordon",
    "drain",
    "finalizer",
    "kubelet",
    "metrics-server",
    "patch",
    "server",
    "sidecar",
    "spec",
    "status",
    "uncordon",
];

/// What the samples quote word for word, of Kubernetes and of whoever measures.
const QUOTED: &[&str] = &[
    "pods \"shop-7d55d9c954-\" is forbidden: no PriorityClass with name high was found",
    "container runtime is down",
    "1 node(s) were unhappy",
];

/// The Latin words of Chinese texts, without names, code and what is quoted.
fn latin(texts: impl IntoIterator<Item = Text>) -> BTreeSet<String> {
    let pieces = texts.into_iter().flat_map(|text| text.0);
    let words = pieces.filter_map(|piece| match piece {
        Piece::Words(words) => Some(QUOTED.iter().fold(words, |words, quoted| words.replace(quoted, ""))),
        Piece::Code(_) | Piece::Object(_) => None,
    });
    words
        .flat_map(|words| {
            let runs = words.split(|letter: char| !letter.is_ascii_alphabetic() && letter != '-');
            runs.map(|run| run.trim_matches('-').to_owned()).collect::<Vec<_>>()
        })
        .filter(|run| !run.is_empty())
        .collect()
}

#[test]
fn chinese_keeps_no_english_but_the_names_of_kubernetes() {
    let labels = pairs().into_iter().flat_map(|pair| pair.chinese.evidence).map(|it| Text::words(it.label));
    let found = latin(sentences().into_iter().chain(titles()).chain(labels));
    let strange: Vec<&String> = found.iter().filter(|word| !LATIN.contains(&word.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

/// What stands in the way, what helps and what surprises, in both languages, to be read.
#[test]
fn all_obstacles_and_traps() {
    let mut text = String::new();
    for link in links() {
        let (english, chinese) = (en::cause(&link), zh::cause(&link));
        assert_eq!(english.is_some(), chinese.is_some(), "{link:?}");
        if let (Some(english), Some(chinese)) = (english, chinese) {
            writeln!(text, "{}\n{}\n", english.to_markdown(), chinese.to_markdown()).unwrap();
        }
    }
    for remedy in samples::remedies() {
        let command = facts::commands::command(&remedy);
        writeln!(text, "> {}\n> {}", en::remedy(&remedy).to_markdown(), zh::remedy(&remedy).to_markdown()).unwrap();
        writeln!(text, "$ {}\n", command.as_deref().unwrap_or("-")).unwrap();
    }
    for trap in samples::traps() {
        for warning in [en::warning(&trap), zh::warning(&trap)] {
            writeln!(text, "! {}", warning.title.to_markdown()).unwrap();
            writeln!(text, "{}\n> {}", warning.what.to_markdown(), warning.out.to_markdown()).unwrap();
        }
        text.push('\n');
    }
    for rule in rules() {
        writeln!(text, "§ {} = {}", rule.title(Language::En), rule.title(Language::Zh)).unwrap();
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("obstacles_and_traps", text) });
}
