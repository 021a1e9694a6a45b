//! Markdown to typed blocks. What has no place in a lesson is a problem and is left out.

use super::fence;
use super::problem::{Problem, ProblemKind};
use super::read::{MAX_FENCES, Source};
use super::{AsideKind, Block, Inline};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Levels of lists and passages, and of emphasis, that are read.
const MAX_DEPTH: usize = 8;
/// Where links lead.
const DOCUMENTATION: &str = "https://kubernetes.io/";

/// The body of a lesson while it is read.
pub(super) struct Prose<'a> {
    source: &'a Source<'a>,
    problems: &'a mut Vec<Problem>,
    events: OffsetIter<'a>,
    /// Bytes before the body.
    start: usize,
    fences: usize,
}

impl<'a> Prose<'a> {
    pub(super) fn new(source: &'a Source<'a>, start: usize, problems: &'a mut Vec<Problem>) -> Prose<'a> {
        let body = source.text.get(start..).unwrap_or_default();
        let events = Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter();
        Prose { source, problems, events, start, fences: 0 }
    }

    pub(super) fn blocks(mut self) -> Vec<Block> {
        self.blocks_until_end(0)
    }

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let (event, range) = self.events.next()?;
        Some((event, range.start + self.start..range.end + self.start))
    }

    fn problem(&mut self, range: Range<usize>, kind: ProblemKind) {
        let span = self.source.span(range);
        self.problems.push(Problem { span, kind });
    }

    /// Blocks up to the end of what contains them. In a tight list words stand there without a paragraph.
    fn blocks_until_end(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = vec![];
        let mut loose: Vec<Inline> = vec![];
        while let Some((event, range)) = self.next() {
            let block = match event {
                Event::End(_) => break,
                Event::Start(tag) if is_block(&tag) => {
                    if !loose.is_empty() {
                        blocks.push(Block::Paragraph(std::mem::take(&mut loose)));
                    }
                    self.block(tag, range, depth)
                }
                other => {
                    self.inline(other, range, depth, &mut loose);
                    None
                }
            };
            blocks.extend(block);
        }
        if !loose.is_empty() {
            blocks.push(Block::Paragraph(loose));
        }
        blocks
    }

    fn block(&mut self, tag: Tag<'a>, range: Range<usize>, depth: usize) -> Option<Block> {
        if depth > MAX_DEPTH {
            self.problem(range, ProblemKind::TooDeep);
            self.skip();
            return None;
        }
        match tag {
            Tag::Paragraph => {
                let text = self.inlines(depth);
                (!text.is_empty()).then_some(Block::Paragraph(text))
            }
            Tag::Heading { level, .. } => Some(Block::Heading { level: number(level), text: self.inlines(depth) }),
            Tag::List(start) => {
                let mut items = vec![];
                while let Some((Event::Start(Tag::Item), _)) = self.next() {
                    items.push(self.blocks_until_end(depth + 1));
                }
                Some(Block::List { start, items })
            }
            Tag::BlockQuote(_) => {
                let mut blocks = self.blocks_until_end(depth + 1);
                let kind = self.aside_kind(&mut blocks, range);
                Some(Block::Aside { kind, blocks })
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.fenced(&info, range, depth),
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                let (text, _) = self.verbatim();
                Some(Block::Listing { language: String::new(), text })
            }
            other => {
                self.problem(range, ProblemKind::Markup(name_of(&other)));
                self.skip();
                None
            }
        }
    }

    fn fenced(&mut self, info: &str, range: Range<usize>, depth: usize) -> Option<Block> {
        self.fences += 1;
        let (text, inner) = self.verbatim();
        if self.fences > MAX_FENCES {
            if self.fences == MAX_FENCES + 1 {
                self.problem(range, ProblemKind::TooManyFences);
            }
            return None;
        }
        let opening = first_line(self.source.text, &range);
        if depth == 0 && !is_closed(self.source.text.get(range.clone()).unwrap_or_default()) {
            self.problem(opening.clone(), ProblemKind::OpenFence);
        }
        // An empty block has no text whose place could be taken.
        let inner = inner.unwrap_or(opening.end..opening.end);
        let fence = fence::Fence { info, text, inner, opening };
        if depth > 0 && fence.is_played() {
            self.problem(fence.opening, ProblemKind::FenceInside);
            return None;
        }
        Some(fence.block(self.source, self.problems))
    }

    /// The text of a code block, and where it stands.
    fn verbatim(&mut self) -> (String, Option<Range<usize>>) {
        let mut text = String::new();
        let mut whole: Option<Range<usize>> = None;
        while let Some((event, range)) = self.next() {
            match event {
                Event::End(_) => break,
                Event::Text(part) => {
                    text.push_str(&part);
                    whole = Some(whole.map_or(range.clone(), |whole| whole.start..range.end));
                }
                _ => {}
            }
        }
        (text, whole)
    }

    fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut inlines = vec![];
        while let Some((event, range)) = self.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, range, depth, &mut inlines);
        }
        inlines
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>, depth: usize, out: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => push_words(out, &text),
            Event::Code(code) => out.push(Inline::Code(code.to_string())),
            Event::SoftBreak | Event::HardBreak => push_words(out, "\n"),
            Event::Start(_) if depth > 2 * MAX_DEPTH => {
                self.problem(range, ProblemKind::TooDeep);
                self.skip();
            }
            Event::Start(Tag::Emphasis) => out.push(Inline::Emphasis(self.inlines(depth + 1))),
            Event::Start(Tag::Strong) => out.push(Inline::Strong(self.inlines(depth + 1))),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let text = self.inlines(depth + 1);
                if dest_url.starts_with(DOCUMENTATION) {
                    out.push(Inline::Link { text, url: dest_url.to_string() });
                } else {
                    self.problem(range, ProblemKind::LinkElsewhere(dest_url.to_string()));
                    out.extend(text);
                }
            }
            Event::Start(other) => {
                self.problem(range, ProblemKind::Markup(name_of(&other)));
                self.skip();
            }
            Event::Html(_) | Event::InlineHtml(_) => self.problem(range, ProblemKind::Markup("HTML")),
            Event::Rule => self.problem(range, ProblemKind::Markup("rule between parts")),
            Event::End(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    /// Passes over what was begun.
    fn skip(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
    }

    /// What a passage is for, by the mark that it begins with, which is taken away.
    fn aside_kind(&mut self, blocks: &mut Vec<Block>, range: Range<usize>) -> AsideKind {
        let Some(Block::Paragraph(text)) = blocks.first_mut() else { return AsideKind::Quote };
        let Some(Inline::Words(words)) = text.first_mut() else { return AsideKind::Quote };
        let Some((mark, rest)) = words.strip_prefix("[!").and_then(|words| words.split_once(']')) else {
            return AsideKind::Quote;
        };
        let Some((kind, _)) = AsideKind::MARKED.into_iter().find(|(_, known)| *known == mark) else {
            let kind = ProblemKind::UnknownMark(mark.to_owned());
            let line = first_line(self.source.text, &range);
            self.problem(line, kind);
            return AsideKind::Quote;
        };
        *words = rest.trim_start().to_owned();
        if words.is_empty() {
            text.remove(0);
        }
        if text.is_empty() {
            blocks.remove(0);
        }
        kind
    }
}

/// Adds words to the ones before them.
fn push_words(out: &mut Vec<Inline>, words: &str) {
    match out.last_mut() {
        Some(Inline::Words(before)) => before.push_str(words),
        _ => out.push(Inline::Words(words.to_owned())),
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The first line of a range, without its end.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let written = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + written.find(['\n', '\r']).unwrap_or(written.len())
}

/// Whether a fenced block ends with a fence of its own.
fn is_closed(written: &str) -> bool {
    let mut lines = written.trim_end().lines();
    let opening = lines.next().unwrap_or_default().trim_start();
    let letter = opening.chars().next().unwrap_or('`');
    let length = opening.chars().take_while(|c| *c == letter).count();
    let last = lines.next_back().unwrap_or_default().trim();
    last.chars().count() >= length && last.chars().all(|c| c == letter)
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// What is not understood, by name.
fn name_of(tag: &Tag<'_>) -> &'static str {
    match tag.to_end() {
        TagEnd::Image => "pictures",
        TagEnd::HtmlBlock => "HTML",
        TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => "tables",
        TagEnd::FootnoteDefinition => "footnotes",
        TagEnd::MetadataBlock(_) => "second front matter",
        TagEnd::DefinitionList | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => "definition lists",
        TagEnd::Strikethrough => "words that are struck through",
        TagEnd::Superscript | TagEnd::Subscript => "raised or lowered words",
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Link => "such markup here",
    }
}
