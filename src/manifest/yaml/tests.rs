#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use serde_json::json;

fn one(text: &str) -> Node {
    let stream = parse(text);
    assert_eq!(stream.problems, [], "{text}");
    assert_eq!(stream.documents.len(), 1, "{text}");
    stream.documents[0].root.clone().unwrap()
}

fn written(text: &str, span: Span) -> &str {
    &text[span.range()]
}

#[test]
fn every_key_and_value_has_its_place() {
    for eol in ["\n", "\r\n"] {
        let text = "a: größe # c\nb:\n  - x: |\n      l1\n      l2\n\n    z: \"q\" \n  - [1, {k: v}]\nc:\nd: 5\n"
            .replace('\n', eol);
        let root = one(&text);
        let a = root.get("a").unwrap();
        assert_eq!(written(&text, a.key_span), "a");
        assert_eq!(written(&text, a.value.span), "größe");
        assert_eq!((a.value.span.end.line, a.value.span.end.column), (1, 9));
        let b = root.get("b").unwrap();
        let items = b.value.as_sequence().unwrap();
        let x = items[0].get("x").unwrap();
        assert_eq!((x.key_span.start.line, x.key_span.start.column), (3, 5));
        assert_eq!(x.value.as_str(), Some("l1\nl2\n"));
        assert!(written(&text, x.value.span).ends_with("l2"), "{:?}", written(&text, x.value.span));
        let z = items[0].get("z").unwrap();
        assert_eq!((written(&text, z.key_span), written(&text, z.value.span)), ("z", "\"q\""));
        assert_eq!(z.value.span.start.line, 7);
        assert_eq!(written(&text, items[1].span), "[1, {k: v}]");
        let c = root.get("c").unwrap();
        assert_eq!((c.value.span.start.line, c.value.span.start.column), (9, 3));
        assert_eq!(written(&text, root.get("d").unwrap().value.span), "5");
        assert!(written(&text, root.span).ends_with("d: 5"));
    }
}

#[test]
fn plain_words_are_read_as_go_yaml_v2_reads_them() {
    let text = "[yes, No, on, OFF, y, n, ~, 0644, 0o17, 0x1f, 0b11, 1_000, 09, 1.5, 2.0, 1e3, .5, 12e, 1.2.3, '1', 1:30, 2001-01-01, -7, 18446744073709551615, Yes!]";
    assert_eq!(
        one(text).to_json(),
        json!([
            true,
            false,
            true,
            false,
            true,
            false,
            null,
            420,
            15,
            31,
            3,
            1000,
            9,
            1.5,
            2,
            1000,
            0.5,
            "12e",
            "1.2.3",
            "1",
            "1:30",
            "2001-01-01",
            -7,
            18_446_744_073_709_551_615_u64,
            "Yes!"
        ])
    );
    assert_eq!(one("{1: a, true: b, !!str 2: !!str 3}").to_json(), json!({"1": "a", "true": "b", "2": "3"}));
}

#[test]
fn the_last_of_equal_keys_counts_and_both_are_known() {
    let root = one("a: 1\nb: 2\na: 3\n");
    assert_eq!(root.to_json(), json!({"a": 3, "b": 2}));
    let duplicates = root.as_mapping().unwrap().duplicates();
    assert_eq!(duplicates.len(), 1);
    assert_eq!((duplicates[0].0.key_span.start.line, duplicates[0].1.key_span.start.line), (1, 3));
}

#[test]
fn anchors_aliases_and_merge_keys_are_resolved() {
    let root = one("base: &b {x: 1, z: 2}\nuse:\n  <<: *b\n  z: 3\nagain: *b\n");
    assert_eq!(root.to_json(), json!({"base": {"x": 1, "z": 2}, "use": {"x": 1, "z": 3}, "again": {"x": 1, "z": 2}}));
    assert_eq!(root.get("again").unwrap().value.span.start.line, 5);
    assert_eq!(one("matchLabels:\n  &a app: web ").to_json(), json!({"matchLabels": {"app": "web"}}));
}

#[test]
fn a_broken_document_does_not_hide_the_others() {
    let stream = parse("a: 1\n--- # two\nb: [1\nc: }\n---\nd: 4\n...\n---\n# nothing\n---\n");
    let values: Vec<_> = stream.documents.iter().map(|d| d.root.as_ref().map(Node::to_json)).collect();
    assert_eq!(values, [Some(json!({"a": 1})), None, Some(json!({"d": 4}))]);
    assert_eq!(stream.problems.len(), 1);
    assert_eq!(stream.documents[1].span.start.line, 3);
}

#[test]
fn problems_carry_kubectls_words_and_our_place() {
    let problem = |text: &str| {
        parse(text).problems.first().map(|p| (p.kind, p.message.clone(), p.span.start.line, p.span.start.column))
    };
    let expect = |kind, message: &str, line, column| Some((kind, message.to_string(), line, column));
    assert_eq!(
        problem("a:\n- name: x\n image: y\n"),
        expect(YamlProblemKind::Syntax, "yaml: line 2: did not find expected key", 3, 2)
    );
    assert_eq!(problem("a: \"b\nc: d\n").map(|p| p.1), Some("yaml: line 3: found unexpected end of stream".into()));
    assert_eq!(
        problem("a:\n\tb: c\n"),
        expect(YamlProblemKind::Tab, "yaml: line 2: found character that cannot start any token", 2, 1)
    );
    assert_eq!(problem("a: *b\n").map(|p| p.0), Some(YamlProblemKind::UnknownAnchor));
    assert_eq!(problem("a: b: c\n").map(|p| p.1), Some("yaml: mapping values are not allowed in this context".into()));
    assert_eq!(problem("--- a\n").map(|p| p.0), Some(YamlProblemKind::Separator));
    assert_eq!(problem("a: &a [*a]\n").map(|p| p.0), Some(YamlProblemKind::AliasLimit));
    assert_eq!(problem("? [a]\n: b\n").map(|p| p.0), Some(YamlProblemKind::Key));
}

#[test]
fn few_lines_cannot_stand_for_billions_of_values_or_endless_depth() {
    let mut text = String::from("a0: &a0 [x]\n");
    for n in 1..30 {
        let m = n - 1;
        text += &format!("a{n}: &a{n} [*a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}]\n");
    }
    assert_eq!(parse(&text).problems[0].kind, YamlProblemKind::AliasLimit);
    let mut text = String::from("a0: &a0 [x]\n");
    for n in 1..2000 {
        text += &format!("a{n}: &a{n} [*a{}]\n", n - 1);
    }
    assert_eq!(parse(&text).problems[0].kind, YamlProblemKind::DepthLimit);
    assert_eq!(parse(&"[".repeat(50_000)).problems.len(), 1);
    assert_eq!(parse(&"- ".repeat(50_000)).problems.len(), 1);
    assert_eq!(parse(&"{a: ".repeat(120)).problems.len(), 1);
}

#[test]
fn a_byte_order_mark_and_json_are_fine() {
    assert_eq!(one("\u{feff}a: 1\n").to_json(), json!({"a": 1}));
    assert_eq!(one("{\n\t\"a\": [\n\t\t1,\n\t\t\"b\"\n\t]\n}\n").to_json(), json!({"a": [1, "b"]}));
    assert!(to_json("a: [").is_err());
    assert_eq!(to_json("a: 1\n---\n- b\n"), Ok(vec![json!({"a": 1}), json!(["b"])]));
}

#[test]
fn a_comma_right_after_a_tag_is_refused_and_told_from_words_in_quotes_and_comments() {
    for text in ["a: [!, b]\n", "a: {b: !, c}\n", "a: [!!str, b]\n", "a:\n- [!<x>, b]\n", "a: [x, !t,"] {
        assert_eq!(parse(text).problems[0].kind, YamlProblemKind::Syntax, "{text}");
    }
    for text in ["a: [\"x !, y\", 'z !a, b'] # !, c\n", "a: [wow!, b]\n", "a: [wow !, b]\n", "a: |\n  !, b\n"] {
        assert_eq!(parse(text).problems, [], "{text}");
    }
}
