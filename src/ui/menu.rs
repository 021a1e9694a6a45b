//! The menu of examples.

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use crate::examples::EXAMPLES;
use crate::session::Action;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Properties of [`ExampleMenu`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The example that was loaded last.
    pub example: Option<&'static str>,
    /// Whether a text was put aside.
    pub kept: bool,
}

/// A button that opens a list of examples.
#[component]
pub fn ExampleMenu(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let open = use_state(|| false);
    let root = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let choose = |action: Action| {
        let (open, act) = (open.clone(), shared.act.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            act.emit(action.clone());
        })
    };
    let onkeydown = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: KeyboardEvent| {
            if !*open {
                return;
            }
            match event.key().as_str() {
                "Escape" => {
                    event.stop_propagation();
                    open.set(false);
                    focus_nth(&root, 0);
                }
                "ArrowDown" => move_focus(&root, &event, 1),
                "ArrowUp" => move_focus(&root, &event, -1),
                _ => {}
            }
        })
    };
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: FocusEvent| {
            let inside = event
                .related_target()
                .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
                .is_some_and(|target| root.cast::<web_sys::Node>().is_some_and(|root| root.contains(Some(&target))));
            if !inside {
                open.set(false);
            }
        })
    };
    let (title, _) = props.example.map_or((words.examples, ""), |id| (words.example)(id));
    let entries = EXAMPLES.iter().map(|example| {
        let (title, about) = (words.example)(example.id);
        let onclick = choose(Action::Load { example: example.id, files: example.files() });
        let current = (props.example == Some(example.id)).then_some("true");
        html! {
            <li><button type="button" class="menu-entry" aria-current={current} {onclick}>
                <span class="menu-title">{title}</span><span class="menu-about">{about}</span>
            </button></li>
        }
    });
    html! {
        <div class="menu" ref={root} {onkeydown} {onfocusout}>
            <button type="button" class="button menu-button" aria-haspopup="true" aria-expanded={open.to_string()} onclick={toggle}>
                <span class="menu-kind">{words.examples}</span>
                <span class="menu-current">{if props.example.is_some() { title } else { "" }}</span>
                <Icon glyph={Glyph::Chevron} size={14} />
            </button>
            if *open {
                <ul class="menu-list">
                    {for entries}
                    if props.kept {
                        <li class="menu-kept"><button type="button" class="menu-entry" onclick={choose(Action::RestoreKept)}>
                            <span class="menu-title">{words.kept_title}</span><span class="menu-about">{words.kept_note}</span>
                        </button></li>
                    }
                </ul>
            }
        </div>
    }
}

fn buttons(root: &NodeRef) -> Vec<web_sys::HtmlElement> {
    let Some(list) = root.cast::<web_sys::Element>().and_then(|root| root.query_selector_all("button").ok()) else {
        return vec![];
    };
    (0..list.length()).filter_map(|index| list.get(index)?.dyn_into().ok()).collect()
}

/// Puts the focus on a button of a menu.
pub(super) fn focus_nth(root: &NodeRef, index: usize) {
    if let Some(button) = buttons(root).get(index) {
        let _detached = button.focus();
    }
}

/// Moves the focus along the buttons of a menu.
pub(super) fn move_focus(root: &NodeRef, event: &KeyboardEvent, by: isize) {
    event.prevent_default();
    event.stop_propagation();
    let buttons = buttons(root);
    let active = gloo_utils::document().active_element();
    let at = buttons.iter().position(|button| active.as_ref().is_some_and(|active| active.is_same_node(Some(button))));
    let next = at.unwrap_or(0).saturating_add_signed(by).min(buttons.len().saturating_sub(1));
    focus_nth(root, next);
}
