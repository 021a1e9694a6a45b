//! The line that is typed: completion, what was typed before, and pasted scripts.

use crate::kubectl::complete::Completion;
use crate::session::{Action, Desk, Said};
use crate::ui::shared::use_shared;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A line that somebody else put into the prompt, and the part of it that is to be written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// The line.
    pub line: String,
    /// The part, which is selected.
    pub part: String,
    /// Tells one wish from the next.
    pub number: u32,
}

/// Properties of [`Prompt`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The console at the shown moment.
    pub desk: Option<Desk>,
    /// What was typed before.
    pub said: Rc<Vec<Rc<Said>>>,
    /// What is put into the prompt by others.
    pub prefill: Option<Rc<Prefill>>,
    /// Several lines were pasted.
    pub onpaste: Callback<String>,
    /// Shows what was said.
    pub onopen: Callback<bool>,
}

/// What is being typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    text: String,
    /// Where the caret goes, in UTF-16 units, once the text is shown.
    caret: Option<(u32, u32)>,
    /// Words that may stand there, and the one that is chosen.
    list: Option<(Completion, usize)>,
    /// How many lines back, and the text with which it was begun.
    back: Option<(usize, String)>,
}

/// Words that are shown at once.
const SHOWN: usize = 60;

/// The prompt.
#[component]
pub fn Prompt(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.console_words;
    let field = use_node_ref();
    let typed = use_state(Typed::default);
    {
        let field = field.clone();
        use_effect_with(typed.caret.map(|caret| (caret, typed.text.clone())), move |caret| {
            if let (Some(((from, to), _)), Some(field)) = (caret, field.cast::<HtmlInputElement>()) {
                let _detached = field.set_selection_range(*from, *to);
                field.set_scroll_left(field.scroll_width());
            }
        });
    }
    {
        let (field, typed, prefill) = (field.clone(), typed.clone(), props.prefill.clone());
        use_effect_with(prefill.map(|prefill| prefill.number), {
            let prefill = props.prefill.clone();
            move |_| {
                let Some(prefill) = prefill else { return };
                let before =
                    prefill.line.rfind(&prefill.part).and_then(|at| prefill.line.get(..at)).unwrap_or_default();
                let from = units(before);
                let caret = Some((from, from + units(&prefill.part)));
                typed.set(Typed { text: prefill.line.clone(), caret, ..Typed::default() });
                if let Some(field) = field.cast::<HtmlInputElement>() {
                    let _detached = field.focus();
                }
            }
        });
    }
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                typed.set(Typed { text: field.value(), ..Typed::default() });
            }
        })
    };
    let onpaste = {
        let onpaste = props.onpaste.clone();
        Callback::from(move |event: Event| {
            let Some(event) = event.dyn_ref::<web_sys::ClipboardEvent>() else { return };
            let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
            if text.trim().contains('\n') {
                event.prevent_default();
                onpaste.emit(text);
            }
        })
    };
    let onkeydown = {
        let (typed, desk, said, act, onopen) =
            (typed.clone(), props.desk.clone(), props.said.clone(), shared.act.clone(), props.onopen.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let now = Typed { text: field.value(), ..(*typed).clone() };
            let next = match (event.key().as_str(), &now.list) {
                ("Escape", Some(_)) => {
                    event.stop_propagation();
                    Some(Typed { list: None, ..now })
                }
                ("Escape", None) => {
                    event.stop_propagation();
                    let _detached = field.blur();
                    None
                }
                ("Enter", Some((completion, chosen))) => Some(taken(&now.text, completion, *chosen)),
                ("Enter", None) => {
                    let text = now.text.trim().to_owned();
                    if !text.is_empty() {
                        onopen.emit(true);
                        act.emit(Action::Enter(text));
                    }
                    Some(Typed::default())
                }
                ("ArrowDown" | "ArrowUp", Some((completion, chosen))) => {
                    let count = completion.candidates.len().clamp(1, SHOWN);
                    let by = if event.key() == "ArrowDown" { 1 } else { count - 1 };
                    Some(Typed { list: Some((completion.clone(), (chosen + by) % count)), ..now.clone() })
                }
                ("ArrowUp", None) => before(&said, &now, 1),
                ("ArrowDown", None) => before(&said, &now, -1),
                ("Tab", Some((completion, chosen))) if !event.shift_key() => {
                    Some(taken(&now.text, completion, *chosen))
                }
                ("Tab", None) if !event.shift_key() => {
                    let cursor = bytes(&now.text, field.selection_start().ok().flatten().unwrap_or(u32::MAX));
                    desk.as_ref()
                        .filter(|_| !now.text.trim().is_empty())
                        .and_then(|desk| completed(desk, &now.text, cursor))
                }
                _ => return,
            };
            if let Some(next) = next {
                event.prevent_default();
                typed.set(next);
            }
        })
    };
    let onblur = {
        let typed = typed.clone();
        Callback::from(move |_: FocusEvent| {
            if typed.list.is_some() {
                typed.set(Typed { list: None, ..(*typed).clone() });
            }
        })
    };
    let list = typed.list.as_ref();
    let options = list.iter().flat_map(|(completion, chosen)| {
        completion.candidates.iter().take(SHOWN).enumerate().map(|(index, word)| {
            let (typed, completion) = (typed.clone(), completion.clone());
            let onmousedown = Callback::from(move |event: MouseEvent| {
                // The focus stays in the line.
                event.prevent_default();
                typed.set(taken(&typed.text, &completion, index));
            });
            let is_chosen = index == *chosen;
            html! {
                <li id={format!("candidate-{index}")} role="option" aria-selected={is_chosen.to_string()} class="mono" {onmousedown}>{word}</li>
            }
        })
    });
    let active = list.map(|(_, chosen)| format!("candidate-{chosen}"));
    {
        let active = active.clone();
        use_effect_with(active, |active| {
            let option = active.as_ref().and_then(|id| gloo_utils::document().get_element_by_id(id));
            if let Some((option, list)) = option.and_then(|option| Some((option.clone(), option.parent_element()?))) {
                let (row, room) = (option.get_bounding_client_rect(), list.get_bounding_client_rect());
                let (above, below) = ((room.top() - row.top()) as i32, (row.bottom() - room.bottom()) as i32);
                list.set_scroll_top(list.scroll_top() - above.max(0) + below.max(0));
            }
        });
    }
    html! {
        <div class="prompt">
            <span class="ps" aria-hidden="true">{"$"}</span>
            <input ref={field} id="prompt" type="text" class="mono" role="combobox" aria-label={words.prompt} aria-autocomplete="list"
                aria-expanded={list.is_some().to_string()} aria-controls="candidates" aria-activedescendant={active} autocomplete="off"
                autocapitalize="off" autocorrect="off" spellcheck="false" placeholder={words.placeholder} value={typed.text.clone()}
                {oninput} {onpaste} {onkeydown} {onblur} />
            <ul id="candidates" role="listbox" aria-label={words.candidates} hidden={list.is_none()}>{for options}</ul>
            <span class="visually-hidden" role="status">{list.map(|(completion, _)| (words.candidates_found)(completion.candidates.len()))}</span>
        </div>
    }
}

/// A line of the past: it begins as what was typed.
fn before(said: &[Rc<Said>], now: &Typed, by: isize) -> Option<Typed> {
    let (at, begun) = now.back.clone().unwrap_or((0, now.text.clone()));
    let mut lines: Vec<&str> = said.iter().rev().filter_map(|said| said.line.as_deref()).collect();
    lines.retain(|line| line.starts_with(&begun) && !line.contains('\n'));
    lines.dedup();
    let at = at.saturating_add_signed(by).min(lines.len());
    let text = match at.checked_sub(1).and_then(|index| lines.get(index)) {
        Some(line) => (*line).to_owned(),
        None if now.back.is_some() => begun.clone(),
        None => return None,
    };
    let end = units(&text);
    Some(Typed { text, caret: Some((end, end)), list: None, back: (at > 0).then_some((at, begun)) })
}

/// The line with what can stand at the caret: the only word, what all words have in common, or a list of them; none where
/// nothing can.
fn completed(desk: &Desk, text: &str, cursor: usize) -> Option<Typed> {
    let completion = desk.complete(text, cursor);
    let typed = text.get(completion.start..cursor)?;
    match completion.candidates.as_slice() {
        [] => None,
        [only] if only == typed && only.ends_with(['=', '/']) => None,
        [_] => Some(put(text, completion.start, cursor, &completion, 0)),
        [first, others @ ..] => {
            let common = others.iter().fold(first.as_str(), |common, other| shared_start(common, other));
            let (before, after) = (text.get(..completion.start)?, text.get(cursor..)?);
            let caret = units(before) + units(common);
            let text = format!("{before}{common}{after}");
            Some(Typed { text, caret: Some((caret, caret)), list: Some((completion.clone(), 0)), back: None })
        }
    }
}

fn shared_start<'a>(one: &'a str, other: &str) -> &'a str {
    let same = one.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b).last();
    same.and_then(|((at, last), _)| one.get(..at + last.len_utf8())).unwrap_or_default()
}

/// The chosen word in its place: from where it begins to the end of what was typed of it.
fn taken(text: &str, completion: &Completion, chosen: usize) -> Typed {
    let rest = text.get(completion.start..).unwrap_or_default();
    let end = completion.start + rest.find(char::is_whitespace).unwrap_or(rest.len());
    put(text, completion.start, end, completion, chosen)
}

fn put(text: &str, start: usize, end: usize, completion: &Completion, chosen: usize) -> Typed {
    let word = completion.candidates.get(chosen).map_or("", String::as_str);
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let goes_on = word.ends_with(['=', '/']) || after.starts_with(' ');
    let word = if goes_on { word.to_owned() } else { format!("{word} ") };
    let caret = units(before) + units(&word);
    Typed { text: format!("{before}{word}{after}"), caret: Some((caret, caret)), list: None, back: None }
}

/// How long a text is as browsers count it.
fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The byte before which so many UTF-16 units lie.
fn bytes(text: &str, at: u32) -> usize {
    let mut passed = 0;
    let found = text.char_indices().find(|(_, char)| {
        passed += u32::try_from(char.len_utf16()).unwrap_or(1);
        passed > at
    });
    found.map_or(text.len(), |(byte, _)| byte)
}
