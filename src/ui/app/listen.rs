//! What the page listens to, and what the browser is asked for.

use super::{App, Message};
use crate::ui::keys::{self, KeyWish};
use crate::ui::shared::tagged;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Puts the caret into the prompt, which is drawn by now.
pub(super) fn focus_prompt() {
    let prompt = gloo_utils::document().get_element_by_id("prompt");
    if let Some(prompt) = prompt.and_then(|prompt| prompt.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _detached = prompt.focus();
    }
}

/// Whether the address asks for the list of rules.
pub(super) fn is_rules_address() -> bool {
    gloo_utils::window().location().hash().is_ok_and(|hash| hash == "#rules")
}

/// Listens to the keys, the other button of the mouse, and whether motion is wanted.
pub(super) fn listeners(ctx: &Context<App>, motion: Option<web_sys::MediaQueryList>) -> Vec<EventListener> {
    let link = ctx.link().clone();
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    let keys = EventListener::new_with_options(&gloo_utils::document(), "keydown", options, move |event| {
        // Decided here and now: later, the focus may be elsewhere, and the browser may have acted.
        if let Some(wish) = event.dyn_ref::<web_sys::KeyboardEvent>().and_then(keys::wish) {
            if matches!(wish, KeyWish::Act(_) | KeyWish::Save | KeyWish::Console | KeyWish::Problem { .. }) {
                event.prevent_default();
            }
            link.send_message(Message::Key(wish));
        }
    });
    let link = ctx.link().clone();
    let motion = motion.map(|query| {
        EventListener::new(&query.clone(), "change", move |_| link.send_message(Message::Still(query.matches())))
    });
    let link = ctx.link().clone();
    let menu = EventListener::new_with_options(&gloo_utils::document(), "contextmenu", options, move |event| {
        let Some(event) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let shows = target.and_then(|target| target.closest("[data-object]").ok().flatten());
        let Some(object) = shows.and_then(|it| tagged(&it.get_attribute("data-object")?)) else { return };
        event.prevent_default();
        link.send_message(Message::Menu(Some((object, (event.client_x(), event.client_y())))));
    });
    [keys, menu].into_iter().chain(motion).collect()
}
