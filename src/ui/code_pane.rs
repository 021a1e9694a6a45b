//! The text of a file in the editor that the page loads when it is usable; [`super::text_pane`] stands in before.

use super::code_mirror::{CodeMirror, Handle, Hooks, Module, Sayings};
use super::shared::use_shared;
use super::words::Words;
use crate::language::Language;
use crate::manifest::complete;
use crate::session::{Action, Columns, File, Problem, Severity};
use serde::Serialize;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CodePane`] and of what stands in for it.
#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    /// All files.
    pub files: Rc<Vec<File>>,
    /// The file in front.
    pub active: usize,
    /// By what the editor knows the files.
    pub keys: Rc<Vec<u32>>,
    /// The same, with those of files that can be brought back.
    pub known: Rc<Vec<u32>>,
    /// What is to be said about the text.
    pub problems: Rc<Vec<Problem>>,
    /// Lines of the file in front that decide the shown step, from 1.
    pub deciding: Rc<Vec<usize>>,
    /// The line of the file in front that is pointed at, from 1; scrolled to.
    pub lit: Option<usize>,
    /// Where the caret is wanted in the file in front: a line and a column in characters, from 1.
    pub caret: Option<(usize, usize)>,
    /// Counts the wishes to see the lit line and to move the caret.
    pub look: u32,
}

/// Properties of [`CodePane`].
#[derive(Properties, PartialEq)]
pub struct CodeProps {
    /// What both panes show.
    pub pane: Rc<Props>,
    /// The module with the editor.
    pub module: Module,
    /// Where the editor is put for others to ask.
    #[prop_or_default]
    pub handle: EditorHandle,
    /// Told when the editor cannot be put into the page.
    pub onfailed: Callback<()>,
}

/// The same editor is the same property.
#[derive(Clone, Default)]
pub struct EditorHandle(pub Handle);

impl PartialEq for EditorHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The editor.
#[component]
pub fn CodePane(props: &CodeProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let pane = props.pane.clone();
    let host = use_node_ref();
    // The hooks outlive a drawing: they look here for what the page shows now.
    let current = use_mut_ref(|| (pane.clone(), words.language));
    *current.borrow_mut() = (pane.clone(), words.language);
    {
        let (host, current, act) = (host.clone(), current.clone(), shared.act.clone());
        let (handle, onfailed) = (props.handle.clone(), props.onfailed.clone());
        use_effect_with(props.module.clone(), move |module| {
            let created = host.cast::<web_sys::Element>().and_then(|host| {
                let complete = {
                    let current = current.clone();
                    move |line, column, asked| {
                        let (pane, language) = &*current.borrow();
                        completion(pane, (line, column), asked, *language)
                    }
                };
                let hover = move |line, column| {
                    let (pane, language) = &*current.borrow();
                    hover(pane, (line, column), *language)
                };
                let typed = act.clone();
                let hooks = Hooks {
                    changed: Box::new(move |text| typed.emit(Action::Type(text))),
                    complete: Box::new(complete),
                    hover: Box::new(hover),
                    fix: Box::new(move |problem, fix| act.emit(Action::Fix { problem, fix })),
                };
                CodeMirror::create(module, &host, hooks, &sayings(words))
            });
            if created.is_none() {
                onfailed.emit(());
            }
            *handle.0.borrow_mut() = created;
            move || {
                if let Some(editor) = handle.0.borrow_mut().take() {
                    editor.destroy();
                }
            }
        });
    }
    let editor = props.handle.clone();
    let with = move |act: &dyn Fn(&CodeMirror)| {
        if let Some(editor) = &*editor.0.borrow() {
            act(editor);
        }
    };
    {
        let with = with.clone();
        use_effect_with(words.language, move |_| with(&|editor| editor.say(&sayings(words))));
    }
    {
        let (with, current) = (with.clone(), pane.clone());
        let file = pane.files.get(pane.active).cloned().unwrap_or_default();
        let key = pane.keys.get(pane.active).copied().unwrap_or_default();
        use_effect_with((key, file, words.language), move |(key, file, _)| {
            with(&|editor| {
                editor.show(*key, &(words.text_of)(&file.name), &file.text);
                editor.keep(&current.known);
            });
        });
    }
    {
        let with = with.clone();
        use_effect_with((pane.problems.clone(), pane.active, words.language), move |_| {
            with(&|editor| editor.problems(&problems(&pane, words)));
        });
    }
    let pane = props.pane.clone();
    {
        let with = with.clone();
        use_effect_with((pane.active, pane.deciding.clone()), move |(_, lines)| {
            with(&|editor| editor.deciding(lines, true));
        });
    }
    {
        let with = with.clone();
        use_effect_with((pane.active, pane.lit, pane.look), move |(_, lit, _)| with(&|editor| editor.lit(*lit)));
    }
    // A wish that is older than the editor was fulfilled by what stood in for it.
    let fulfilled = use_mut_ref(|| pane.look);
    use_effect_with((pane.caret, pane.look), move |(caret, look)| {
        let is_new = std::mem::replace(&mut *fulfilled.borrow_mut(), *look) != *look;
        if let (Some((line, column)), true, Some(file)) = (*caret, is_new, pane.files.get(pane.active)) {
            with(&|editor| editor.go(Columns::of(&file.text).of_characters(line, column)));
        }
    });
    html! { <div class="text-pane code" ref={host}></div> }
}

fn sayings(words: &Words) -> Sayings {
    Sayings {
        leaving: words.leaving_editor,
        fixes: words.quick_fixes,
        no_fixes: words.no_fixes,
        phrases: words.editor_phrases,
    }
}

#[derive(Serialize)]
struct Told<'a> {
    index: usize,
    start: (usize, usize),
    end: (usize, usize),
    severity: &'a str,
    word: &'a str,
    message: &'a str,
    explanation: &'a str,
    fixes: Vec<&'a str>,
}

/// The problems of the file in front, for the editor.
fn problems(pane: &Props, words: &Words) -> String {
    let Some(file) = pane.files.get(pane.active) else { return "[]".into() };
    let columns = Columns::of(&file.text);
    let here = pane.problems.iter().enumerate().filter(|(_, problem)| problem.file == pane.active);
    let told: Vec<Told> = here
        .map(|(index, problem)| Told {
            index,
            start: columns.place(problem.span.start.byte),
            end: columns.place(problem.span.end.byte),
            severity: Severity::as_str(problem.severity),
            word: (words.severity)(problem.severity),
            message: &problem.message,
            explanation: &problem.explanation,
            fixes: problem.fixes.iter().map(|fix| fix.title.as_str()).collect(),
        })
        .collect();
    serde_json::to_string(&told).unwrap_or_else(|_| "[]".into())
}

#[derive(Serialize)]
struct Answer {
    from: usize,
    to: usize,
    candidates: Vec<Candidate>,
}

#[derive(Serialize)]
struct Candidate {
    label: String,
    insert: String,
    detail: String,
    text: String,
    required: bool,
    again: bool,
}

fn completion(pane: &Props, (line, column): (usize, usize), asked: bool, language: Language) -> Option<String> {
    let file = pane.files.get(pane.active)?;
    let columns = Columns::of(&file.text);
    let found = complete::complete(&pane.files, pane.active, columns.byte(line, column), asked, language)?;
    let candidates = found.candidates.into_iter().map(|candidate| Candidate {
        label: candidate.label,
        insert: candidate.insert,
        detail: candidate.detail,
        text: candidate.documentation,
        required: candidate.is_required,
        again: candidate.is_field,
    });
    let (from, to) = (columns.place(found.from).1, columns.place(found.to).1);
    serde_json::to_string(&Answer { from, to, candidates: candidates.collect() }).ok()
}

#[derive(Serialize)]
struct Documentation {
    from: usize,
    to: usize,
    title: String,
    detail: String,
    text: String,
}

fn hover(pane: &Props, (line, column): (usize, usize), language: Language) -> Option<String> {
    let file = pane.files.get(pane.active)?;
    let columns = Columns::of(&file.text);
    let found = complete::hover(&file.text, columns.byte(line, column), language)?;
    let (from, to) = (columns.place(found.from).1, columns.place(found.to).1);
    let complete::Hover { title, detail, documentation: text, .. } = found;
    serde_json::to_string(&Documentation { from, to, title, detail, text }).ok()
}
