//! `setwise check`: what is wrong with manifests, for a person or for a program, and the repair of what can be repaired.

use super::arguments::{Color, Output};
use super::{Outcome, json, print, read_all, report, sarif};
use crate::language::Language;
use crate::manifest::{self, Manifest, Severity, SourceFile};
use std::io::IsTerminal as _;
use std::process::ExitCode;

/// Standard input, among the names of files.
const STDIN: &str = "-";

/// Checks files.
pub(super) fn run(files: &[String], output: Output, language: Language, color: Color, fix: bool) -> Outcome {
    let mut sources = read_all(files)?;
    let mended = if fix { write(&mut sources)? } else { vec![] };
    let read = manifest::read(&sources).said_in(language);
    match output {
        Output::Table if fix => {
            // The mended text of standard input goes to standard output.
            let style = color.style(std::io::stderr().is_terminal());
            for (file, count) in &mended {
                eprintln!("mended {}: {}", sources.get(*file).map_or("", |file| &file.name), counted(*count, "repair"));
            }
            eprint!("{}{}", report::all(&read.diagnostics, &sources, style), summary(&read, &sources));
        }
        Output::Table => {
            let style = color.style(std::io::stdout().is_terminal());
            print(&(report::all(&read.diagnostics, &sources, style) + &summary(&read, &sources)))?;
        }
        Output::Json | Output::Sarif if fix && files.iter().any(|name| name == STDIN) => {
            return Err("of standard input, --fix prints the mended text: leave --output out".into());
        }
        Output::Json => {
            print(&json::document(&read, &sources, language))?;
        }
        Output::Sarif => {
            print(&sarif::document(&read, &sources, language))?;
        }
        Output::Markdown | Output::Seq => return Err("check has the outputs table, json and sarif".into()),
    }
    Ok(if read.has_errors() || is_nothing(&read) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Mends the files and writes those that have changed. The numbers of repairs, by file.
fn write(sources: &mut [SourceFile]) -> Result<Vec<(usize, usize)>, String> {
    let before: Vec<String> = sources.iter().map(|source| source.text.clone()).collect();
    let mended = manifest::mend(sources);
    for (source, before) in sources.iter().zip(before) {
        if source.name == STDIN {
            print(&source.text)?;
        } else if source.text != before {
            std::fs::write(&source.name, &source.text)
                .map_err(|error| format!("cannot write {}: {error}", source.name))?;
        }
    }
    let count = |file| mended.iter().filter(|mended| mended.file == file).count();
    Ok((0..sources.len()).map(|file| (file, count(file))).filter(|(_, count)| *count > 0).collect())
}

/// `1 error`, `2 errors`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Whether the files are empty; of one with a comment in it the reader says so itself.
fn is_nothing(read: &Manifest) -> bool {
    read.documents.is_empty() && read.diagnostics.is_empty()
}

/// The last line: how much was found, and how much of it `--fix` mends.
fn summary(read: &Manifest, sources: &[SourceFile]) -> String {
    let files = counted(sources.len(), "file");
    if is_nothing(read) {
        return "error: no objects passed to apply\n".into();
    }
    if read.diagnostics.is_empty() {
        return format!("no problems: {} in {files}\n", counted(read.documents.len(), "object"));
    }
    let of = |severity: Severity| read.diagnostics.iter().filter(|it| it.severity == severity).count();
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (of(severity), severity.as_str()));
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what)).collect();
    let mendable = read.diagnostics.iter().filter(|diagnostic| diagnostic.obvious_fix().is_some()).count();
    let hint = match mendable {
        0 => String::new(),
        count if count < manifest::MAX_MENDED => format!("; `--fix` mends {count} of them"),
        // The repairs of the rest are found once these are made.
        count => format!(
            "; `--fix` mends at least {count} of them ({} repairs are looked for in a document at a time)",
            manifest::MAX_MENDED
        ),
    };
    format!("{} in {files}{hint}\n", counts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_each_voice_and_what_can_be_mended() {
        let said = |text: &str| {
            let sources = [SourceFile { name: "a.yaml".into(), text: text.into() }];
            summary(&manifest::read(&sources), &sources)
        };
        assert_eq!(said("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"), "1 note in 1 file\n");
        assert_eq!(said(""), "error: no objects passed to apply\n");
        let many = "kind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n---\n".repeat(60);
        assert!(said(&many).contains("`--fix` mends at least "), "{}", said(&many));
        let two = "kind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n---\nkind: Pod\n";
        assert_eq!(said(two), "2 errors in 1 file; `--fix` mends 2 of them\n");
    }
}
