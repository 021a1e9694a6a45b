//! The explanation: what happened, why, who waits, which fields decide, what follows, which rule it is.

use super::icons::{Glyph, Icon};
use super::rules::RuleDetails;
use super::shared::{Shared, use_shared};
use super::text::Sentence;
use super::told::{Told, Written};
use super::traps::{StandingTraps, Traps};
use crate::explain::DecidingField;
use crate::session::{File, Place};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ExplanationPane`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The shown moment in words; none where nothing ran.
    pub told: Option<Rc<Told>>,
    /// Virtual time that passed before it, where it is worth saying.
    pub passed: Option<u64>,
    /// The files, for their names.
    pub files: Rc<Vec<File>>,
    /// Points at a place in the text, or at none.
    pub onlight: Callback<Option<Place>>,
    /// Goes to a place in the text.
    pub ongoto: Callback<(usize, usize, usize)>,
}

/// The explanation of the shown step.
#[component]
pub fn ExplanationPane(props: &Props) -> Html {
    let words = use_shared().words;
    let Some(told) = &props.told else {
        return html! { <div class="why-body"><p class="why-empty">{words.nothing_ran}</p></div> };
    };
    let Some(explanation) = &told.explanation else {
        return html! {
            <div class="why-body">
                <p class="why-at">{(words.step_of)(0, told.steps, told.at)}</p>
                <h3 class="headline">{words.before_first}</h3>
                <p class="why-empty not-touch">{words.before_first_note}</p>
            </div>
        };
    };
    let why = explanation.why.iter().map(|text| html! { <p><Sentence text={text.clone()} /></p> });
    html! {
        <div class="why-body">
            <p class="why-at">
                <span>{(words.step_of)(told.step, told.steps, told.at)}</span>
                if let Some(actor) = &told.actor { <span class="actor mono">{actor}</span> }
                if let Some(millis) = props.passed { <span class="why-passed">{(words.passed)(millis)}</span> }
            </p>
            <h3 class="headline"><Sentence text={explanation.headline.clone()} /></h3>
            <div class="prose">{for why}</div>
            <Traps traps={told.traps.clone()} />
            if !explanation.evidence.is_empty() {
                <section class="why-part">
                    <h4>{words.evidence}</h4>
                    <dl class="evidence">{for explanation.evidence.iter().map(|evidence| html! {
                        <div><dt>{evidence.label}</dt><dd><Sentence text={evidence.value.clone()} /></dd></div>
                    })}</dl>
                </section>
            }
            <Waits told={told.clone()} />
            <StandingTraps traps={told.standing.clone()} />
            if !told.fields.is_empty() {
                <section class="why-part">
                    <h4>{words.decided_by}</h4>
                    <ul class="fields">{for told.fields.iter().map(|(field, written)| html! {
                        <li><Field field={field.clone()} written={*written} files={props.files.clone()} onlight={props.onlight.clone()} ongoto={props.ongoto.clone()} /></li>
                    })}</ul>
                </section>
            }
            if let Some(next) = &explanation.next {
                <p class="next"><strong>{words.next}{words.colon}</strong><Sentence text={next.clone()} /></p>
            } else if let Some(end) = told.end {
                <p class="next">{(words.run_ended)(end)}</p>
            }
            if let Some(rule) = explanation.rule { <RuleDetails {rule} /> }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct WaitsProps {
    told: Rc<Told>,
}

#[component]
fn Waits(props: &WaitsProps) -> Html {
    let words = use_shared().words;
    let waits = &props.told.waits;
    let items = waits.iter().map(|(object, text)| {
        html! { <li key={object.to_string()}><Icon glyph={Glyph::Wait} size={14} /><Sentence text={text.clone()} /></li> }
    });
    html! {
        <section class="why-part" hidden={waits.is_empty()}>
            <h4>{words.waiting_now}</h4>
            <ul class="wait-list">{for items}
                if props.told.more_waits > 0 { <li>{(words.more_pods)(props.told.more_waits)}</li> }
            </ul>
        </section>
    }
}

/// A value that is long is cut; the whole is in the text.
fn shortened(value: &str) -> String {
    const ROOM: usize = 48;
    match value.char_indices().nth(ROOM) {
        Some((cut, _)) => format!("{}…", &value[..cut]),
        None => value.to_owned(),
    }
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    field: DecidingField,
    written: Written,
    files: Rc<Vec<File>>,
    onlight: Callback<Option<Place>>,
    ongoto: Callback<(usize, usize, usize)>,
}

/// A deciding field: points at its line, goes there when pressed.
#[component]
fn Field(props: &FieldProps) -> Html {
    let Shared { words, .. } = use_shared();
    let DecidingField { path, value, .. } = &props.field;
    let aside = |say: fn(&str) -> String| {
        html! {
            <p class="field defaulted"><code>{path}</code>{" "}<span title={value.clone()}>{say(&shortened(value))}</span></p>
        }
    };
    let place = match props.written {
        Written::At(place) => place,
        Written::Before => return aside(words.written_before),
        Written::Nowhere => return aside(words.not_written),
    };
    let line = match props.files.get(place.file) {
        Some(file) if props.files.len() > 1 => (words.line_in)(&file.name, place.line),
        _ => (words.line)(place.line),
    };
    let light = |place: Option<Place>| {
        let onlight = props.onlight.clone();
        move || onlight.emit(place)
    };
    let (on, off) = (light(Some(place)), light(None));
    let (on_focus, off_focus) = (on.clone(), off.clone());
    let onclick = {
        let ongoto = props.ongoto.clone();
        Callback::from(move |_: MouseEvent| ongoto.emit((place.file, place.line, place.column)))
    };
    html! {
        <button type="button" class="field" {onclick}
            onmouseenter={Callback::from(move |_: MouseEvent| on())} onmouseleave={Callback::from(move |_: MouseEvent| off())}
            onfocus={Callback::from(move |_: FocusEvent| on_focus())} onblur={Callback::from(move |_: FocusEvent| off_focus())}>
            <code title={value.clone()}>{format!("{path}: {}", shortened(value))}</code>{" "}<span class="field-line">{line}</span>
        </button>
    }
}
