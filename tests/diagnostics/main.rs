//! Every code on an example and on one beside it, every repair, and what the terminal prints of them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod codes;
mod fixes;
mod languages;
mod property;
mod terminal;

use setwise::manifest::{Fix, SourceFile};

fn one(text: &str) -> Vec<SourceFile> {
    vec![SourceFile { name: "web.yaml".into(), text: text.into() }]
}

/// The text after a fix.
fn after(fix: &Fix, text: &str) -> String {
    let mut files = one(text);
    fix.apply(&mut files);
    files.remove(0).text
}
