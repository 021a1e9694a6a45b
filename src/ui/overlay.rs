//! What lies over the page: the list of keys, and what the page says about itself.

use super::icons::{Glyph, Icon};
use super::rules::RuleList;
use super::share::{Linked, Share};
use super::shared::use_shared;
use yew::prelude::*;

/// Which one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The list of keys.
    Keys,
    /// What the page says about itself.
    About,
    /// Every rule of Kubernetes that steps rest on.
    Rules,
    /// What there is to copy of the shown moment.
    Share,
}

/// Properties of [`OverlayView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which one is open.
    pub overlay: Option<Overlay>,
    /// What is shared, while that is open.
    pub linked: Option<Linked>,
    /// Closes it.
    pub onclose: Callback<()>,
}

/// A modal dialog of the browser: it keeps the focus and gives it back.
#[component]
pub fn OverlayView(props: &Props) -> Html {
    let words = use_shared().words;
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(props.overlay, move |overlay| {
            let Some(dialog) = dialog.cast::<web_sys::HtmlDialogElement>() else { return };
            match overlay {
                Some(_) if !dialog.open() => {
                    let _already_open = dialog.show_modal();
                }
                Some(_) => {}
                None => dialog.close(),
            }
        });
    }
    let close = {
        let onclose = props.onclose.clone();
        Callback::from(move |_: MouseEvent| onclose.emit(()))
    };
    let onclosed = {
        let onclose = props.onclose.clone();
        Callback::from(move |_: Event| onclose.emit(()))
    };
    let onbackdrop = {
        let (onclose, dialog) = (props.onclose.clone(), dialog.clone());
        Callback::from(move |event: MouseEvent| {
            let target = event.target_dyn_into::<web_sys::Element>();
            if target.is_some() && target == dialog.cast::<web_sys::Element>() {
                onclose.emit(());
            }
        })
    };
    let title = match props.overlay {
        Some(Overlay::Keys) => words.keys,
        Some(Overlay::Rules) => words.compare_words.rules,
        Some(Overlay::Share) => words.share_words.title,
        Some(Overlay::About) | None => words.about,
    };
    html! {
        <dialog class="overlay" ref={dialog} aria-labelledby="overlay-title" onclose={onclosed} onclick={onbackdrop}>
            <div class="overlay-body">
                <header>
                    <h2 id="overlay-title">{title}</h2>
                    <button type="button" class="icon-plain" title={words.close} aria-label={words.close} onclick={close}><Icon glyph={Glyph::Close} /></button>
                </header>
                {match props.overlay {
                    Some(Overlay::Keys) => html! { <KeyList /> },
                    Some(Overlay::About) => html! { <About /> },
                    Some(Overlay::Rules) => html! { <RuleList /> },
                    Some(Overlay::Share) => html! { <div>{for props.linked.clone().map(|linked| html! { <Share {linked} /> })}</div> },
                    None => html! { <div></div> },
                }}
            </div>
        </dialog>
    }
}

#[component]
fn KeyList() -> Html {
    let words = use_shared().words;
    let rows = words.keys_list.iter().map(|(keys, meaning)| {
        html! { <div class="key-row"><dt>{for keys.iter().map(|key| html! { <kbd>{key}</kbd> })}</dt><dd>{meaning}</dd></div> }
    });
    html! { <dl class="key-list">{for rows}</dl> }
}

#[component]
fn About() -> Html {
    let words = use_shared().words;
    let list =
        |items: &'static [&'static str]| html! { <ul>{for items.iter().map(|item| html! { <li>{item}</li> })}</ul> };
    html! {
        <div class="about">
            {for words.about_text.iter().map(|text| html! { <p>{text}</p> })}
            <h3>{words.simulated_title}</h3>{list(words.simulated)}
            <h3>{words.not_simulated_title}</h3>{list(words.not_simulated)}
            <p>{words.honesty}</p>
            <p><a href="#rules">{words.compare_words.rules}</a></p>
        </div>
    }
}
