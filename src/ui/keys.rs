//! Keys that work wherever the focus is.

use super::brush::Zoom;
use crate::session::{Action, Speed};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyWish {
    /// Something of the session.
    Act(Action),
    /// The list of keys.
    ShowKeys,
    /// Another zoom of the timeline.
    Zoom(Zoom),
    /// The file in front on the disk.
    Save,
    /// To the prompt of the console.
    Console,
    /// The next problem, or the one before.
    Problem {
        /// The one before.
        back: bool,
    },
    /// Close what is open.
    Escape,
}

/// What a key asks for where the focus is; none where the key belongs to what has the focus. Escape leaves the editor.
#[must_use]
pub fn wish(event: &KeyboardEvent) -> Option<KeyWish> {
    let document = gloo_utils::document();
    if document.query_selector("dialog[open]").ok().flatten().is_some() {
        // The browser closes a dialog by itself.
        return None;
    }
    if event.default_prevented() {
        // The editor took it.
        return None;
    }
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    if command && key == "Enter" {
        return Some(KeyWish::Act(Action::Run));
    }
    if command && !event.shift_key() && !event.alt_key() && key.eq_ignore_ascii_case("s") {
        return Some(KeyWish::Save);
    }
    if key == "F8" {
        return Some(KeyWish::Problem { back: event.shift_key() });
    }
    if key == "Escape" {
        let focused =
            document.active_element().and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        return match focused {
            Some(area) => {
                let _detached = area.blur();
                None
            }
            None => Some(KeyWish::Escape),
        };
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let focus = target.map(|target| Focus::of(&target)).unwrap_or(Focus::Elsewhere);
    if command && !event.alt_key() && focus != Focus::Text && key.eq_ignore_ascii_case("z") {
        return Some(KeyWish::Act(if event.shift_key() { Action::Redo } else { Action::Undo }));
    }
    if command || event.alt_key() || event.is_composing() || focus == Focus::Text {
        return None;
    }
    Some(match key.as_str() {
        " " if focus == Focus::Elsewhere => KeyWish::Act(Action::Toggle),
        "ArrowRight" if focus != Focus::Choice => KeyWish::Act(Action::Forward),
        "ArrowLeft" if focus != Focus::Choice => KeyWish::Act(Action::Back),
        "Home" if focus != Focus::Choice => KeyWish::Act(Action::ToStart),
        "End" if focus != Focus::Choice => KeyWish::Act(Action::ToEnd),
        "1" => KeyWish::Act(Action::SetSpeed(Speed::Half)),
        "2" => KeyWish::Act(Action::SetSpeed(Speed::Normal)),
        "3" => KeyWish::Act(Action::SetSpeed(Speed::Double)),
        "4" => KeyWish::Act(Action::SetSpeed(Speed::Quadruple)),
        "+" | "=" => KeyWish::Zoom(Zoom::In),
        "-" => KeyWish::Zoom(Zoom::Out),
        "0" => KeyWish::Zoom(Zoom::Whole),
        "c" | "C" => KeyWish::Console,
        "?" => KeyWish::ShowKeys,
        _ => return None,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// Keys write.
    Text,
    /// Arrow keys choose.
    Choice,
    /// Space presses.
    Button,
    Elsewhere,
}

impl Focus {
    fn of(element: &Element) -> Focus {
        if element.closest(".cm-editor").is_ok_and(|editor| editor.is_some()) {
            return Focus::Text;
        }
        match element.tag_name().as_str() {
            "TEXTAREA" => Focus::Text,
            "INPUT" if element.get_attribute("type").as_deref() != Some("checkbox") => Focus::Text,
            "SELECT" => Focus::Choice,
            "BUTTON" | "A" | "SUMMARY" | "INPUT" => Focus::Button,
            _ => Focus::Elsewhere,
        }
    }
}
