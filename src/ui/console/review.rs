//! What applying the manifests to a running cluster would change, and whether it shall.

use crate::api::Time;
use crate::session::{Action, Changed, Review, Reviewed};
use crate::ui::shared::use_shared;
use crate::ui::words::ConsoleWords;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Properties of [`ReviewPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What would change.
    pub review: Rc<Review>,
    /// The shown instant.
    pub at: Time,
}

/// The changes, object by object.
#[component]
pub fn ReviewPanel(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.console_words;
    let yes = use_node_ref();
    {
        let yes = yes.clone();
        use_effect_with(props.review.clone(), move |_| {
            if let Some(yes) = yes.cast::<web_sys::HtmlElement>() {
                let _detached = yes.focus();
            }
            || {
                gloo_timers::callback::Timeout::new(0, give_focus_back).forget();
            }
        });
    }
    let onkeydown = {
        let act = shared.act.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                act.emit(Action::CancelReview);
            }
        })
    };
    let review = &props.review;
    html! {
        <section class="review" aria-labelledby="review-title" {onkeydown}>
            <header><h3 id="review-title">{words.review}</h3><p>{(words.review_at)(props.at)}</p></header>
            <div class="review-body" tabindex="0" role="group" aria-labelledby="review-title">
                if review.objects.is_empty() { <p>{words.review_none}</p> }
                <ul>{for review.objects.iter().map(|object| one(words, object))}</ul>
                if review.unchanged > 0 && !review.objects.is_empty() { <p class="review-rest">{(words.unchanged)(review.unchanged)}</p> }
            </div>
            <div class="review-tools">
                <button type="button" class="button primary" ref={yes} onclick={shared.on::<MouseEvent>(Action::ApplyHere)}>{words.apply}</button>
                <button type="button" class="button" title={words.start_over_note} onclick={shared.on::<MouseEvent>(Action::StartOver)}>{words.start_over}</button>
                <button type="button" class="button" onclick={shared.on::<MouseEvent>(Action::CancelReview)}>{words.cancel}</button>
            </div>
        </section>
    }
}

/// The focus goes where one applies again, unless it is somewhere.
fn give_focus_back() {
    let document = gloo_utils::document();
    let is_lost = document.active_element().is_none_or(|element| element.tag_name() == "BODY");
    let button = document.query_selector(".run .primary").ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()).filter(|_| is_lost) {
        let _detached = button.focus();
    }
}

fn one(words: &ConsoleWords, object: &Reviewed) -> Html {
    let (class, says, body) = match &object.change {
        Changed::Created => ("made", words.created, html! {}),
        Changed::Kept => ("changed", words.kept, html! {}),
        Changed::Fields(fields, more) => {
            let rows = fields.iter().map(|field| {
                html! {
                    <li><code class="review-path">{&field.path}</code>
                        <del>{field.before.as_deref().unwrap_or(words.nothing)}</del>{" → "}<ins>{field.after.as_deref().unwrap_or(words.nothing)}</ins>
                    </li>
                }
            });
            let body = html! { <ul class="review-fields">{for rows}if *more > 0 { <li>{(words.more_fields)(*more)}</li> }</ul> };
            ("changed", words.changes, body)
        }
        Changed::Refused { message, way_out } => {
            let way_out = way_out
                .as_ref()
                .map(|line| html! { <><p>{words.immutable}</p><code class="review-line">{line}</code></> });
            ("refused", words.refused, html! { <><pre>{message}</pre>{way_out}</> })
        }
        Changed::Stays { deletes } => ("stays", words.stays, html! { <code class="review-line">{deletes}</code> }),
    };
    html! {
        <li class={classes!("reviewed", class)}><p><span class="kind">{&object.kind}</span>{" "}<span class="mono">{&object.name}</span>{" "}{says}</p>{body}</li>
    }
}
