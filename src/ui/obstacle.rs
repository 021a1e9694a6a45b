//! What stands in the way of the inspected object, cause by cause, and what would change it.

use super::shared::use_shared;
use super::text::Sentence;
use crate::explain::{Answer, Language, why_not};
use crate::obstacle::{Moment, Question};
use crate::scene::Playback;
use yew::prelude::*;

/// Properties of [`Obstacles`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The answer; nothing is shown of an empty one.
    pub answer: Answer,
}

/// The chain of causes.
#[component]
pub fn Obstacles(props: &Props) -> Html {
    let words = use_shared().words;
    let Answer { because, advice } = &props.answer;
    if because.is_empty() {
        return html! {};
    }
    let causes = because.iter().map(|because| html! { <li><Sentence text={because.text.clone()} /></li> });
    let remedies = advice.iter().map(|advice| {
        html! {
            <li><Sentence text={advice.text.clone()} />
                if let Some(command) = &advice.command { <code class="command">{command}</code> }
            </li>
        }
    });
    html! {
        <section class="obstacles">
            <h4>{words.in_the_way}</h4>
            <ol class="causes">{for causes}</ol>
            if !advice.is_empty() {
                <h4>{words.would_help}</h4>
                <ul class="remedies">{for remedies}</ul>
            }
        </section>
    }
}

/// What stands in the way of something at the shown moment of a run.
#[must_use]
pub fn ask(question: &Question, run: &Playback, language: Language) -> Answer {
    let timeline = run.timeline();
    let steps = timeline.steps().get(..timeline.position()).unwrap_or_default();
    why_not(Moment { cluster: timeline.cluster(), steps, now: run.now() }, question, language)
}
