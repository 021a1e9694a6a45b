//! Every step that changed the object, with a way to it.

use crate::api::{ObjectRef, Time};
use crate::engine::StepId;
use crate::explain::{self, Language};
use crate::scene::{FieldChange, Playback, difference};
use crate::session::Action;
use crate::ui::shared::use_shared;
use yew::prelude::*;

/// One step in the history of an object.
#[derive(Clone, PartialEq)]
pub struct HistoryLine {
    step: StepId,
    at: Time,
    headline: String,
    turn: Turn,
    when: When,
    fields: Vec<FieldChange>,
}

/// What the step is to the object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It makes it.
    Made,
    /// It changes it.
    Changed,
    /// It removes it.
    Removed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Past,
    Now,
    Future,
}

/// So many steps are listed: those around the shown moment.
const LISTED: usize = 60;
/// So many fields of one step are listed.
const FIELDS: usize = 4;

impl HistoryLine {
    /// The steps around the shown moment, and how many more there are.
    pub fn all(object: &ObjectRef, run: &Playback, language: Language) -> (Vec<HistoryLine>, usize) {
        let timeline = run.timeline();
        let ids = run.history().changed(object);
        let past = ids.partition_point(|id| *id < timeline.position());
        let from = past.saturating_sub(LISTED / 2).min(ids.len().saturating_sub(LISTED));
        let shown = ids.iter().enumerate().skip(from).take(LISTED);
        let lines: Vec<HistoryLine> = shown
            .filter_map(|(index, id)| {
                let step = timeline.steps().get(*id)?;
                let is_about = |it: &&crate::cluster::Change| it.object().is_some_and(|it| it.reference() == *object);
                let mut changes = step.changes.iter().filter(is_about);
                let first = changes.next()?;
                let last = changes.next_back().unwrap_or(first);
                let turn = match (&first.before, &last.after) {
                    (None, _) => Turn::Made,
                    (Some(_), None) => Turn::Removed,
                    (Some(_), Some(_)) => Turn::Changed,
                };
                Some(HistoryLine {
                    step: *id,
                    at: step.at,
                    headline: explain::headline(step, language).to_string(),
                    turn,
                    when: if index >= past {
                        When::Future
                    } else if index + 1 == past {
                        When::Now
                    } else {
                        When::Past
                    },
                    fields: difference(first),
                })
            })
            .collect();
        let more = ids.len() - lines.len();
        (lines, more)
    }
}

/// Properties of [`HistoryList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The steps.
    pub lines: Vec<HistoryLine>,
    /// How many more there are.
    pub more: usize,
}

/// The list.
#[component]
pub fn HistoryList(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let lines = props.lines.iter().map(|line| {
        let class = match line.when {
            When::Past => "history-line",
            When::Now => "history-line now",
            When::Future => "history-line future",
        };
        let fields = line.fields.iter().take(FIELDS).map(|field| {
            let absent = words.stage_words.absent_value;
            html! {
                <li class="history-field mono">
                    <span class="history-path">{&field.path}</span>{" "}
                    <span class="history-values">{field.before.as_deref().map(shortened).unwrap_or(absent.into())}{" → "}{field.after.as_deref().map(shortened).unwrap_or(absent.into())}</span>
                </li>
            }
        });
        let more = line.fields.len().saturating_sub(FIELDS);
        html! {
            <li {class} key={line.step}>
                <button type="button" class="history-step" aria-current={(line.when == When::Now).then_some("step")} title={words.stage_words.go_to_step}
                    onclick={shared.on::<MouseEvent>(Action::GoToStep(line.step))}>
                    <span class="history-when">{(words.stage_words.at)(line.at)}{" "}<span class="history-turn">{(words.stage_words.turn)(line.turn)}</span></span>
                    <span class="history-headline">{&line.headline}</span>
                </button>
                if !line.fields.is_empty() {
                    <ul class="history-fields">{for fields}
                        if more > 0 { <li class="history-field">{(words.stage_words.more_fields)(more)}</li> }
                    </ul>
                }
            </li>
        }
    });
    html! {
        <>
            <ol class="history">{for lines}</ol>
            if props.more > 0 { <p class="aspect-note">{(words.stage_words.more_steps)(props.more)}</p> }
        </>
    }
}

fn shortened(value: &str) -> String {
    const ROOM: usize = 40;
    match value.char_indices().nth(ROOM) {
        Some((cut, _)) => format!("{}…", &value[..cut]),
        None => value.to_owned(),
    }
}
