//! What is to be said about the text: errors, warnings and notes, each with its place and its fixes.

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use super::text::Ticked;
use crate::session::{Action, File, Problem, Severity, start};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Problems`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The files, for their names.
    pub files: Rc<Vec<File>>,
    /// The problems, in the order of their places.
    pub problems: Rc<Vec<Problem>>,
    /// Goes to a place: file, line, column.
    pub ongoto: Callback<(usize, usize, usize)>,
    /// Goes to the next problem, or back to the one before.
    pub onproblem: Callback<bool>,
}

/// The shape of a severity.
#[must_use]
pub fn glyph(severity: Severity) -> Glyph {
    match severity {
        Severity::Error => Glyph::Error,
        Severity::Warning => Glyph::Warning,
        Severity::Note => Glyph::Note,
    }
}

/// The list of problems; nothing where there are none.
#[component]
pub fn Problems(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let mut order: Vec<(usize, &Problem)> = props.problems.iter().enumerate().collect();
    order.sort_by_key(|(_, problem)| problem.severity);
    let items = order.into_iter().map(|(index, problem)| {
        let place = start(problem);
        let file = props.files.get(place.file).map_or("", |file| file.name.as_str());
        let at = format!("{file}:{}:{}", place.line, place.column);
        let goto = {
            let ongoto = props.ongoto.clone();
            Callback::from(move |_: MouseEvent| ongoto.emit((place.file, place.line, place.column)))
        };
        let fixes = problem.fixes.iter().enumerate().map(|(fix, it)| {
            html! {
                <button type="button" class="fix" onclick={shared.on::<MouseEvent>(Action::Fix { problem: index, fix })}><Ticked text={it.title.clone()} /></button>
            }
        });
        html! {
            <li class={classes!("problem", problem.severity.as_str())} key={index}>
                <Icon glyph={glyph(problem.severity)} size={15} />
                <div class="problem-body">
                    <p class="problem-head">
                        <strong title={(words.severity_note)(problem.severity)}>{(words.severity)(problem.severity)}</strong>
                        <button type="button" class="goto" aria-label={(words.go_to_line)(&at)} onclick={goto}>
                            {&at}
                        </button>
                    </p>
                    <p class="problem-message"><Ticked text={problem.message.clone()} /></p>
                    if !problem.explanation.is_empty() { <p class="problem-hint"><Ticked text={problem.explanation.clone()} /></p> }
                    if !problem.fixes.is_empty() { <p class="fixes">{for fixes}</p> }
                </div>
            </li>
        }
    });
    let step = |word: &'static str, back: bool| {
        let onproblem = props.onproblem.clone();
        html! {
            <button type="button" class={classes!("icon-plain", back.then_some("upside-down"))} title={word} aria-label={word}
                onclick={Callback::from(move |_: MouseEvent| onproblem.emit(back))}>
                <Icon glyph={Glyph::Chevron} />
            </button>
        }
    };
    html! {
        <div class="problems" hidden={props.problems.is_empty()}>
            <div class="problems-bar">
                <h3>{words.problems}</h3>
                {step(words.previous_problem, true)}
                {step(words.next_problem, false)}
            </div>
            <ul class="problem-list">{for items}</ul>
        </div>
    }
}
