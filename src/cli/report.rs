//! Diagnostics as a compiler prints them: the place, the lines with what is meant underlined, what it means, and each
//! fix as a change of the text.

use crate::manifest::{Diagnostic, Edit, Severity, SourceFile, yaml};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use std::ops::Range;

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Text alone.
    Plain,
    /// With the colours of a terminal.
    Colors,
}

/// Lines of a file that a snippet is cut from: annotating a part is much faster than the whole.
struct Cut<'a> {
    text: &'a str,
    /// Bytes before it.
    start: usize,
    /// The number of its first line.
    line: usize,
}

impl<'a> Cut<'a> {
    /// The lines that some ranges touch.
    fn around(lines: &yaml::Lines, text: &'a str, ranges: impl Iterator<Item = Range<usize>>) -> Cut<'a> {
        let (start, end) =
            ranges.fold((usize::MAX, 0), |(start, end), range| (start.min(range.start), end.max(range.end)));
        let (first, last) = (lines.position(text, start).line, lines.position(text, end).line);
        // The line before and after, so that a change of whole lines has something to stand between.
        let first = first.saturating_sub(1).max(1);
        let (start, end) = (lines.line_range(text, first).start, lines.line_range(text, last + 2).start);
        Cut { text: text.get(start..end).unwrap_or_default(), start, line: first }
    }

    fn within(&self, range: &Range<usize>) -> Range<usize> {
        let place = |byte: usize| byte.saturating_sub(self.start).min(self.text.len());
        place(range.start)..place(range.end)
    }
}

/// Prints diagnostics, each followed by an empty line.
pub(super) fn all(diagnostics: &[Diagnostic], files: &[SourceFile], style: Style) -> String {
    let lines: Vec<yaml::Lines> = files.iter().map(|file| yaml::Lines::new(&file.text)).collect();
    let renderer = renderer(style);
    diagnostics.iter().map(|diagnostic| renderer.render(&groups(diagnostic, files, &lines)) + "\n\n").collect()
}

/// Prints an error that is no diagnostic of a manifest, followed by an empty line.
pub(super) fn one(message: &str, help: &str, source: &SourceFile, span: yaml::Span, style: Style) -> String {
    let lines = yaml::Lines::new(&source.text);
    let cut = Cut::around(&lines, &source.text, std::iter::once(span.range()));
    let place = AnnotationKind::Primary.span(cut.within(&first_line(&source.text, span)));
    let snippet = Snippet::source(cut.text).path(source.name.as_str()).line_start(cut.line).annotation(place);
    let group = Level::ERROR.primary_title(message).element(snippet).element(Level::HELP.message(help));
    renderer(style).render(&[group]) + "\n\n"
}

fn renderer(style: Style) -> Renderer {
    match style {
        Style::Plain => Renderer::plain(),
        Style::Colors => Renderer::styled(),
    }
}

fn groups<'a>(diagnostic: &'a Diagnostic, files: &'a [SourceFile], lines: &[yaml::Lines]) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut main = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str()));
    // The files in the order in which they are named, the one that is meant first.
    let mut order = vec![diagnostic.file];
    for related in &diagnostic.related {
        if !order.contains(&related.file) {
            order.push(related.file);
        }
    }
    for file in order {
        let (Some(source), Some(lines)) = (files.get(file), lines.get(file)) else { continue };
        let own = (diagnostic.file == file).then_some((diagnostic.span, None));
        let related =
            diagnostic.related.iter().filter(|it| it.file == file).map(|it| (it.span, Some(it.label.as_str())));
        let places: Vec<_> = own.into_iter().chain(related).collect();
        let cut = Cut::around(lines, &source.text, places.iter().map(|(span, _)| span.range()));
        let annotations = places.iter().map(|(span, label)| -> Annotation {
            match label {
                None => AnnotationKind::Primary.span(cut.within(&first_line(&source.text, *span))),
                Some(label) => AnnotationKind::Context.span(cut.within(&first_line(&source.text, *span))).label(*label),
            }
        });
        main = main.element(
            Snippet::source(cut.text).path(source.name.as_str()).line_start(cut.line).annotations(annotations),
        );
    }
    main = main.element(Level::HELP.message(diagnostic.explanation.as_str()));
    let mut groups = vec![main];
    for fix in &diagnostic.fixes {
        let mut group = Group::with_title(Level::HELP.with_name("fix").secondary_title(fix.title.as_str()));
        for (file, source) in files.iter().enumerate() {
            let edits: Vec<&Edit> = fix.edits.iter().filter(|edit| edit.file == file).collect();
            let Some(lines) = lines.get(file).filter(|_| !edits.is_empty()) else { continue };
            let cut = Cut::around(lines, &source.text, edits.iter().map(|edit| edit.start_byte..edit.end_byte));
            let patches =
                edits.iter().map(|edit| Patch::new(cut.within(&(edit.start_byte..edit.end_byte)), edit.text.as_str()));
            group = group
                .element(Snippet::source(cut.text).path(source.name.as_str()).line_start(cut.line).patches(patches));
        }
        groups.push(group);
    }
    groups
}

/// Of a span over several lines, what is on the first one.
fn first_line(text: &str, span: yaml::Span) -> Range<usize> {
    let range = span.range();
    let written = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + written.find(['\n', '\r']).unwrap_or(written.len())
}
