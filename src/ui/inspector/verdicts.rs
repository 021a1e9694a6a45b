//! What a DaemonSet thinks of every node: a row a node.

use crate::reason::{Refusal, Verdict};
use crate::scene::DaemonVerdict;
use crate::ui::icons::{Glyph, Icon, StateIcon};
use crate::ui::shared::use_shared;
use crate::ui::text::ObjectLink;
use crate::ui::words::Words;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`VerdictPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The set's name.
    pub set: String,
    /// What it thinks of every node.
    pub verdicts: Rc<Vec<DaemonVerdict>>,
}

/// More nodes than this are counted.
const ROWS: usize = 100;

/// The verdicts as a table.
#[component]
pub fn VerdictPanel(props: &Props) -> Html {
    let words = use_shared().words;
    let runs = props.verdicts.iter().filter(|it| matches!(it.verdict, Verdict::Runs { .. })).count();
    let rows = props.verdicts.iter().take(ROWS).map(|verdict| row(words, verdict));
    let more = props.verdicts.len().saturating_sub(ROWS);
    html! {
        <>
            <p class="outcome">{(words.stage_words.verdict_counts)(runs, props.verdicts.len())}</p>
            <table class="facts-table">
                <caption class="visually-hidden">{(words.stage_words.verdicts_of)(&props.set)}</caption>
                <thead><tr>
                    <th scope="col">{words.node}</th><th scope="col">{words.stage_words.because}</th>
                </tr></thead>
                <tbody>{for rows}</tbody>
            </table>
            if more > 0 { <p class="aspect-note">{(words.stage_words.more_nodes)(more)}</p> }
        </>
    }
}

fn row(words: &Words, verdict: &DaemonVerdict) -> Html {
    let (class, glyph, word) = match (&verdict.verdict, &verdict.pod) {
        (Verdict::Runs { .. }, Some(_)) => ("yes", Glyph::Accepted, words.placed),
        (Verdict::Runs { .. }, None) => ("may", Glyph::Accepted, words.will_be_placed),
        (Verdict::Keeps(_), Some(_)) => ("no", Glyph::Refused, words.keeps),
        (Verdict::Keeps(_) | Verdict::Refuses(_), _) => ("no", Glyph::Refused, words.refused),
    };
    let why = match &verdict.verdict {
        Verdict::Runs { tolerated } if tolerated.is_empty() => html! { {words.stage_words.nothing_in_the_way} },
        Verdict::Runs { tolerated } => html! {
            <ul class="why-list">{for tolerated.iter().map(|(taint, toleration, added)| html! {
                <li>{words.stage_words.tolerates}{" "}<code>{taint.to_string()}</code>{" "}
                    <span class={if *added { "written added" } else { "written" }}>{(words.stage_words.toleration)(toleration, *added)}</span></li>
            })}</ul>
        },
        Verdict::Keeps(refusal) | Verdict::Refuses(refusal) => html! {
            <>
                {(words.refusal)(refusal)}
                if let Refusal::Taint(taint) = refusal { {words.colon}<code>{taint.to_string()}</code> }
                if !verdict.unmet.is_empty() {
                    <ul class="why-list">{for verdict.unmet.iter().enumerate().map(|(index, unmet)| html! {
                        <li>{(words.stage_words.unmet_term)(index + 1, verdict.unmet.len())}{" "}
                            if unmet.is_empty() { {words.stage_words.empty_term} }
                            {for unmet.iter().map(|requirement| html! { <><code>{requirement}</code>{" "}</> })}</li>
                    })}</ul>
                }
            </>
        },
    };
    html! {
        <tr class={classes!("verdict-row", class)}>
            <th scope="row" class="mono verdict-cell">{&verdict.node}<span class="node-word"><Icon {glyph} size={12} />{word}</span></th>
            <td>{why}
                if let Some((pod, state)) = &verdict.pod {
                    {" "}<span class={format!("verdict-pod state-{}", state.key())}><StateIcon state={Some(*state)} size={12} /><ObjectLink object={pod.clone()} /></span>
                }
            </td>
        </tr>
    }
}
