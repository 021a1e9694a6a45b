//! What can be seen of an object, as tabs: arrow keys go from one to the next.

use crate::ui::shared::use_shared;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// One side of an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aspect {
    /// What it is and how it is.
    #[default]
    Overview,
    /// Why it is on its node.
    Scheduling,
    /// What it thinks of every node.
    Verdicts,
    /// Its YAML.
    Yaml,
    /// Its Events.
    Events,
    /// Its names.
    Dns,
    /// The steps that changed it.
    History,
}

impl Aspect {
    /// The id of its tab.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Aspect::Overview => "aspect-overview",
            Aspect::Scheduling => "aspect-scheduling",
            Aspect::Verdicts => "aspect-verdicts",
            Aspect::Yaml => "aspect-yaml",
            Aspect::Events => "aspect-events",
            Aspect::Dns => "aspect-dns",
            Aspect::History => "aspect-history",
        }
    }
}

/// Properties of [`Aspects`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The tabs, with how much there is behind each.
    pub aspects: Vec<(Aspect, Option<usize>)>,
    /// The one in front.
    pub aspect: Aspect,
    /// Called with the one wanted.
    pub onaspect: Callback<Aspect>,
}

/// The tabs.
#[component]
pub fn Aspects(props: &Props) -> Html {
    let words = use_shared().words;
    let tabs = props.aspects.iter().map(|(aspect, count)| {
        let (aspect, is_front) = (*aspect, *aspect == props.aspect);
        let onclick = props.onaspect.reform(move |_: MouseEvent| aspect);
        html! {
            <button type="button" role="tab" id={aspect.id()} class="aspect-tab" aria-selected={is_front.to_string()} aria-controls="aspect"
                tabindex={if is_front { "0" } else { "-1" }} {onclick}>
                {(words.stage_words.aspect)(aspect)}
                if let Some(count) = count { {" "}<span class="aspect-count">{count}</span> }
            </button>
        }
    });
    let onkeydown = {
        let (aspects, front, onaspect) = (props.aspects.clone(), props.aspect, props.onaspect.clone());
        Callback::from(move |event: KeyboardEvent| {
            let at = aspects.iter().position(|(aspect, _)| *aspect == front).unwrap_or_default();
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % aspects.len(),
                "ArrowLeft" => (at + aspects.len() - 1) % aspects.len(),
                "Home" => 0,
                "End" => aspects.len() - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            let Some((aspect, _)) = aspects.get(to) else { return };
            onaspect.emit(*aspect);
            let tab = gloo_utils::document().get_element_by_id(aspect.id());
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _detached = tab.focus();
            }
        })
    };
    html! { <div class="aspects" role="tablist" aria-label={words.stage_words.aspects} {onkeydown}>{for tabs}</div> }
}
