//! `#gallery`: every state of every element, made of the page's own components with fixed data. For designers, and for the
//! tests that compare pictures.

mod cluster;
mod run;
mod workloads;

use super::icons::{Glyph, Icon, StateIcon};
use super::marks;
use super::notice::{Notice, NoticeLine};
use super::problems::Problems;
use super::shared::Shared;
use super::stage::{NodeOverlay, Picture};
use super::store;
use super::theme::{Theme, ThemeSwitch};
use super::words;
use crate::examples;
use crate::scene::{PodState, Scene};
use crate::session::Reading;
use run::RunParts;
use std::rc::Rc;
use yew::prelude::*;

/// The fragment that asks for the gallery.
pub const FRAGMENT: &str = "#gallery";

/// The colours that mean something, by their custom properties.
const COLOURS: [&str; 16] = [
    "paper",
    "panel",
    "raised",
    "sunk",
    "line",
    "line-strong",
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "accent-soft",
    "mark",
    "mark-line",
    "hover",
    "dot",
    "accent-ink",
];

/// The gallery.
#[component]
pub fn Gallery() -> Html {
    let shared = Shared { words: &words::EN, act: Callback::noop() };
    let words = shared.words;
    let theme = use_state(store::theme);
    use_effect_with(*theme, |theme| theme.show());
    use_effect_with((), |()| marks::show(&cluster::marks()));
    let onchange = {
        let theme = theme.clone();
        Callback::from(move |next: Theme| theme.set(next))
    };
    let picture =
        |scene: Scene, overlay: NodeOverlay| html! { <Picture scene={Rc::new(scene)} overlay={Rc::new(overlay)} /> };
    html! {
        <ContextProvider<Shared> context={shared.clone()}>
            <main class="gallery stage">
                <header class="gallery-head">
                    <h1>{words.stage_words.gallery}</h1>
                    <ThemeSwitch theme={*theme} {onchange} />
                </header>
                <p>{words.stage_words.gallery_note}</p>
                {part("shapes", "Shapes and colours", shapes(words))}
                {part("workloads", "Workloads", picture(workloads::scene(), NodeOverlay::default()))}
                {part("cluster", "Services, DaemonSets, nodes", picture(cluster::scene(), cluster::overlay()))}
                {part("tiles", "Hundreds of nodes", picture(cluster::tiles(), NodeOverlay::default()))}
                {part("field", "Thousands of nodes", picture(cluster::field(), NodeOverlay::default()))}
                {part("empty", "Nothing there", picture(Scene::default(), NodeOverlay::default()))}
                {part("run", "The run", html! { <RunParts /> })}
                {part("notices", "Notices and problems", notices())}
            </main>
        </ContextProvider<Shared>>
    }
}

fn part(id: &'static str, title: &'static str, inside: Html) -> Html {
    html! {
        <section class="gallery-part" id={format!("gallery-{id}")} aria-label={title}>
            <h2>{title}</h2>
            {inside}
        </section>
    }
}

fn shapes(words: &words::Words) -> Html {
    let states = PodState::ALL.into_iter().map(|state| {
        html! { <li class={format!("state-{}", state.key())}><StateIcon state={Some(state)} />{(words.state)(state)}</li> }
    });
    let swatches = COLOURS.iter().map(|name| {
        html! { <li><svg class="swatch" width="32" height="20" aria-hidden="true"><rect class={format!("swatch-{name}")} width="32" height="20" rx="4" /></svg><code>{name}</code></li> }
    });
    let lengths = ["1.1875rem", "1.0625rem", ".875rem", ".8125rem", ".75rem", ".6875rem"].into_iter().enumerate();
    let sizes = lengths.map(|(index, size)| html! { <li class={format!("size-{index}")}>{"web-0 waits for web-1 "}<code>{size}</code></li> });
    let glyphs =
        Glyph::ALL.into_iter().map(|glyph| html! { <li><Icon {glyph} /><span>{format!("{glyph:?}")}</span></li> });
    html! {
        <>
            <ul class="gallery-row">{for states}<li class="state-none"><StateIcon state={None} />{words.not_made_yet}</li></ul>
            <ul class="gallery-row">{for glyphs}</ul>
            <ul class="gallery-row">{for swatches}</ul>
            <ul class="gallery-sizes">{for sizes}</ul>
            <p class="gallery-row">
                <button type="button" class="button">{"Button"}</button>
                <button type="button" class="button primary">{"Apply"}</button>
                <button type="button" class="button icon-button" aria-pressed="true" aria-label="Pressed"><Icon glyph={Glyph::Table} /></button>
                <kbd>{"Ctrl"}</kbd>
            </p>
        </>
    }
}

fn notices() -> Html {
    let all = [
        Notice::Closed("web.yaml".into()),
        Notice::Reset,
        Notice::NotKept,
        Notice::Unreadable("picture.png".into()),
        Notice::TooLarge("dump.yaml".into()),
        Notice::NotMade,
    ];
    let lines =
        all.into_iter().map(|notice| html! { <li><NoticeLine notice={Some(notice)} onread={Callback::noop()} /></li> });
    let files = examples::find("article-printed").map(|example| example.files()).unwrap_or_default();
    let problems = Rc::new(Reading::of(&files).problems().to_vec());
    html! {
        <div class="gallery-columns">
            <ul>{for lines}</ul>
            <Problems files={Rc::new(files)} {problems} ongoto={Callback::noop()} onproblem={Callback::noop()} />
        </div>
    }
}
