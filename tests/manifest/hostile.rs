//! Texts that mean harm. The benchmark times a megabyte of each; the tests read less.

fn filled(size: usize, unit: &str) -> String {
    unit.repeat(size / unit.len())
}

fn numbered(size: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let next = unit(number);
        if text.len() + next.len() > size {
            return text;
        }
        text.push_str(&next);
    }
    text
}

/// A text of a shape, of about so many bytes.
///
/// # Panics
/// If there is no such shape.
pub fn hostile(name: &str, size: usize) -> String {
    match name {
        "deep flow" => filled(size, "["),
        "deep maps" => filled(size, "{a: "),
        "deep block" => numbered(size, |depth| format!("{}a:\n", " ".repeat(depth))),
        "deep dashes" => filled(size, "- "),
        "alias bomb" => numbered(size, |level| match level {
            0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".into(),
            _ => format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", ")),
        }),
        "many aliases" => numbered(size, |number| match number {
            0 => "a: &a {b: c}\n".into(),
            _ => format!("k{number}: *a\n"),
        }),
        "anchors" => numbered(size, |number| format!("- &a{number} x\n")),
        "endless flow" => format!("[{}", filled(size, "a, ")).chars().take(size).collect(),
        "quotes" => filled(size, "\""),
        "long line" => format!("a: {}", "x".repeat(size - 3)),
        "documents" => filled(size, "a: b\n---\n"),
        "pods" => numbered(size, |number| format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}}}\n---\n")),
        "duplicate keys" => filled(size, "a: b\n"),
        "keys" => numbered(size, |number| format!("k{number}: v\n")),
        "merges" => format!("a: &a {{b: c}}\n{}", "<<: *a\n".repeat((size - 20) / 7)),
        "tabs" => filled(size, "a:\t"),
        "braces" => filled(size, "{}\n"),
        "carriage returns" => filled(size, "\r"),
        "comments" => filled(size, "# c\n"),
        "empty keys" => numbered(size, |number| format!("{number}:\n")),
        "open quote" => format!("a: \"{}", filled(size - 4, "x\n")),
        "open apostrophes" => filled(size, "a: '\n"),
        "json" => format!("{{\"a\": [{}", filled(size - 8, "1,")),
        "deep json" => filled(size, "{\"a\":"),
        "question marks" => filled(size, "? "),
        _ => unreachable!("{name}"),
    }
}

/// All shapes.
pub const SHAPES: [&str; 25] = [
    "deep flow",
    "deep maps",
    "deep block",
    "deep dashes",
    "alias bomb",
    "many aliases",
    "anchors",
    "endless flow",
    "quotes",
    "long line",
    "documents",
    "pods",
    "duplicate keys",
    "keys",
    "merges",
    "tabs",
    "braces",
    "carriage returns",
    "comments",
    "question marks",
    "empty keys",
    "open quote",
    "open apostrophes",
    "json",
    "deep json",
];
