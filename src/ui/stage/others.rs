//! Pods and claims that no set shows. Takes no room where there are none.

use super::claim::ClaimChip;
use super::pod_chip::PodChip;
use crate::scene::Scene;
use crate::ui::shared::use_shared;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Others`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The stage.
    pub scene: Rc<Scene>,
}

/// What is on its own.
#[component]
pub fn Others(props: &Props) -> Html {
    let words = use_shared().words;
    let scene = &props.scene;
    let empty = scene.bare_pods.is_empty() && scene.bare_claims.is_empty();
    let pods =
        scene.bare_pods.iter().map(|pod| html! { <li key={pod.uid.0.to_string()}><PodChip pod={pod.clone()} /></li> });
    let claims = scene
        .bare_claims
        .iter()
        .map(|claim| html! { <li key={claim.object.name()}><ClaimChip claim={claim.clone()} slot={false} /></li> });
    html! {
        <section class="others" aria-label={words.others} hidden={empty}>
            <header class="section-head"><h3><span class="name">{words.others}</span></h3><span class="section-note">{words.others_note}</span></header>
            <ul class="other-list">{for pods}{for claims}</ul>
        </section>
    }
}
