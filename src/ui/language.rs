//! The language of the page: as the document says when the page starts, or as somebody chooses. `static/boot.js` sets it
//! on the document from the link, from what was kept, and from the browser, in this order.

use super::shared::use_shared;
use super::store;
use super::words::Words;
use crate::language::Language;
use yew::prelude::*;

/// The parameter of the address that says the language.
const PARAMETER: &str = "lang";

/// The language in which the page starts.
#[must_use]
pub fn at_start() -> Language {
    let tag = gloo_utils::document().document_element().and_then(|root| root.get_attribute("lang"));
    tag.and_then(|tag| Language::parse(&tag)).unwrap_or_default()
}

/// Makes the document be in a language.
pub fn show(words: &Words) {
    let document = gloo_utils::document();
    document.set_title(words.title);
    if let Some(root) = document.document_element() {
        let _detached = root.set_attribute("lang", words.language.tag());
    }
    if let Ok(Some(description)) = document.query_selector("meta[name=description]") {
        let _detached = description.set_attribute("content", words.description);
    }
}

/// Keeps the choice for the next visit, and in an address that says otherwise.
pub fn keep(language: Language) {
    store::keep_language(language);
    let window = gloo_utils::window();
    let Some(url) = window.location().href().ok().and_then(|href| web_sys::Url::new(&href).ok()) else { return };
    if url.search_params().get(PARAMETER).is_none() {
        return;
    }
    url.search_params().set(PARAMETER, language.key());
    if let Ok(history) = window.history() {
        // Where the address cannot be changed, it wins at the next visit.
        let _kept = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url.href()));
    }
}

/// Properties of [`LanguageSwitch`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Called with the language wanted.
    pub onchange: Callback<Language>,
}

/// A button that goes to the other language and is named in it, for whoever cannot read this one.
#[component]
pub fn LanguageSwitch(props: &Props) -> Html {
    let other = match use_shared().words.language {
        Language::En => Language::Zh,
        Language::Zh => Language::En,
    };
    let onclick = {
        let onchange = props.onchange.clone();
        Callback::from(move |_: MouseEvent| onchange.emit(other))
    };
    html! {
        <button type="button" class="button language-switch" lang={other.tag()} title={other.own_name()} aria-label={spoken(other)} {onclick}>
            {other.sign()}
        </button>
    }
}

/// The name of the switch: the sign that is seen and the name of the language, where that is another.
fn spoken(language: Language) -> String {
    match language.own_name() == language.sign() {
        true => language.own_name().to_owned(),
        false => format!("{} {}", language.sign(), language.own_name()),
    }
}
