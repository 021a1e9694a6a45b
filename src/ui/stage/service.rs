//! A Service as a band: what its name leads to, and the endpoints behind it.

use crate::scene::{EndpointState, EndpointView, Lead, ServiceView};
use crate::ui::icons::{Glyph, Icon};
use crate::ui::shared::{tag, use_shared};
use crate::ui::text::Name;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ServiceBand`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The Service.
    pub service: Rc<ServiceView>,
}

/// The band.
#[component]
pub fn ServiceBand(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.stage_words;
    let service = &props.service;
    let more = service.all.saturating_sub(service.endpoints.len());
    let lead = match &service.lead {
        Lead::Address(address) => html! { <li class="fact mono" title={words.address_note}>{address}</li> },
        Lead::Headless => html! { <li class="fact" title={words.headless_note}>{words.headless}</li> },
        Lead::External(name) => html! { <li class="fact mono">{name}</li> },
        Lead::Unselected => html! { <li class="fact">{words.unselected}</li> },
    };
    let is_headless = service.lead == Lead::Headless;
    let endpoints = service.endpoints.iter().map(|endpoint| {
        html! { <Endpoint key={endpoint.label().to_owned()} endpoint={endpoint.clone()} named={is_headless} /> }
    });
    let is_external = matches!(service.lead, Lead::External(_));
    html! {
        <section class="band service-band" aria-label={format!("Service {}", service.object.name())}>
            <h3>
                <button type="button" class="set-name" data-object={tag(&service.object)} onclick={shared.select(&service.object)}>
                    <Icon glyph={Glyph::Service} size={14} /><span class="kind">{"Service"}</span>{" "}<span class="name">{service.object.name()}</span>
                </button>
            </h3>
            <ul class="facts">
                {lead}
                if !is_external {
                    <li class={classes!("fact", "strong", (service.ready == 0).then_some("none-ready"))}>{(words.endpoints_of)(service.ready, service.all)}</li>
                }
            </ul>
            if !service.endpoints.is_empty() {
                <ul class="endpoints" aria-label={words.endpoints}>{for endpoints}
                    if more > 0 { <li class="more">{(shared.words.more_pods)(more)}</li> }
                </ul>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct EndpointProps {
    endpoint: EndpointView,
    named: bool,
}

/// An endpoint: its shape and a word say whether traffic goes there.
#[component]
fn Endpoint(props: &EndpointProps) -> Html {
    let shared = use_shared();
    let words = shared.words.stage_words;
    let endpoint = &props.endpoint;
    let state = (words.endpoint_state)(endpoint.state);
    let below = match &endpoint.name {
        Some(name) if props.named && endpoint.state == EndpointState::Ready => (words.named_below)(name),
        _ => state.to_owned(),
    };
    let class = classes!("endpoint", format!("endpoint-{}", endpoint.state.key()));
    let title = format!("{} {}: {state}", endpoint.label(), endpoint.address);
    let inside = html! {
        <>
            <EndpointShape state={endpoint.state} />
            <Name class="endpoint-name" name={endpoint.label().to_owned()} />
            <span class="endpoint-state">{below}</span>
        </>
    };
    match &endpoint.pod {
        Some(pod) => html! {
            <li><button type="button" {class} {title} data-link={tag(pod)} onclick={shared.select(pod)}>{inside}</button></li>
        },
        None => html! { <li><span {class} {title}>{inside}</span></li> },
    }
}

#[derive(Properties, PartialEq)]
struct ShapeProps {
    state: EndpointState,
}

/// An open valve, a shut one, one that closes.
#[component]
fn EndpointShape(props: &ShapeProps) -> Html {
    let shape = match props.state {
        EndpointState::Ready => html! { <path class="solid" d="M1 8h7V4l7 4-7 4V8z" /> },
        EndpointState::NotReady => html! { <path d="M1 8h7M11 3v10" /> },
        EndpointState::Draining => html! { <path d="M1 8h3M6 8h3M9 5l4 3-4 3z" /> },
        EndpointState::Terminating => html! { <path d="M1 8h6M10 5l5 6M15 5l-5 6" /> },
    };
    html! { <svg class="glyph" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{shape}</svg> }
}
