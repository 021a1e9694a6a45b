//! The text of a file in a plain text area: what the page begins with, and what stays where no editor can be loaded.

use super::code_pane::Props;
use super::host;
use super::shared::use_shared;
use crate::scene::{Tint, tinted};
use crate::session::{Action, Severity, concerns};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Properties of [`TextPane`].
#[derive(Properties, PartialEq)]
pub struct TextProps {
    /// What is shown.
    pub pane: Rc<Props>,
    /// The text area lost the focus.
    pub onleave: Callback<()>,
}

/// A plain text area over a coloured copy of its text.
#[component]
pub fn TextPane(props: &TextProps) -> Html {
    let shared = use_shared();
    let onblur = {
        let onleave = props.onleave.clone();
        Callback::from(move |_: FocusEvent| onleave.emit(()))
    };
    let props = &*props.pane;
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
    {
        let files = props.files.clone();
        let fulfilled = use_mut_ref(|| props.look);
        use_effect_with((props.active, props.caret, props.look), move |(active, caret, look)| {
            let is_new = std::mem::replace(&mut *fulfilled.borrow_mut(), *look) != *look;
            if let (Some((line, column)), true, Some(file)) = (*caret, is_new, files.get(*active)) {
                put_caret(&file.text, line, column);
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
                <textarea class="area" key={props.active} aria-label={(shared.words.text_of)(&file.name)} value={file.text.clone()} {oninput} {onblur}
                    spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off" readonly={host::is_locked()} id="manifest-text" />
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
#[must_use]
pub fn is_typing() -> bool {
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
fn put_caret(text: &str, line: usize, column: usize) {
    let Some(area) = area() else { return };
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

/// The line of the caret from 1, and its column from 0 in UTF-16 units.
#[must_use]
pub fn caret() -> Option<(usize, usize)> {
    let area = area()?;
    let at = usize::try_from(area.selection_start().ok()??).ok()?;
    let before: Vec<u16> = area.value().encode_utf16().take(at).collect();
    let is_break = |unit: &u16| *unit == u16::from(b'\n');
    let line = before.iter().filter(|unit| is_break(unit)).count() + 1;
    Some((line, before.iter().rev().take_while(|unit| !is_break(unit)).count()))
}

fn area() -> Option<web_sys::HtmlTextAreaElement> {
    gloo_utils::document().get_element_by_id("manifest-text")?.dyn_into().ok()
}
