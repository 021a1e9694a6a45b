//! What can be done to an object: a menu where it was asked for, each entry with the command that it is.

use crate::api::ObjectRef;
use crate::session::{Action, Offer};
use crate::ui::cssom;
use crate::ui::shared::use_shared;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A menu that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Of which object.
    pub object: ObjectRef,
    /// What can be done.
    pub offers: Rc<Vec<Offer>>,
    /// Where, in pixels of the window.
    pub place: (i32, i32),
}

/// Properties of [`ActionMenu`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The menu.
    pub opened: Opened,
    /// Puts a line into the prompt: the line, and what is to be written anew.
    pub onasks: Callback<(String, String)>,
    /// Closes the menu.
    pub onclose: Callback<()>,
}

/// The menu.
#[component]
pub fn ActionMenu(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.console_words;
    let menu = use_node_ref();
    let before = use_mut_ref(|| None::<HtmlElement>);
    {
        let (menu, before) = (menu.clone(), before.clone());
        use_effect_with(props.opened.clone(), move |opened| {
            if before.borrow().is_none() {
                *before.borrow_mut() = gloo_utils::document().active_element().and_then(|it| it.dyn_into().ok());
            }
            place(&menu, opened.place);
            focus(&menu, |_, _| 0);
        });
    }
    let close = {
        let (onclose, before) = (props.onclose.clone(), before.clone());
        Callback::from(move |()| {
            if let Some(before) = before.borrow().as_ref() {
                let _detached = before.focus();
            }
            onclose.emit(());
        })
    };
    let onkeydown = {
        let (menu, close) = (menu.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Escape" | "Tab" => close.emit(()),
                "ArrowDown" => focus(&menu, |at, count| (at + 1) % count),
                "ArrowUp" => focus(&menu, |at, count| (at + count - 1) % count),
                "Home" => focus(&menu, |_, _| 0),
                "End" => focus(&menu, |_, count| count - 1),
                // What is pressed here is meant for the entry.
                "Enter" | " " => {
                    event.stop_propagation();
                    return;
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onfocusout = {
        let (menu, onclose) = (menu.clone(), props.onclose.clone());
        Callback::from(move |event: FocusEvent| {
            let target = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            let root = menu.cast::<web_sys::Node>();
            if !target.is_some_and(|target| root.is_some_and(|root| root.contains(Some(&target)))) {
                onclose.emit(());
            }
        })
    };
    let entries = props.opened.offers.iter().map(|offer| {
        let onclick = {
            let (offer, act, close, onasks, onclose) =
                (offer.clone(), shared.act.clone(), close.clone(), props.onasks.clone(), props.onclose.clone());
            Callback::from(move |_: MouseEvent| match &offer.asks {
                Some(part) => {
                    onclose.emit(());
                    onasks.emit((offer.line.clone(), part.clone()));
                }
                None => {
                    close.emit(());
                    act.emit(Action::Choose(offer.line.clone()));
                }
            })
        };
        html! {
            <li role="none"><button type="button" role="menuitem" tabindex="-1" class={classes!("menu-entry", offer.deed.is_harm().then_some("harm"))} {onclick}>
                <span class="menu-title">{(words.offered)(&offer.deed)}</span>
                <code class="menu-about">{&offer.line}</code>
            </button></li>
        }
    });
    let label = (words.act_on)(props.opened.object.name());
    html! {
        <section aria-label={label.clone()}>
            <ul class="action-menu" role="menu" aria-label={label} ref={menu} {onkeydown} {onfocusout}>{for entries}</ul>
        </section>
    }
}

/// Where there is room for it, as near as can be to where it was asked for.
fn place(menu: &NodeRef, (x, y): (i32, i32)) {
    const MARGIN: i32 = 8;
    let Some(element) = menu.cast::<HtmlElement>() else { return };
    let root = gloo_utils::document_element();
    let (width, height) = (root.client_width(), gloo_utils::window().inner_height().ok().and_then(|it| it.as_f64()));
    let height = height.map_or(root.client_height(), |height| height as i32);
    let left = x.min(width - element.offset_width() - MARGIN).max(MARGIN);
    let top = y.min(height - element.offset_height() - MARGIN).max(MARGIN);
    cssom::set(menu, "left", &format!("{left}px"));
    cssom::set(menu, "top", &format!("{top}px"));
}

fn focus(menu: &NodeRef, next: impl Fn(usize, usize) -> usize) {
    let Some(root) = menu.cast::<web_sys::Element>() else { return };
    let Ok(entries) = root.query_selector_all("[role=menuitem]") else { return };
    let entries: Vec<HtmlElement> = (0..entries.length()).filter_map(|at| entries.get(at)?.dyn_into().ok()).collect();
    if entries.is_empty() {
        return;
    }
    let active = gloo_utils::document().active_element();
    let at = entries.iter().position(|entry| active.as_ref().is_some_and(|active| active.is_same_node(Some(entry))));
    if let Some(entry) = entries.get(next(at.unwrap_or(0), entries.len())) {
        let _detached = entry.focus();
    }
}
