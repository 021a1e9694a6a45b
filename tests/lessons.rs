//! The course: every lesson does what it says, in both languages; and no text breaks the reader of lessons.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed; lessons are files"
)]

#[path = "lesson/reading.rs"]
mod reading;

use proptest::prelude::*;
use setwise::lesson::{AsideKind, Block, Language, Lesson, Purpose, differences, play, read};
use setwise::manifest::Severity;
use std::fs;
use std::path::{Path, PathBuf};

/// The lessons of a language, by file name.
fn course(language: Language) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/lessons").join(language.key());
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

fn lessons(language: Language) -> Vec<(String, Lesson)> {
    let one = |(name, text): (String, String)| {
        let reading = read(&text);
        let told: Vec<String> =
            reading.problems.iter().map(|it| format!("{}: {}", it.span.start.line, it.kind.message())).collect();
        assert!(told.is_empty(), "{name}: {told:#?}");
        assert_eq!(reading.lesson.language, language, "{name}");
        (name, reading.lesson)
    };
    course(language).into_iter().map(one).collect()
}

/// Plays the lessons of a language; panics with everything that is otherwise than they say.
fn passes(language: Language) {
    let mut told = vec![];
    for (name, text) in course(language) {
        let played = play(&read(&text).lesson, &name, &text);
        let errors = played.diagnostics.iter().filter(|it| it.severity == Severity::Error);
        told.extend(errors.map(|it| format!("{name}:{}: {}", it.span.start.line, it.message)));
        let problems = played.problems.iter();
        told.extend(
            problems.map(|it| format!("{name}:{}: {}\n{}", it.span.start.line, it.kind.message(), it.kind.mend())),
        );
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_english_lesson_does_what_it_says() {
    passes(Language::En);
}

#[test]
fn every_chinese_lesson_does_what_it_says() {
    passes(Language::Zh);
}

#[test]
fn both_languages_have_the_same_lessons_with_the_same_blocks() {
    let (english, chinese) = (lessons(Language::En), lessons(Language::Zh));
    let names = |lessons: &[(String, Lesson)]| lessons.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&english), names(&chinese));
    for ((name, one), (_, other)) in english.iter().zip(&chinese) {
        assert_eq!(differences(one, other), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_lesson_has_a_goal_a_run_a_task_two_predictions_a_trap_and_something_to_remember() {
    let english = lessons(Language::En);
    assert!(english.len() >= 12, "{} lessons", english.len());
    for (name, lesson) in english.into_iter().chain(lessons(Language::Zh)) {
        assert!(!lesson.title.is_empty() && lesson.goal.chars().count() > 10, "{name}");
        assert!(lesson.predictions().count() >= 2, "{name}");
        assert!(lesson.predictions().all(|predict| predict.answer.is_some()), "{name}");
        for kind in [AsideKind::Try, AsideKind::Trap, AsideKind::Takeaway] {
            assert_eq!(lesson.count_asides(kind), 1, "{name}: {kind:?}");
        }
        for wanted in [Purpose::Shown, Purpose::Solution, Purpose::Check] {
            let is_wanted = |block: &&Block| matches!(block, Block::Script(script) if script.purpose == wanted);
            assert!(lesson.blocks.iter().any(|block| is_wanted(&block)), "{name}: {wanted:?}");
        }
        let checks = lesson.blocks.iter().filter_map(|block| match block {
            Block::Script(script) if script.purpose == Purpose::Check => Some(script),
            _ => None,
        });
        for check in checks {
            assert!(
                check.commands.iter().any(|command| command.expected.is_some()),
                "{name}: a check that sees nothing"
            );
        }
    }
}

#[test]
fn chinese_prose_has_full_width_punctuation_and_english_prose_no_dashes() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (name, text) in course(Language::Zh) {
        let mut fenced = false;
        for (line, written) in text.lines().enumerate() {
            fenced ^= written.starts_with("```");
            let letters: Vec<char> = written.chars().collect();
            for pair in letters.windows(2).filter(|_| !fenced) {
                let half = matches!(pair, [han, ',' | ';' | '?' | '!' | '.'] if is_han(*han));
                assert!(!half, "{name}:{}: {written}", line + 1);
                let joined = matches!(pair, [one, other] if is_han(*one) && other.is_ascii_alphanumeric()
                    || one.is_ascii_alphanumeric() && is_han(*other));
                assert!(!joined, "{name}:{}: no space between the scripts: {written}", line + 1);
            }
        }
    }
    for (name, text) in course(Language::En) {
        assert!(!text.contains(['\u{2014}', '\u{2013}']), "{name}");
    }
}

const PIECES: [&str; 28] = [
    "---\n",
    "title: a\n",
    "language: en\n",
    "goal: b\n",
    "locked: [editor]\n",
    "```",
    "```yaml a.yaml\n",
    "```console\n",
    "```predict\nask: updated\n",
    "\n```\n",
    "$ kubectl get pods\n",
    "$ echo '\n",
    "> ",
    "[!TRAP]",
    "- ",
    "1. ",
    "# ",
    "*",
    "**",
    "`",
    "[a](https://kubernetes.io/)",
    "<b>",
    "| a |\n|---|\n",
    "\r\n",
    "\t",
    "größe",
    "\u{feff}",
    "\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        reading::check(&text);
    }

    #[test]
    fn any_soup_of_markdown_is_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        reading::check(&pieces.concat());
        reading::check(&format!("---\ntitle: a\ngoal: b\nlanguage: en\n---\n{}", pieces.concat()));
    }

    #[test]
    fn any_mutation_of_a_lesson_is_read(
        lesson in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, prop::sample::select(&PIECES[..])), 1..6),
    ) {
        let course = course(Language::Zh);
        let mut text: Vec<char> = lesson.get(&course).1.chars().collect();
        for (at, removed, piece) in changes {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + removed).min(text.len());
            text.splice(at..end, piece.chars());
        }
        reading::check(&text.into_iter().collect::<String>());
    }
}

#[test]
fn every_text_of_the_kept_corpus_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/lesson");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        reading::check(&String::from_utf8_lossy(&bytes));
        count += 1;
    }
    assert!(count >= 5, "the corpus has {count} files");
}
