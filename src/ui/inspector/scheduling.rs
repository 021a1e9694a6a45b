//! Why a pod is on its node, or on none: a row a node.

use crate::reason::{OnlyNode, Plugin, RefusalCause};
use crate::scene::{SchedulingOutcome, SchedulingView};
use crate::scheduler::{NodeAssessment, Standing};
use crate::session::Action;
use crate::ui::icons::{Glyph, Icon};
use crate::ui::shared::{Shared, use_shared};
use crate::ui::text::ObjectLink;
use crate::ui::words::Words;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`SchedulingPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The scheduling.
    pub view: Rc<SchedulingView>,
}

/// More nodes than this are counted.
const ROWS: usize = 100;

/// The outcome in a sentence, and a table of the nodes.
#[component]
pub fn SchedulingPanel(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let view = &props.view;
    let rows = view.nodes.iter().take(ROWS).map(|node| row(words, view, node));
    let more = view.nodes.len().saturating_sub(ROWS);
    let highest = view.highest();
    let head = view.plugins.iter().map(|(plugin, weight)| {
        html! {
            <th scope="col" class="score-head" title={(words.stage_words.plugin_scores)(plugin)}>
                <span class="score-name">{(words.stage_words.plugin_short)(plugin)}<span class="score-weight">{format!(" ×{weight}")}</span></span>
            </th>
        }
    });
    html! {
        <>
            {outcome(&shared, view)}
            if let Some((plugin, text)) = &view.kept_off {
                <p class="aspect-note"><code>{plugin.to_string()}</code>{words.colon}{text}</p>
            }
            if !view.nodes.is_empty() {
                <table class="facts-table scores">
                    <caption>{(words.stage_words.judged_at)(view.at)}</caption>
                    <thead><tr>
                        <th scope="col">{words.node}</th>{for head}
                        <th scope="col">{if highest.is_some() { words.stage_words.score } else { words.stage_words.verdict }}</th>
                    </tr></thead>
                    <tbody>{for rows}</tbody>
                </table>
                if more > 0 { <p class="aspect-note">{(words.stage_words.more_nodes)(more)}</p> }
                if highest.is_some() { <p class="aspect-note">{words.stage_words.how_scored}</p> }
            }
        </>
    }
}

fn outcome(shared: &Shared, view: &SchedulingView) -> Html {
    let words = shared.words.stage_words;
    let step = match &view.outcome {
        SchedulingOutcome::Bound { step, .. } | SchedulingOutcome::Chosen { step, .. } => Some(*step),
        SchedulingOutcome::Waits
        | SchedulingOutcome::Named(_)
        | SchedulingOutcome::Foreign(_)
        | SchedulingOutcome::Gated(_)
        | SchedulingOutcome::Over => None,
    };
    let why = match (&view.outcome, view.only) {
        (SchedulingOutcome::Bound { .. } | SchedulingOutcome::Chosen { .. }, Some(OnlyNode::Pinned)) => {
            words.pinned.into()
        }
        (SchedulingOutcome::Bound { .. } | SchedulingOutcome::Chosen { .. }, Some(OnlyNode::Nominated)) => {
            words.nominated.into()
        }
        (SchedulingOutcome::Bound { .. } | SchedulingOutcome::Chosen { .. }, None) => match (view.highest(), view.tied)
        {
            (None, _) => words.only_one.to_owned(),
            (Some(_), 0 | 1) => words.highest.to_owned(),
            (Some(_), tied) => (words.tie)(tied),
        },
        _ => String::new(),
    };
    html! {
        <p class="outcome">
            <span>{(words.scheduling_outcome)(&view.outcome)}</span>
            if let Some(node) = view.winner() {
                {" "}<ObjectLink object={crate::api::ObjectRef::new(crate::api::Kind::Node, "", node)} />{". "}
            }
            {why}
            if let Some(step) = step {
                {" "}<button type="button" class="go-to-step" onclick={shared.on::<MouseEvent>(Action::GoToStep(step))}>{words.go_to_step}</button>
            }
        </p>
    }
}

fn row(words: &Words, view: &SchedulingView, node: &NodeAssessment) -> Html {
    let is_winner = view.winner() == Some(&node.node);
    let columns = view.plugins.len();
    let name = html! {
        <th scope="row" class="mono">
            if is_winner { <Icon glyph={Glyph::Accepted} size={12} /><span class="visually-hidden">{words.stage_words.chosen}{" "}</span> }
            {&node.node}
        </th>
    };
    let class = classes!(is_winner.then_some("winner"));
    match &node.standing {
        Standing::Scored { total, plugins } => {
            let is_tied = view.tied > 1 && view.highest() == Some(*total);
            html! {
                <tr {class}>{name}
                    {for plugins.iter().map(|score| html! { <td class="number">{score.score}</td> })}
                    <td class="number total">{total}if is_tied { {" "}<span class="tie">{words.stage_words.tied}</span> }</td>
                </tr>
            }
        }
        Standing::Only => {
            html! { <tr {class}>{name}<td colspan={(columns + 1).to_string()}>{words.stage_words.passes}</td></tr> }
        }
        Standing::Unseen => {
            html! { <tr class="unseen">{name}<td colspan={(columns + 1).to_string()}>{words.stage_words.unseen}</td></tr> }
        }
        Standing::Refused { plugin, reasons, cause } => html! {
            <tr class="refused">{name}
                <td colspan={(columns + 1).to_string()}>
                    <span class="refusal-plain">{refusal_of(words, *plugin, cause.as_ref())}</span>{" "}
                    <span class="refusal-text"><code>{plugin.to_string()}</code>{words.colon}{reasons.join(words.comma)}</span>
                </td>
            </tr>
        },
    }
}

/// Why a filter refuses a node, in plain words.
#[must_use]
pub fn refusal_of(words: &Words, plugin: Plugin, cause: Option<&RefusalCause>) -> String {
    match cause {
        Some(cause) => (words.stage_words.refusal_cause)(cause),
        None => (words.stage_words.refusal_plugin)(plugin).to_owned(),
    }
}
