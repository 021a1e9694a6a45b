//! New versions of the page: `static/boot.js` keeps it offline and says when another one is ready.

use gloo_events::EventListener;
use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use yew::Callback;

/// Tells when a new version is ready, also where that was before anybody listened.
pub fn listen(ready: Callback<()>) -> EventListener {
    let is_ready = api().and_then(|api| Reflect::get(&api, &"isUpdateReady".into()).ok());
    if is_ready.is_some_and(|is_ready| is_ready.is_truthy()) {
        ready.emit(());
    }
    EventListener::new(&gloo_utils::window(), "setwise-update", move |_| ready.emit(()))
}

/// Takes the new version: the page loads again.
pub fn update() {
    let update = api().and_then(|api| Reflect::get(&api, &"update".into()).ok());
    if let Some(update) = update.and_then(|update| update.dyn_into::<Function>().ok()) {
        // Without a new version there is nothing to take.
        let _none = update.call0(&wasm_bindgen::JsValue::UNDEFINED);
    }
}

fn api() -> Option<wasm_bindgen::JsValue> {
    Reflect::get(&js_sys::global(), &"setwise".into()).ok().filter(|api| api.is_object())
}
