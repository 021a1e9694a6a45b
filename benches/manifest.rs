//! How long the reader takes for a megabyte of YAML that means harm. `cargo bench --bench manifest`.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use setwise::manifest::{MAX_BYTES, Manifest, SourceFile, read};

fn main() {
    divan::main();
}

fn filled(unit: &str) -> String {
    unit.repeat(MAX_BYTES / unit.len())
}

fn numbered(unit: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let next = unit(number);
        if text.len() + next.len() > MAX_BYTES {
            return text;
        }
        text.push_str(&next);
    }
    text
}

fn hostile(name: &str) -> String {
    match name {
        "deep flow" => filled("["),
        "deep maps" => filled("{a: "),
        "deep block" => numbered(|depth| format!("{}a:\n", " ".repeat(depth))),
        "deep dashes" => filled("- "),
        "alias bomb" => numbered(|level| match level {
            0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".into(),
            _ => format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", ")),
        }),
        "many aliases" => numbered(|number| match number {
            0 => "a: &a {b: c}\n".into(),
            _ => format!("k{number}: *a\n"),
        }),
        "anchors" => numbered(|number| format!("- &a{number} x\n")),
        "endless flow" => format!("[{}", filled("a, ")).chars().take(MAX_BYTES).collect(),
        "quotes" => filled("\""),
        "long line" => format!("a: {}", "x".repeat(MAX_BYTES - 3)),
        "documents" => filled("a: b\n---\n"),
        "pods" => numbered(|number| format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}}}\n---\n")),
        "duplicate keys" => filled("a: b\n"),
        "keys" => numbered(|number| format!("k{number}: v\n")),
        "merges" => format!("a: &a {{b: c}}\n{}", "<<: *a\n".repeat((MAX_BYTES - 20) / 7)),
        "tabs" => filled("a:\t"),
        "braces" => filled("{}\n"),
        "carriage returns" => filled("\r"),
        "comments" => filled("# c\n"),
        "question marks" => filled("? "),
        _ => unreachable!("{name}"),
    }
}

const SHAPES: [&str; 20] = [
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
];

#[divan::bench(args = SHAPES, sample_count = 1, sample_size = 1)]
fn a_megabyte(bencher: divan::Bencher, shape: &str) {
    let files = [SourceFile { name: "a.yaml".into(), text: hostile(shape) }];
    bencher.bench(|| -> Manifest { read(&files) });
}
