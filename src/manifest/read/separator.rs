//! Two documents without `---` between them: repeated keys overwrite each other, and one document is lost without a word.

use super::fixes::{self, insert, line_break};
use crate::manifest::diagnostic::{Diagnostic, Related, SourceFile};
use crate::manifest::words::{Label, Named, Noticed, Repair};
use crate::manifest::yaml::{Entry, Node};
use std::collections::BTreeSet;

/// Top-level entries by the document they were meant for: one ends where a key comes again.
pub(super) fn groups(root: &Node) -> Vec<Vec<&Entry>> {
    let mut groups: Vec<Vec<&Entry>> = vec![Vec::new()];
    let mut seen = BTreeSet::new();
    for entry in root.as_mapping().into_iter().flat_map(|mapping| &mapping.entries).filter(|entry| !entry.is_merged) {
        if !seen.insert(&*entry.key) {
            seen = BTreeSet::from([&*entry.key]);
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut() {
            group.push(entry);
        }
    }
    groups
}

/// Whether the keys that come again make an object of their own.
pub(super) fn is_missing(groups: &[Vec<&Entry>]) -> bool {
    let has = |group: &[&Entry], key: &str| group.iter().any(|entry| &*entry.key == key);
    groups.len() > 1 && groups.iter().all(|group| has(group, "kind") || has(group, "apiVersion"))
}

pub(super) fn check(source: &SourceFile, file: usize, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let groups = groups(root);
    if !is_missing(&groups) {
        return;
    }
    for pair in groups.windows(2) {
        let [lost, next] = pair else { continue };
        let (Some(first), Some(last)) = (next.first(), groups.last()) else { continue };
        let (lost_name, kept_name) = (describe(lost), describe(last));
        let start = first.key_span.start;
        // In one line, as JSON, there is no place for a separator.
        let is_own_line = fixes::line_start(&source.text, start.byte) == start.byte;
        let noticed =
            Noticed::SeparatorMissing { lost: lost_name.clone(), kept: kept_name, key: first.key.to_string() };
        let mut diagnostic = Diagnostic::noticed(&noticed, file, first.key_span);
        let begins = lost.first().map(|entry| Related::new(file, entry.key_span, &Label::LostBegins(lost_name)));
        diagnostic.related.extend(begins);
        if is_own_line {
            let edit = insert(file, start.byte, format!("---{}", line_break(&source.text)));
            diagnostic.fixes.push(fixes::fix(&Repair::InsertSeparator, vec![edit]));
        }
        diagnostics.push(diagnostic);
    }
}

fn describe(group: &[&Entry]) -> Named {
    let text = |key: &str| group.iter().rev().find(|entry| &*entry.key == key);
    let kind = text("kind").and_then(|entry| entry.value.as_str()).unwrap_or_default();
    let name = text("metadata").and_then(|entry| entry.value.get("name")?.value.as_str());
    Named { kind: kind.into(), name: name.unwrap_or_default().into() }
}
