//! Pods, claims and Services that no set shows. Takes no room where there are none.

use super::claim::ClaimChip;
use super::pod_chip::PodChip;
use crate::scene::Scene;
use crate::ui::icons::{Glyph, Icon};
use crate::ui::shared::{tag, use_shared};
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
    let shared = use_shared();
    let words = shared.words;
    let scene = &props.scene;
    let empty = scene.bare_pods.is_empty() && scene.bare_claims.is_empty() && scene.services.is_empty();
    let pods =
        scene.bare_pods.iter().map(|pod| html! { <li key={pod.uid.0.to_string()}><PodChip pod={pod.clone()} /></li> });
    let claims = scene
        .bare_claims
        .iter()
        .map(|claim| html! { <li key={claim.object.name()}><ClaimChip claim={claim.clone()} slot={false} /></li> });
    let services = scene.services.iter().map(|service| {
        html! {
            <li key={service.name()}><button type="button" class="service" data-object={tag(service)} onclick={shared.select(service)}>
                <Icon glyph={Glyph::Service} /><span class="kind">{"Service"}</span><span class="mono">{service.name()}</span>
            </button></li>
        }
    });
    html! {
        <section class="others" aria-labelledby="others-title" hidden={empty}>
            <header class="section-head"><h3 id="others-title"><span class="name">{words.others}</span></h3><span class="section-note">{words.others_note}</span></header>
            <ul class="other-list">{for pods}{for claims}{for services}</ul>
        </section>
    }
}
