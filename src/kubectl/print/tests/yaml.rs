//! YAML as `sigs.k8s.io/yaml` writes it.

use crate::kubectl::print::yaml::to_yaml;
use serde_json::json;

#[test]
fn text_that_would_be_read_as_something_else_is_quoted() {
    for (text, written) in [
        ("web", "web"),
        ("nginx:1.27", "nginx:1.27"),
        ("10.244.0.15", "10.244.0.15"),
        ("v1.36.2", "v1.36.2"),
        ("1Gi", "1Gi"),
        ("500m", "500m"),
        ("7d695c9644", "7d695c9644"),
        ("<none>", "<none>"),
        ("-a", "-a"),
        ("it's", "it's"),
        ("a#b", "a#b"),
        ("https://kubernetes.io/docs", "https://kubernetes.io/docs"),
        ("25%", "25%"),
        ("1e400", "1e400"),
        ("2026-13-01", "2026-13-01"),
        ("", r#""""#),
        ("true", r#""true""#),
        ("Yes", r#""Yes""#),
        ("off", r#""off""#),
        ("y", r#""y""#),
        ("null", r#""null""#),
        ("~", r#""~""#),
        ("80", r#""80""#),
        ("-1", r#""-1""#),
        ("+1", r#""+1""#),
        ("1.0", r#""1.0""#),
        ("1.", r#""1.""#),
        (".5", r#"".5""#),
        (".inf", r#"".inf""#),
        ("1e3", r#""1e3""#),
        ("84e5", r#""84e5""#),
        ("1_000", r#""1_000""#),
        ("0755", r#""0755""#),
        ("08", r#""08""#),
        ("0x1F", r#""0x1F""#),
        ("0b101", r#""0b101""#),
        ("12:30", r#""12:30""#),
        ("2026-01-01", r#""2026-01-01""#),
        ("2026-01-01T00:00:00Z", r#""2026-01-01T00:00:00Z""#),
        ("99999999999999999999", r#""99999999999999999999""#),
        ("a: b", "'a: b'"),
        ("a:", "'a:'"),
        ("# a", "'# a'"),
        ("a #b", "'a #b'"),
        ("- a", "'- a'"),
        ("-", "'-'"),
        ("? a", "'? a'"),
        ("*", "'*'"),
        ("&a", "'&a'"),
        ("!a", "'!a'"),
        ("@a", "'@a'"),
        ("%a", "'%a'"),
        ("{}", "'{}'"),
        ("[a]", "'[a]'"),
        ("'a'", "'''a'''"),
        (r#""a""#, r#"'"a"'"#),
        (" a", "' a'"),
        ("a ", "'a '"),
        ("---", "'---'"),
        ("a\tb", r#""a\tb""#),
        ("a\u{1b}b", r#""a\eb""#),
        ("a\u{7f}b", r#""a\x7Fb""#),
        ("größe", "größe"),
    ] {
        assert_eq!(to_yaml(&json!({"a": text})), format!("a: {written}\n"), "{text:?}");
    }
}

#[test]
fn text_of_several_lines_is_a_block() {
    for (text, written) in [
        ("a\nb\n", "|\n  a\n  b"),
        ("a\nb", "|-\n  a\n  b"),
        ("a\n\nb\n\n", "|+\n  a\n\n  b\n"),
        ("  a\nb\n", "|2\n    a\n  b"),
        ("a \nb\n", r#""a \nb\n""#),
        ("a\tb\nc\n", r#""a\tb\nc\n""#),
    ] {
        assert_eq!(to_yaml(&json!({"a": text})), format!("a: {written}\n"), "{text:?}");
    }
}

#[test]
fn long_text_goes_on_at_the_first_space_past_column_80() {
    let message = "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, \
                   3 Insufficient cpu. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.";
    assert_eq!(
        to_yaml(&json!({"conditions": [{"message": message}]})),
        "conditions:\n\
         - message: '0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane:\n\
        \x20   }, 3 Insufficient cpu. preemption: 0/4 nodes are available: 4 Preemption is not\n\
        \x20   helpful for scheduling.'\n"
    );
    let plain = "word ".repeat(20).trim_end().to_owned();
    let first = "word ".repeat(16).trim_end().to_owned();
    assert_eq!(to_yaml(&json!({"a": plain})), format!("a: {first}\n  word word word word\n"));
}

#[test]
fn lists_in_a_mapping_are_not_indented() {
    let value = json!({
        "list": ["a", 1, true, null, [], {}, ["x", "y"], {"k": "v", "l": ["m"]}],
        "map": {"inner": {"x": 1}},
    });
    assert_eq!(
        to_yaml(&value),
        "list:\n- a\n- 1\n- true\n- null\n- []\n- {}\n- - x\n  - \"y\"\n- k: v\n  l:\n  - m\nmap:\n  inner:\n    x: 1\n"
    );
    assert_eq!(to_yaml(&json!([])), "[]\n");
}

#[test]
fn keys_are_ordered_by_the_numbers_in_them_and_letters_come_last() {
    let value =
        json!({"pod-10": 1, "pod-9": 2, "pod.a": 3, "poda": 4, "Pod": 5, "true": 6, "kubernetes.io/os": 7, "1": 8});
    assert_eq!(
        to_yaml(&value),
        "\"1\": 8\nPod: 5\nkubernetes.io/os: 7\npod-9: 2\npod-10: 1\npod.a: 3\npoda: 4\n\"true\": 6\n"
    );
}
