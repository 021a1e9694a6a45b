//! The page inside another one, as `embed.html`: what its host wants, and what it is told. The messages are in [`message`].

use crate::link::message::{self, News, Wish};
use crate::link::{Options, Pane};
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use yew::Callback;

const LOCKED: &str = "data-locked";
const HIDES: &str = "data-hides";

/// Whether this is the page without its bar, for other pages to frame.
#[must_use]
pub fn is_embedded() -> bool {
    root().is_some_and(|root| root.get_attribute("data-page").as_deref() == Some("embed"))
}

/// Whether the manifests can only be read.
#[must_use]
pub fn is_locked() -> bool {
    root().is_some_and(|root| root.has_attribute(LOCKED))
}

/// Locks the manifests, or lets them be written.
pub fn lock(locked: bool) {
    set(LOCKED, locked.then_some(""));
}

/// Leaves out the panes that are not named; none of them where no one is.
pub fn show_panes(options: &Options) {
    let hidden: Vec<&str> = Pane::ALL.into_iter().filter(|pane| !options.shows(*pane)).map(Pane::name).collect();
    set(HIDES, Some(hidden.join(" ").as_str()).filter(|hidden| !hidden.is_empty()));
}

fn root() -> Option<web_sys::Element> {
    gloo_utils::document().document_element()
}

fn set(attribute: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    // An element of HTML takes any attribute of these names.
    let _infallible = match value {
        Some(value) => root.set_attribute(attribute, value),
        None => root.remove_attribute(attribute),
    };
}

/// The window that frames this one.
fn parent() -> Option<web_sys::Window> {
    let window = gloo_utils::window();
    window.parent().ok().flatten().filter(|parent| *parent != window && is_embedded())
}

/// Listens to the host, and to nobody else.
#[must_use]
pub fn listen(wish: Callback<Wish>) -> Option<EventListener> {
    let parent = parent()?;
    Some(EventListener::new(&gloo_utils::window(), "message", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::MessageEvent>() else { return };
        let source = event.source().map(JsValue::from);
        if source.as_ref() != Some(parent.as_ref()) || !event.data().is_object() {
            return;
        }
        let json = js_sys::JSON::stringify(&event.data()).ok().and_then(|json| json.as_string());
        if let Some(wanted) = json.as_deref().and_then(message::read) {
            wish.emit(wanted);
        }
    }))
}

/// Tells the host something. It may be anybody: nothing that the reader wrote is in it.
pub fn tell(news: &News) {
    let Some(parent) = parent() else { return };
    if let Ok(message) = js_sys::JSON::parse(&message::write(news)) {
        // A host that is gone hears nothing.
        let _unheard = parent.post_message(&message, "*");
    }
}

/// Tells the host how high the page would like to be.
pub struct Height {
    observer: web_sys::ResizeObserver,
    _told: Closure<dyn Fn()>,
}

impl Height {
    /// Watches the page. While it is as wide as before it only grows: a host that moves with every step is hard to read.
    #[must_use]
    pub fn watch() -> Option<Height> {
        parent()?;
        let page: web_sys::HtmlElement = gloo_utils::document().query_selector(".page").ok()??.dyn_into().ok()?;
        let last = std::cell::Cell::new((0, 0));
        let watched = page.clone();
        let told = Closure::<dyn Fn()>::new(move || {
            let (width, height) = (watched.offset_width(), watched.offset_height());
            let (wide, high) = last.get();
            if width != wide || height > high {
                last.set((width, height));
                tell(&News::Resize { height: u32::try_from(height).unwrap_or_default() });
            }
        });
        let observer = web_sys::ResizeObserver::new(told.as_ref().unchecked_ref()).ok()?;
        observer.observe(&page);
        Some(Height { observer, _told: told })
    }
}

impl Drop for Height {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
