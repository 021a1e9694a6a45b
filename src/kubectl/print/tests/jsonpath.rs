//! The JSONPath of `kubectl`. Rows like those of `k8s.io/client-go/util/jsonpath/jsonpath_test.go`.

use crate::kubectl::print::JsonPath;
use serde_json::{Value, json};

fn nodes() -> Value {
    json!({
        "kind": "List",
        "items": [
            {
                "kind": "None",
                "metadata": {"name": "127.0.0.1", "labels": {"kubernetes.io/hostname": "127.0.0.1"}},
                "status": {
                    "ready": true,
                    "capacity": {"cpu": "4"},
                    "addresses": [{"type": "LegacyHostIP", "address": "127.0.0.1"}],
                },
            },
            {
                "kind": "None",
                "metadata": {"name": "127.0.0.2", "labels": {"kubernetes.io/hostname": "127.0.0.2"}},
                "status": {
                    "ready": false,
                    "capacity": {"cpu": "8"},
                    "addresses": [
                        {"type": "LegacyHostIP", "address": "127.0.0.2"},
                        {"type": "another", "address": "127.0.0.3"},
                    ],
                },
            },
        ],
        "users": [
            {"name": "myself", "user": {}, "age": 4},
            {"name": "e2e", "user": {"username": "admin", "password": "secret"}, "age": 30},
        ],
        "numbers": [0, 1, 2, 3, 4],
        "nothing": null,
        "text": "<a & b>",
    })
}

fn printed(template: &str) -> Result<String, String> {
    JsonPath::parse(template)?.print(&nodes())
}

#[test]
fn templates_print_what_they_find() {
    for (template, text) in [
        ("hello jsonpath", "hello jsonpath"),
        ("{.kind}", "List"),
        ("{$.kind}", "List"),
        ("{@.kind}", "List"),
        ("{['kind']}", "List"),
        ("{.items[*].metadata.name}", "127.0.0.1 127.0.0.2"),
        ("{.items[0].metadata.name}", "127.0.0.1"),
        ("{.items[-1].metadata.name}", "127.0.0.2"),
        ("{.items[-1:].metadata.name}", "127.0.0.2"),
        ("{.numbers[1:3]}", "1 2"),
        ("{.numbers[:4:2]}", "0 2"),
        ("{.numbers[::2]}", "0 2 4"),
        ("{.numbers[1,3,4]}", "1 3 4"),
        ("{.numbers[2:2]}", ""),
        ("{.numbers}", "[0,1,2,3,4]"),
        ("{.numbers[?(@<2)]}", "0 1"),
        ("{.numbers[?(@>=3)]}", "3 4"),
        ("{.numbers[?(@!=3)]}", "0 1 2 4"),
        (r#"{range .items[*]}{.metadata.name}, {end}{.kind}"#, "127.0.0.1, 127.0.0.2, List"),
        (r#"{range .items[*]}{.metadata.name}{"\t"}{.kind}{"\n"}{end}"#, "127.0.0.1\tNone\n127.0.0.2\tNone\n"),
        ("{range .items[*]}{range .status.addresses[*]}{.address}, {end}{end}", "127.0.0.1, 127.0.0.2, 127.0.0.3, "),
        ("{range .absent[*]}{.name}{end}after", "after"),
        ("{range .absent[*]}{range .x[*]}{.y}{end}{end}{.kind}", "List"),
        ("{.items[*].status.addresses[*].address}", "127.0.0.1 127.0.0.2 127.0.0.3"),
        ("{.items[*]['metadata.name', 'status.capacity']}", r#"127.0.0.1 127.0.0.2 {"cpu":"4"} {"cpu":"8"}"#),
        (r#"{.users[?(@.name=="e2e")].user.password}"#, "secret"),
        (r#"{.users[?(@.name=='e2e')].age}"#, "30"),
        ("{.users[?(@.age > 5)].name}", "e2e"),
        ("{.users[?(@.user.password)].name}", "e2e"),
        (r"{.items[0].metadata.labels.kubernetes\.io/hostname}", "127.0.0.1"),
        (r#"{.items[?(@.metadata.labels.kubernetes\.io/hostname=="127.0.0.2")].kind}"#, "None"),
        ("{.items[?(@..ready==true)].metadata.name}", "127.0.0.1"),
        ("{..name}", "127.0.0.1 127.0.0.2 myself e2e"),
        ("{...name}", "127.0.0.1 127.0.0.2 myself e2e"),
        ("{.items[*].status.capacity.*}", "4 8"),
        ("{.hello}", ""),
        ("before-{.hello}after", "before-after"),
        ("{.nothing}", "null"),
        (r#"{"{"}"#, "{"),
        ("{.text}", "<a & b>"),
        ("{.users[0]}", r#"{"age":4,"name":"myself","user":{}}"#),
        ("{.users[0].user}", "{}"),
    ] {
        assert_eq!(printed(template).as_deref(), Ok(text), "{template}");
    }
}

#[test]
fn what_html_takes_for_markup_is_escaped_in_json() {
    let path = JsonPath::parse("{}").unwrap();
    assert_eq!(path.print(&json!({"a": "<b>"})).unwrap(), "{\"a\":\"\\u003cb\\u003e\"}");
}

#[test]
fn templates_that_are_wrong_say_where() {
    for (template, error) in [
        ("{.hello", "unclosed action"),
        ("{", "unclosed action"),
        ("{*}", "unrecognized character in action: U+002A '*'"),
        ("{+12.3.0}", "cannot parse number +12.3.0"),
        ("{[1}", "unterminated array"),
        ("{[a]}", "invalid array index a"),
        ("{[?(.price]}", "unterminated filter"),
        ("{[?(.price)}", "unclosed array expect ]"),
        ("{........}", "invalid multiple recursive descent"),
        ("{\"a}", "unterminated quoted string"),
        ("{hello}", "unrecognized identifier hello"),
        ("{.kind[0]}", "string is not array or slice"),
        ("{.items[0][0]}", "map[string]interface {} is not array or slice"),
        ("{.numbers[7]}", "array index out of bounds: index 7, length 5"),
        ("{.numbers[3:1]}", "starting index 3 is greater than ending index 1"),
        ("{.numbers[::-1]}", "step must be > 0"),
        ("{.users[?(@.age<>5)]}", "unrecognized filter operator <>"),
        (r#"{.users[?(@.age=="5")]}"#, "incompatible types for comparison"),
        ("{.kind[?(@.a==1)]}", "List is not array or slice and cannot be filtered"),
        ("{.kind}{end}", "not in range, nothing to end"),
    ] {
        assert_eq!(printed(template), Err(error.to_owned()), "{template}");
    }
}

#[test]
fn a_relaxed_path_needs_neither_braces_nor_a_dot() {
    for path in ["kind", ".kind", "{kind}", "{.kind}"] {
        assert_eq!(JsonPath::parse_relaxed(path).unwrap().print(&nodes()).unwrap(), "List", "{path}");
    }
    assert!(JsonPath::parse_relaxed("{.a}{.b}").is_err());
}

#[test]
fn results_can_be_printed_as_json() {
    let path = JsonPath::parse("{.users[*].name}").unwrap();
    assert_eq!(path.print_as_json(&nodes()).unwrap(), "[\n    \"myself\",\n    \"e2e\"\n]\n");
}
