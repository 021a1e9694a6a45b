//! The editor: a plain text area over a coloured copy of its text, with line numbers and marked lines.

use super::icons::{Glyph, Icon};
use super::problems::Problems;
use super::shared::use_shared;
use crate::scene::{Tint, tinted};
use crate::session::{Action, File, Problem, Severity, concerns};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Properties of [`Editor`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// All files.
    pub files: Rc<Vec<File>>,
    /// The file in front.
    pub active: usize,
    /// What is to be said about the text.
    pub problems: Rc<Vec<Problem>>,
    /// Lines of the file in front that decide the shown step, from 1.
    pub deciding: Rc<Vec<usize>>,
    /// The line of the file in front that is pointed at, from 1; scrolled to.
    pub lit: Option<usize>,
    /// Counts the wishes to see the lit line.
    pub look: u32,
    /// Whether the text differs from that of the run.
    pub stale: bool,
    /// Goes to a place in the text.
    pub ongoto: Callback<(usize, usize, usize)>,
}

/// The editor with its tabs, problems and the button that applies.
#[component]
pub fn Editor(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let counts = |severity| props.problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings, notes) = (counts(Severity::Error), counts(Severity::Warning), counts(Severity::Note));
    let verdict_class = if errors > 0 {
        "has-errors"
    } else if warnings > 0 {
        "has-warnings"
    } else {
        ""
    };
    let primary = if props.stale { "button primary waiting" } else { "button primary" };
    html! {
        <section class="pane editor" aria-labelledby="editor-title" id="editor">
            <h2 id="editor-title" class="visually-hidden">{words.manifests}</h2>
            <Tabs files={props.files.clone()} active={props.active} problems={props.problems.clone()} />
            <TextPane files={props.files.clone()} active={props.active} problems={props.problems.clone()}
                deciding={props.deciding.clone()} lit={props.lit} look={props.look} />
            <Problems files={props.files.clone()} problems={props.problems.clone()} ongoto={props.ongoto.clone()} />
            <div class="run">
                <button type="button" class={primary} onclick={shared.on::<MouseEvent>(Action::Run)}>{words.apply}</button>
                <span class={classes!("run-state", verdict_class)}>{(words.problem_counts)(errors, warnings, notes)}</span>
                if props.stale { <span class="run-stale">{words.edited}</span> }
                <kbd class="run-keys not-touch">{words.apply_keys}</kbd>
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct TabProps {
    files: Rc<Vec<File>>,
    active: usize,
    problems: Rc<Vec<Problem>>,
}

#[component]
fn Tabs(props: &TabProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let worst = |file: usize| {
        props.problems.iter().filter(|problem| problem.file == file).map(|problem| problem.severity).min()
    };
    let tabs = props.files.iter().enumerate().map(|(index, file)| {
        let current = (index == props.active).then_some("true");
        let mark = worst(index).filter(|severity| *severity != Severity::Note);
        html! {
            <li class="tab" key={index}>
                <button type="button" class="tab-name" aria-current={current} onclick={shared.on::<MouseEvent>(Action::OpenFile(index))}>
                    {&file.name}
                    if let Some(severity) = mark {
                        <span class={classes!("tab-mark", severity.as_str())} title={(words.severity)(severity)}>
                            <span class="visually-hidden">{(words.severity)(severity)}</span>
                        </span>
                    }
                </button>
                if index == props.active && props.files.len() > 1 {
                    <button type="button" class="tab-close" title={(words.remove_file)(&file.name)} aria-label={(words.remove_file)(&file.name)}
                        onclick={shared.on::<MouseEvent>(Action::RemoveFile(index))}>
                        <Icon glyph={Glyph::Close} size={10} />
                    </button>
                }
            </li>
        }
    });
    html! {
        <ul class="tabs">
            {for tabs}
            <li class="tab"><button type="button" class="tab-new" title={words.new_file} aria-label={words.new_file}
                onclick={shared.on::<MouseEvent>(Action::AddFile(words.new_file_name.into()))}><Icon glyph={Glyph::Plus} size={13} /></button></li>
        </ul>
    }
}

#[derive(Properties, PartialEq)]
struct TextProps {
    files: Rc<Vec<File>>,
    active: usize,
    problems: Rc<Vec<Problem>>,
    deciding: Rc<Vec<usize>>,
    lit: Option<usize>,
    look: u32,
}

#[component]
fn TextPane(props: &TextProps) -> Html {
    let shared = use_shared();
    let file = &props.files[props.active.min(props.files.len() - 1)];
    let scroller = use_node_ref();
    {
        let scroller = scroller.clone();
        use_effect_with((props.active, props.lit, props.look), move |(_, lit, _)| {
            if let Some(line) = *lit {
                bring_into_view(&scroller, line);
            }
        });
    }
    {
        let scroller = scroller.clone();
        use_effect_with((props.active, props.deciding.clone()), move |(_, deciding)| {
            if let (Some(first), false) = (deciding.first(), is_typing()) {
                bring_into_view(&scroller, *first);
            }
        });
    }
    let oninput = {
        let act = shared.act.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<web_sys::HtmlTextAreaElement>() {
                act.emit(Action::Type(area.value()));
            }
        })
    };
    let lines: Vec<&str> = file.text.split('\n').collect();
    let worst = |line: usize| {
        let here = props.problems.iter().filter(|problem| concerns(problem, props.active, line));
        here.map(|problem| problem.severity).min()
    };
    let rows = lines.iter().enumerate().map(|(index, text)| {
        let number = index + 1;
        html! {
            <Row key={index} {number} text={AttrValue::from((*text).to_owned())} deciding={props.deciding.contains(&number)}
                lit={props.lit == Some(number)} problem={worst(number)} />
        }
    });
    html! {
        <div class="text-pane" ref={scroller} tabindex="-1">
            <div class="text-sheet">
                <div class="rows" aria-hidden="true">{for rows}</div>
                <textarea class="area" key={props.active} aria-label={(shared.words.text_of)(&file.name)} value={file.text.clone()} {oninput}
                    spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off" id="manifest-text" />
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    number: usize,
    text: AttrValue,
    deciding: bool,
    lit: bool,
    problem: Option<Severity>,
}

/// One line; drawn anew only when it changes.
#[component]
fn Row(props: &RowProps) -> Html {
    let class = classes!(
        "row",
        props.deciding.then_some("deciding"),
        props.lit.then_some("lit"),
        props.problem.map(|severity| format!("has-{}", severity.as_str())),
    );
    let spans =
        tinted(&props.text).into_iter().map(|(tint, part)| html! { <span class={tint_class(tint)}>{part}</span> });
    html! {
        <div {class} data-line={props.number.to_string()}>
            <span class="number">{props.number}</span><span class="code">{for spans}{"\u{200b}"}</span>
        </div>
    }
}

fn tint_class(tint: Tint) -> &'static str {
    match tint {
        Tint::Plain => "t-plain",
        Tint::Key => "t-key",
        Tint::Value => "t-value",
        Tint::Comment => "t-comment",
        Tint::Separator => "t-separator",
    }
}

/// Whether the text area has the focus: then nothing scrolls by itself.
fn is_typing() -> bool {
    gloo_utils::document().active_element().is_some_and(|element| element.id() == "manifest-text")
}

/// Scrolls the pane, and only the pane, until a line is well inside.
fn bring_into_view(scroller: &NodeRef, line: usize) {
    let Some(pane) = scroller.cast::<web_sys::Element>() else { return };
    let Ok(Some(row)) = pane.query_selector(&format!("[data-line=\"{line}\"]")) else { return };
    let Some(row) = row.dyn_ref::<web_sys::HtmlElement>() else { return };
    let (top, height, margin) = (row.offset_top(), row.offset_height(), 48);
    let (from, size) = (pane.scroll_top(), pane.client_height());
    if top < from + margin || top + height > from + size - margin {
        pane.set_scroll_top((top - size / 3).max(0));
    }
}

/// Puts the caret at a place of the text and the focus into it.
pub fn put_caret(text: &str, line: usize, column: usize) {
    let Some(area) = gloo_utils::document().get_element_by_id("manifest-text") else { return };
    let Ok(area) = area.dyn_into::<web_sys::HtmlTextAreaElement>() else { return };
    let before =
        text.split('\n').take(line.saturating_sub(1)).map(|line| line.encode_utf16().count() + 1).sum::<usize>();
    let within = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let within = within.chars().take(column.saturating_sub(1)).map(char::len_utf16).sum::<usize>();
    let at = u32::try_from(before + within).unwrap_or(u32::MAX);
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _detached = area.focus_with_options(&options);
    let _out_of_range = area.set_selection_range(at, at);
}
