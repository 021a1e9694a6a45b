//! Values as Go prints them with `%#v`, which some of go-yaml's messages do.

use super::Content;
use crate::manifest::field_error::go_quoted;

/// A value as Go prints it with `%#v`.
pub(super) fn go_syntax(content: &Content) -> String {
    let mut text = String::new();
    write_go(content, &mut text, 0);
    text
}

/// More of a value than this many levels is not printed.
const MAX_PRINTED: usize = 8;

fn write_go(content: &Content, text: &mut String, level: usize) {
    match content {
        Content::Null => text.push_str("interface {}(nil)"),
        Content::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Content::Number(number) => text.push_str(&number.to_string()),
        Content::String(value) => text.push_str(&go_quoted(value)),
        Content::Sequence(_) | Content::Mapping(_) if level >= MAX_PRINTED => text.push_str("..."),
        Content::Sequence(items) => {
            text.push_str("[]interface {}{");
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write_go(&item.content, text, level + 1);
            }
            text.push('}');
        }
        Content::Mapping(mapping) => {
            text.push_str("map[interface {}]interface {}{");
            for (index, entry) in mapping.entries.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                text.push_str(&go_quoted(&entry.key));
                text.push(':');
                write_go(&entry.value.content, text, level + 1);
            }
            text.push('}');
        }
    }
}
