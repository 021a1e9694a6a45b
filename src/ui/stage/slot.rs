//! The place of one ordinal.

use super::claim::ClaimChip;
use super::countdown::Countdown;
use crate::api::{Kind, ObjectRef};
use crate::scene::{Absent, NameView, PodView, Slot};
use crate::ui::icons::StateIcon;
use crate::ui::shared::{tag, use_shared};
use crate::ui::text::{Name, Sentence};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`SlotView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The slot.
    pub slot: Rc<Slot>,
    /// The set's namespace.
    pub namespace: Rc<str>,
    /// Whether an update is going on, which colours the revisions.
    pub updating: bool,
    /// Whether another ordinal waits for this one.
    pub awaited: bool,
}

/// A station of the rail with the pod, the name and the claims of its ordinal.
#[component]
pub fn SlotView(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let slot = &props.slot;
    let state = slot.pod.as_ref().map_or("none", |pod| pod.state.key());
    let waits = matches!(slot.absent, Some(Absent::WaitsFor { .. }));
    let class = classes!(
        "slot",
        format!("state-{state}"),
        waits.then_some("waits"),
        props.awaited.then_some("awaited"),
        (!slot.wanted).then_some("surplus"),
        slot.pod.as_ref().filter(|_| props.updating).map(|pod| if pod.newest { "at-new" } else { "at-old" }),
    );
    let object = ObjectRef::new(Kind::Pod, &props.namespace, &slot.name);
    let claims = slot
        .claims
        .iter()
        .map(|claim| html! { <li key={claim.object.name()}><ClaimChip claim={claim.clone()} slot={true} /></li> });
    let dns = match &slot.dns {
        NameView::Record(name) => html! { <p class="dns mono" title={name.clone()}>{name}</p> },
        NameView::NotYet(name) if slot.wanted || slot.pod.is_some() => html! {
            <p class="dns unpublished" title={name.clone()}>{words.no_record_yet}</p>
        },
        NameView::NotYet(_) | NameView::Never => html! { <p class="dns unpublished">{words.no_record}</p> },
    };
    html! {
        <li {class} data-ordinal={slot.ordinal.to_string()}>
            <div class="station" aria-hidden="true"><span class="ordinal">{slot.ordinal}</span></div>
            {match &slot.pod {
                Some(pod) => html! { <PodCard pod={pod.clone()} note={slot.note.as_ref().map(words.note)} /> },
                None => html! {
                    <button type="button" class="pod-card empty" data-object={tag(&object)} onclick={shared.select(&object)}>
                        <StateIcon state={None} />
                        <Name class="pod-name" name={slot.name.clone()} />
                        <span class="pod-state">{slot.absent.as_ref().map(|absent| html! { <Sentence text={(words.absent)(absent)} /> })}</span>
                    </button>
                },
            }}
            {dns}
            if !slot.claims.is_empty() { <ul class="claims">{for claims}</ul> }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct CardProps {
    pod: PodView,
    note: Option<String>,
}

#[component]
fn PodCard(props: &CardProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let pod = &props.pod;
    let place = pod.node.as_ref().map(|node| (words.on_node)(node));
    html! {
        <button type="button" class="pod-card" key={pod.uid.0.to_string()} data-object={tag(&pod.object)} data-home={tag(&pod.object)}
            onclick={shared.select(&pod.object)}>
            <StateIcon state={Some(pod.state)} />
            <Name class="pod-name" name={pod.object.name().to_owned()} />
            if let Some(revision) = pod.revision {
                <span class={classes!("revision", "mono", (!pod.newest).then_some("old"))} title={(words.revision_note)(revision, pod.newest)}>{(words.revision)(revision)}</span>
            }
            <span class="pod-state">{(words.state)(pod.state)}
                if let Some(place) = place { {" "}<span class="pod-place">{place}</span> }
            </span>
            if let Some(word) = &pod.word { <span class="pod-word mono">{word}</span> }
            if let Some(grace) = pod.grace { <Countdown {grace} /> }
            if let Some(note) = &props.note { <span class="pod-note">{note}</span> }
        </button>
    }
}
