//! The run in short: three sentences about all of it, and its phases, each a way to the moment at which it began.

use super::shared::use_shared;
use super::text::Sentence;
use crate::explain::{PhaseTold, Story};
use crate::session::Action;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`StoryPart`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run in words; none while it is folded.
    pub story: Option<Rc<Story>>,
    /// How many steps have happened at the shown moment.
    pub happened: usize,
    /// Called when it is unfolded or folded.
    pub ontoggle: Callback<bool>,
}

/// The run in short; told only when somebody unfolds it.
#[component]
pub fn StoryPart(props: &Props) -> Html {
    let words = use_shared().words.compare_words;
    let ontoggle = {
        let ontoggle = props.ontoggle.clone();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<HtmlElement>();
            ontoggle.emit(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    html! {
        <details class="story" {ontoggle}>
            <summary>{words.story}</summary>
            if let Some(story) = &props.story { <Told story={story.clone()} happened={props.happened} /> }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    story: Rc<Story>,
    happened: usize,
}

#[component]
fn Told(props: &ToldProps) -> Html {
    let shared = use_shared();
    let words = shared.words.compare_words;
    let Story { overview, phases } = &*props.story;
    if phases.is_empty() {
        return html! { <p class="story-overview">{words.story_empty}</p> };
    }
    let shown = phases.iter().rposition(|phase| phase.step < props.happened);
    let phases = phases.iter().enumerate().map(|(index, phase)| {
        let PhaseTold { commands, outcomes, step, begins, .. } = phase;
        html! {
            <li class="phase" aria-current={(shown == Some(index)).then_some("step")}>
                <button type="button" class="phase-go" onclick={shared.on::<MouseEvent>(Action::GoToStep(*step))}>
                    {for commands.iter().map(|command| html! { <span class="phase-command">{command.to_string()}</span> })}
                    <span class="phase-at">{(words.phase_at)(*begins)}</span>
                </button>
                {for outcomes.iter().map(|outcome| html! { <p><Sentence text={outcome.clone()} /></p> })}
            </li>
        }
    });
    html! {
        <div>
            {for overview.iter().map(|sentence| html! { <p class="story-overview"><Sentence text={sentence.clone()} /></p> })}
            <ol class="phases">{for phases}</ol>
        </div>
    }
}
