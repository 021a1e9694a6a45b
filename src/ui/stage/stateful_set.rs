//! A StatefulSet as a rail: one station an ordinal, the pod at it, its name and its claims beneath.

use super::arrow::WaitArrow;
use super::autoscaler::AutoscalerChip;
use super::slot::SlotView;
use crate::scene::{Naming, SetView};
use crate::ui::icons::{Glyph, Icon};
use crate::ui::shared::{tag, use_shared};
use crate::ui::text::ObjectLink;
use crate::ui::words::Words;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Rail`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The set.
    pub set: Rc<SetView>,
}

/// More slots than this are drawn small.
const ROOMY: usize = 12;

/// The set with its header and its slots.
#[component]
pub fn Rail(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let set = &props.set;
    let list = use_node_ref();
    let waited = set.arrow.map(|arrow| arrow.to);
    let slots = set.slots.iter().map(|slot| {
        html! { <SlotView key={slot.ordinal} slot={Rc::new(slot.clone())} namespace={set.object.key.namespace.clone()} updating={set.update.is_some()} awaited={waited == Some(slot.ordinal)} /> }
    });
    let title = format!("set-{}-{}", set.object.key.namespace, set.object.name());
    let policy = if set.ordered { (words.ordered, words.ordered_note) } else { (words.parallel, words.parallel_note) };
    html! {
        <section class="set" aria-labelledby={title.clone()}>
            <header class="section-head">
                <h3 id={title}>
                    <button type="button" class="set-name" data-object={tag(&set.object)} onclick={shared.select(&set.object)}>
                        <span class="kind">{"StatefulSet"}</span>{" "}<span class="name">{set.object.name()}</span>
                    </button>
                </h3>
                <ul class="facts">
                    <li class="fact strong">{(words.ready_of)(set.ready, set.replicas)}</li>
                    <li class="fact mono" title={policy.1}>{policy.0}</li>
                    if let (Some(update), Some(revision)) = (&set.update, set.revision) {
                        <li class="fact updating">{(words.updated_of)(update.updated, update.pods, revision)}</li>
                        if update.partition > 0 { <li class="fact mono">{(words.partition)(update.partition)}</li> }
                        if update.on_delete { <li class="fact mono">{words.on_delete}</li> }
                    }
                    if set.terminating { <li class="fact ending">{words.being_deleted}</li> }
                </ul>
                if let Some(autoscaler) = &set.autoscaler { <AutoscalerChip autoscaler={autoscaler.clone()} /> }
                {naming(words, &set.naming)}
            </header>
            <div class="rail-holder">
                <ol class={classes!("rail", (set.slots.len() > ROOMY).then_some("small"), (!set.ordered).then_some("parallel"))}
                    ref={list.clone()} aria-label={(words.rail_of)(set.object.name())}>
                    {for slots}
                </ol>
                <WaitArrow arrow={set.arrow} list={list} slots={set.slots.len()} name={set.object.name().to_owned()} />
            </div>
        </section>
    }
}

fn naming(words: &Words, naming: &Naming) -> Html {
    let bad =
        |text: String| html! { <p class="naming bad"><Icon glyph={Glyph::Warning} size={14} /><span>{text}</span></p> };
    match naming {
        Naming::Headless { service, selects: true } => html! {
            <p class="naming"><Icon glyph={Glyph::Service} size={14} /><span>{words.named_by}{" "}<ObjectLink object={service.clone()} /></span></p>
        },
        Naming::Headless { service, .. } => bad((words.selects_nothing)(service.name())),
        Naming::NotHeadless(service) => bad((words.not_headless)(service.name())),
        Naming::Missing(name) => bad((words.no_service)(name)),
        Naming::Unnamed => bad(words.unnamed.into()),
    }
}
