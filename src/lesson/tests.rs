//! What a lesson's text means, and what is said where it means nothing.

use super::*;
use crate::manifest::Severity;

const FRONT: &str = "---\ntitle: Order\ngoal: Know the order.\nlanguage: en\n---\n\n";

const WEB: &str = "```yaml web.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'web:1'}]}
```
";

fn lesson(body: &str) -> Lesson {
    let Reading { lesson, problems } = read(&format!("{FRONT}{body}"));
    assert_eq!(problems, [], "{body}");
    lesson
}

/// Line, column and message of every problem of a text.
fn problems_of(text: &str) -> Vec<(usize, usize, String)> {
    let problems = read(text).problems;
    assert!(problems.iter().all(|problem| !problem.kind.mend().is_empty()));
    problems.iter().map(|it| (it.span.start.line, it.span.start.column, it.kind.message())).collect()
}

fn problems_in(body: &str) -> Vec<(usize, usize, String)> {
    problems_of(&format!("{FRONT}{body}"))
}

/// Messages of what a lesson's run is found to be, by line.
fn played(body: &str) -> Vec<(usize, String)> {
    let text = format!("{FRONT}{body}");
    let reading = read(&text);
    assert_eq!(reading.problems, []);
    let played = play(&reading.lesson, "a.md", &text);
    let found = played.problems.iter().map(|it| (it.span.start.line, it.kind.message()));
    let errors = played.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    found.chain(errors.map(|it| (it.span.start.line, it.message.clone()))).collect()
}

#[test]
fn front_matter_is_title_goal_language_and_what_is_locked() {
    let lesson = read("---\ntitle: A\ngoal: B\nlanguage: zh\nlocked: [console, editor]\n---\n").lesson;
    assert_eq!((lesson.title.as_str(), lesson.goal.as_str(), lesson.language), ("A", "B", Language::Zh));
    assert_eq!(lesson.locked, [Pane::Console, Pane::Editor]);
    assert_eq!(read("---\ntitle: A\ngoal: B\nlanguage: en\nlocked: console\n---\n").lesson.locked, [Pane::Console]);
}

#[test]
fn front_matter_with_a_byte_order_mark_and_windows_lines_is_read() {
    let Reading { lesson, problems } =
        read("\u{feff}---\r\ntitle: A\r\ngoal: B\r\nlanguage: en\r\n---\r\n\r\nText.\r\n");
    assert_eq!(problems, []);
    assert_eq!((lesson.title.as_str(), lesson.blocks.len()), ("A", 1));
}

#[test]
fn what_front_matter_lacks_or_has_too_much_is_said_with_its_place() {
    assert_eq!(problems_of("# Title\n"), [(1, 1, "the lesson has no front matter".into())]);
    assert_eq!(problems_of("---\ntitle: A\n"), [(1, 1, "the lesson has no front matter".into())]);
    assert_eq!(
        problems_of("---\ntitle: A\nlanguage: de\nlocked: [stage]\nauthor: me\n---\n"),
        [
            (2, 1, "the key `goal` is missing".into()),
            (3, 11, "there is no language `de`".into()),
            (4, 10, "there is no pane `stage`".into()),
            (5, 1, "the key `author` has no meaning here".into()),
        ]
    );
    assert_eq!(
        problems_of("---\ntitle: A\ngoal: \"\nlanguage: en\n---\n").first().map(|it| it.2.contains("not YAML")),
        Some(true)
    );
}

#[test]
fn prose_becomes_typed_pieces() {
    let lesson = lesson(
        "## Order\n\nA *pod* is **not** a `Pod`:\nsee [DNS](https://kubernetes.io/docs/dns).\n\n1. one\n2. two\n   - inner\n",
    );
    let words = |text: &str| Inline::Words(text.into());
    assert_eq!(lesson.blocks[0], Block::Heading { level: 2, text: vec![words("Order")] });
    let Block::Paragraph(text) = &lesson.blocks[1] else { unreachable!("a paragraph") };
    assert_eq!(text[1], Inline::Emphasis(vec![words("pod")]));
    assert_eq!(text[3], Inline::Strong(vec![words("not")]));
    assert_eq!(text[5], Inline::Code("Pod".into()));
    assert_eq!(text[6], words(":\nsee "));
    assert_eq!(text[7], Inline::Link { text: vec![words("DNS")], url: "https://kubernetes.io/docs/dns".into() });
    let Block::List { start, items } = &lesson.blocks[2] else { unreachable!("a list") };
    assert_eq!((*start, items.len(), items[1].len()), (Some(1), 2, 2));
    assert!(matches!(&items[1][1], Block::List { start: None, .. }));
}

#[test]
fn a_mark_says_what_a_passage_is_for() {
    let lesson = lesson("> [!TRAP]\n> Mind it.\n\n> [!TRY] Do it.\n\n> Only said.\n");
    let kinds: Vec<AsideKind> = (lesson.blocks.iter())
        .filter_map(|block| match block {
            Block::Aside { kind, blocks } => {
                assert_eq!(blocks.len(), 1);
                Some(*kind)
            }
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [AsideKind::Trap, AsideKind::Try, AsideKind::Quote]);
    let Block::Aside { blocks, .. } = &lesson.blocks[0] else { unreachable!("a passage") };
    assert!(matches!(&blocks[0], Block::Paragraph(text) if format!("{text:?}").contains("Mind it.")));
    assert_eq!(problems_in("> [!DANGER]\n> x\n"), [(7, 1, "the mark `[!DANGER]` has no meaning".into())]);
}

#[test]
fn nothing_of_a_lesson_becomes_html_or_leads_elsewhere() {
    for (body, message) in [
        ("<script>alert(1)</script>\n", "a lesson has no HTML"),
        ("a <b>b</b>\n", "a lesson has no HTML"),
        ("![x](https://kubernetes.io/a.png)\n", "a lesson has no pictures"),
        ("[x](javascript:alert)\n", "the link leads to `javascript:alert`"),
        ("[x](https://kubernetes.io.example/)\n", "the link leads to `https://kubernetes.io.example/`"),
        ("<https://example.com>\n", "the link leads to `https://example.com`"),
        ("| a |\n|---|\n| b |\n", "a lesson has no tables"),
    ] {
        let found = problems_in(body);
        assert_eq!(found.first().map(|it| it.2.as_str()), Some(message), "{body}");
        assert!(found.iter().all(|it| it.0 >= 7), "{found:?}");
    }
}

#[test]
fn commands_are_read_with_what_stands_under_them() {
    let lesson = lesson(
        "```console\n# a remark\n$ kubectl get pods\nNAME\nweb-0\n\n$ kubectl patch sts web \\\n>   -p '{}'\nx\n$ lab wait\n```\n",
    );
    let Block::Script(script) = &lesson.blocks[0] else { unreachable!("a script") };
    let typed: Vec<(&str, usize)> =
        script.commands.iter().map(|it| (it.text.as_str(), it.expected.as_ref().map_or(0, Vec::len))).collect();
    assert_eq!(typed, [("kubectl get pods", 2), ("kubectl patch sts web \\\n  -p '{}'", 1), ("lab wait", 0)]);
}

#[test]
fn a_console_block_without_prompts_has_a_command_in_each_line() {
    let lesson = lesson("```console solution\nkubectl get pods\n\nlab wait\n```\n");
    let Block::Script(script) = &lesson.blocks[0] else { unreachable!("a script") };
    assert_eq!((script.purpose, script.commands.len()), (Purpose::Solution, 2));
    assert!(script.commands.iter().all(|command| command.expected.is_none()));
}

#[test]
fn what_is_wrong_with_fences_is_said_at_their_first_line() {
    for (body, message) in [
        ("```yaml\na: b\n```\n", "the manifest has no file name"),
        ("```yaml ../a.yaml\na: b\n```\n", "`../a.yaml` is no name for a manifest"),
        ("```yaml a.yaml broken\na: b\n```\n", "the word `broken` has no meaning here"),
        ("```console later\n$ lab wait\n```\n", "the word `later` has no meaning here"),
        ("```console\n```\n", "the console block has no commands"),
        ("```console\n$ lab wait\n", "the fenced block has no end"),
        ("```predict\nask: updated\n```\n", "no console block follows the question"),
    ] {
        let found = problems_in(body);
        assert_eq!(found.first().map(|it| it.2.as_str()), Some(message), "{body}");
        assert!(found.first().is_some_and(|it| it.0 == 7 || it.0 == 8), "{found:?}");
    }
    assert_eq!(
        problems_in("- ```console\n  $ lab wait\n  ```\n"),
        [(7, 3, "a block that is played stands inside a list or a passage".into())]
    );
    assert_eq!(
        problems_in("```console\nNAME\n$ lab wait\n```\n"),
        [(8, 1, "there is output before the first command".into())]
    );
    assert_eq!(
        problems_in("```console\n$ echo 'a\n$ lab wait\n```\n"),
        [(8, 1, "the command cannot be read: it goes on, but nothing follows".into())]
    );
}

#[test]
fn a_lesson_that_is_too_long_or_too_deep_is_refused() {
    assert_eq!(problems_of(&"a".repeat(MAX_BYTES + 1)), [(1, 1, "the lesson is longer than 256 KiB".into())]);
    let deep = format!("{}x\n", "> ".repeat(40));
    assert_eq!(problems_in(&deep).len(), 1);
    let many = "```text\n```\n\n".repeat(MAX_FENCES + 5);
    assert_eq!(problems_in(&many).len(), 1);
    let wrong = "<b>\n\n".repeat(3 * MAX_PROBLEMS);
    assert_eq!(problems_in(&wrong).len(), MAX_PROBLEMS + 1);
}

#[test]
fn a_lesson_that_says_what_happens_passes() {
    let body = format!(
        "{WEB}\n```predict\nask: first-created\nanswer: web-0\n```\n\n```console\n$ kubectl apply -f web.yaml\n\
         statefulset.apps/web created\n$ kubectl get pods -o name\npod/web-0\n...\npod/web-2\n```\n"
    );
    assert_eq!(played(&body), []);
}

#[test]
fn what_a_command_prints_otherwise_is_told_at_the_command() {
    let body = format!("{WEB}\n```console\n$ kubectl apply -f web.yaml\nstatefulset.apps/web configured\n```\n");
    let message = "the command printed something else: kubectl apply -f web.yaml";
    assert_eq!(played(&body), [(21, message.into())]);
}

#[test]
fn a_command_that_fails_has_to_be_meant_to() {
    assert_eq!(
        played("```console\n$ kubectl delete pod x\n```\n"),
        [(8, "the command failed: kubectl delete pod x".into())]
    );
    let meant = "```console\n$ kubectl delete pod x\nError from server (NotFound): pods \"x\" not found\n```\n";
    assert_eq!(played(meant), []);
}

#[test]
fn a_wrong_or_impossible_prediction_is_told_with_what_is_possible() {
    let asking = |predict: &str| {
        played(&format!("{WEB}\n```predict\n{predict}\n```\n\n```console\n$ kubectl apply -f web.yaml\n```\n"))
    };
    assert_eq!(asking("ask: first-created\nanswer: web-2"), [(21, "the run answers `web-0`, not `web-2`".into())]);
    assert_eq!(asking("ask: first-deleted"), [(21, "the run gives no question `first-deleted`".into())]);
    assert_eq!(asking("ask: first-created\nof: statefulset/db").len(), 1);
    assert_eq!(asking("ask: first-created\nof: statefulset/web"), []);
}

#[test]
fn errors_of_manifests_are_told_at_their_place_in_the_lesson_unless_they_are_meant() {
    let broken =
        "Größe.\n\n```yaml a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: 5}\n```\n";
    let found = played(broken);
    assert!(found.iter().any(|(line, _)| *line == 13), "{found:?}");
    assert_eq!(played(&broken.replace("a.yaml", "a.yaml wrong")), []);
    let right = WEB.replace("web.yaml", "web.yaml wrong");
    assert_eq!(played(&right), [(8, "the manifest is marked as wrong and has no error".into())]);
}

#[test]
fn a_later_file_of_a_name_takes_the_place_of_the_one_before() {
    let more = WEB.replace("replicas: 3", "replicas: 4");
    let body = format!(
        "{WEB}\n```console\n$ kubectl apply -f web.yaml\n```\n\n{more}\n```console\n$ kubectl apply -f web.yaml\n\
         statefulset.apps/web configured\n$ lab wait\n$ kubectl get sts web -o jsonpath={{.spec.replicas}}\n4\n```\n"
    );
    assert_eq!(played(&body), []);
}

#[test]
fn a_wait_that_says_how_long_is_taken_at_its_word() {
    let body = format!(
        "{WEB}\n```console\n$ kubectl apply -f web.yaml\n$ lab wait 1s\n$ kubectl get sts web -o jsonpath={{.status.replicas}}\n1\n\
         $ kubectl get sts web -o jsonpath={{.status.replicas}}\n3\n```\n"
    );
    assert_eq!(played(&body), []);
}

#[test]
fn mending_writes_what_is_printed_and_what_the_run_answers() {
    let text = format!(
        "{FRONT}{WEB}\n```predict\nask: first-created\nanswer: unknown\n```\n\n```console\n$ kubectl apply -f web.yaml\nx\ny\n\n\
         $ kubectl get pods -o name\n?\n```\n"
    );
    let found = play(&read(&text).lesson, "a.md", &text).problems;
    assert_eq!(found.len(), 3);
    let (mended, left) = mend(&text, found);
    assert_eq!(left, []);
    assert!(mended.contains("answer: web-0\n"), "{mended}");
    assert!(mended.contains("web.yaml\nstatefulset.apps/web created\n\n$ kubectl get"), "{mended}");
    assert!(mended.contains("-o name\npod/web-0\npod/web-1\npod/web-2\n```"), "{mended}");
    assert_eq!(play(&read(&mended).lesson, "a.md", &mended).problems, []);
}

#[test]
fn two_languages_may_differ_in_their_prose_alone() {
    let one = lesson(&format!("One.\n\n{WEB}\n```console\n$ lab wait\n```\n"));
    let same = lesson(&format!("Eins.\n\n{WEB}\n```console\n$ lab wait\n```\n"));
    assert_eq!(differences(&one, &same), Vec::<String>::new());
    let other = lesson(&format!("One.\n\n{WEB}\n```console\n$ lab wait 5s\n```\n"));
    assert_eq!(differences(&one, &other).len(), 1);
    let longer = lesson(&format!("One.\n\nTwo.\n\n{WEB}\n```console\n$ lab wait\n```\n"));
    assert!(!differences(&one, &longer).is_empty());
}
