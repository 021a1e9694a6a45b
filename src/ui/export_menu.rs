//! The menu of what can be had as a file.

use super::export::ExportWish;
use super::icons::{Glyph, Icon};
use super::menu::{focus_nth, move_focus};
use super::shared::use_shared;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Properties of [`ExportMenu`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// How far a recording is, in percent.
    pub recording: Option<u32>,
    /// Called with what is wanted.
    pub onexport: Callback<ExportWish>,
}

/// A button that opens a list, or, while a video is recorded, the button that ends it.
#[component]
pub fn ExportMenu(props: &Props) -> Html {
    let words = &use_shared().words.stage_words.export;
    let open = use_state(|| false);
    let root = use_node_ref();
    let onkeydown = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" if *open => {
                event.stop_propagation();
                open.set(false);
                focus_nth(&root, 0);
            }
            "ArrowDown" if *open => move_focus(&root, &event, 1),
            "ArrowUp" if *open => move_focus(&root, &event, -1),
            _ => {}
        })
    };
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: FocusEvent| {
            let target = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            let root = root.cast::<web_sys::Node>();
            if !target.is_some_and(|target| root.is_some_and(|root| root.contains(Some(&target)))) {
                open.set(false);
            }
        })
    };
    if let Some(percent) = props.recording {
        let onclick = props.onexport.reform(|_: MouseEvent| ExportWish::Stop);
        return html! {
            <div class="menu export-menu">
                <button type="button" class="button recording" title={words.stop} {onclick}>
                    <Icon glyph={Glyph::Record} /><span>{(words.recording)(percent)}</span><span class="visually-hidden">{words.stop}</span>
                </button>
            </div>
        };
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let entry = |wish: ExportWish, (title, about): (&'static str, &'static str)| {
        let (open, onexport) = (open.clone(), props.onexport.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(false);
            onexport.emit(wish);
        });
        html! {
            <li><button type="button" class="menu-entry" {onclick}>
                <span class="menu-title">{title}</span><span class="menu-about">{about}</span>
            </button></li>
        }
    };
    html! {
        <div class="menu export-menu" ref={root} {onkeydown} {onfocusout}>
            <button type="button" class="button icon-button" title={words.menu} aria-label={words.menu} aria-haspopup="true" aria-expanded={open.to_string()} onclick={toggle}>
                <Icon glyph={Glyph::Save} />
            </button>
            if *open {
                <ul class="menu-list to-the-left">
                    {entry(ExportWish::Svg, words.svg)}
                    {entry(ExportWish::Png, words.png)}
                    {entry(ExportWish::Video, words.video)}
                    {entry(ExportWish::Markdown, words.markdown)}
                </ul>
            }
        </div>
    }
}
