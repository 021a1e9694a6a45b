//! A closer look at one object, as it is at the shown moment: what it is, its YAML, its Events, its names, its history, and
//! for pods and DaemonSets what every node is to them.

mod aspect;
mod history;
mod overview;
mod scheduling;
mod verdicts;
mod yaml;

pub use aspect::Aspect;
pub use history::Turn;
pub use scheduling::refusal_of;

use super::events::{EventLine, EventList};
use super::icons::{Glyph, Icon};
use super::obstacle::{Obstacles, ask};
use super::shared::{tag, use_shared};
use super::words::Words;
use crate::api::{Kind, Object, ObjectRef};
use crate::dns::{Record, RecordData, records_of_pod, records_of_service};
use crate::explain::Answer;
use crate::kubectl::print::{Item, to_json, to_yaml};
use crate::obstacle::Question;
use crate::scene::{DaemonVerdict, Playback, SchedulingView};
use crate::session::Action;
use aspect::Aspects;
use history::{HistoryLine, HistoryList};
use overview::{Overview, OverviewPanel};
use scheduling::SchedulingPanel;
use std::rc::Rc;
use verdicts::VerdictPanel;
use yaml::YamlPanel;
use yew::prelude::*;

/// What is shown of an object.
#[derive(Clone, PartialEq)]
pub struct Inspection {
    /// The object.
    pub object: ObjectRef,
    /// What is to be seen of it, with how much of each there is.
    aspects: Vec<(Aspect, Option<usize>)>,
    /// What is seen.
    aspect: Aspect,
    body: Body,
    is_there: bool,
}

#[derive(Clone, PartialEq)]
enum Body {
    Overview(Overview, Answer),
    Yaml(String),
    Events(Vec<EventLine>),
    Dns(Vec<Record>),
    History(Vec<HistoryLine>, usize),
    Scheduling(Rc<SchedulingView>),
    Verdicts(Rc<Vec<DaemonVerdict>>),
}

impl Inspection {
    /// An aspect of an object at the shown moment of a run; its overview where it has no such aspect.
    #[must_use]
    pub fn of(object: &ObjectRef, wanted: Aspect, run: &Playback, words: &Words) -> Inspection {
        let cluster = run.timeline().cluster();
        let found = cluster.get(object);
        let events = || run.events().about(object, run.timeline().position());
        let records = match &found {
            Some(Object::Pod(pod)) => records_of_pod(cluster, pod),
            Some(Object::Service(service)) => records_of_service(cluster, service),
            _ => vec![],
        };
        let steps = run.history().changed(object);
        let counted = |aspect: Aspect, count: usize| (count > 0).then_some((aspect, Some(count)));
        let plain = |aspect: Aspect, is_shown: bool| is_shown.then_some((aspect, None));
        let is_there = found.is_some();
        let aspects: Vec<(Aspect, Option<usize>)> = [
            Some((Aspect::Overview, None)),
            plain(Aspect::Scheduling, is_there && object.kind == Kind::Pod),
            plain(Aspect::Verdicts, is_there && object.kind == Kind::DaemonSet),
            plain(Aspect::Yaml, is_there),
            counted(Aspect::Events, events().count()),
            counted(Aspect::Dns, records.len()),
            counted(Aspect::History, steps.len()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let aspect = if aspects.iter().any(|(aspect, _)| *aspect == wanted) { wanted } else { Aspect::Overview };
        let body = match (aspect, &found) {
            (Aspect::Yaml, Some(found)) => Some(Body::Yaml(to_yaml(&to_json(&Item::Object(found.clone()))))),
            (Aspect::Events, _) => Some(Body::Events(events().map(|entry| EventLine::of(&entry, words)).collect())),
            (Aspect::Dns, _) => Some(Body::Dns(records)),
            (Aspect::History, _) => {
                let (lines, more) = HistoryLine::all(object, run, words.language);
                Some(Body::History(lines, more))
            }
            (Aspect::Scheduling, _) => run.scheduling(object).map(|view| Body::Scheduling(Rc::new(view))),
            (Aspect::Verdicts, Some(Object::DaemonSet(set))) => {
                Some(Body::Verdicts(Rc::new(DaemonVerdict::all(cluster, set))))
            }
            (Aspect::Overview | Aspect::Yaml | Aspect::Verdicts, _) => None,
        };
        let body = body.unwrap_or_else(|| {
            let answer = ask(&Question::Object(object.clone()), run, words.language);
            Body::Overview(Overview::of(found.as_ref(), run, words), answer)
        });
        Inspection { object: object.clone(), aspects, aspect, body, is_there }
    }

    /// The scheduling that is seen, to be laid over the nodes.
    #[must_use]
    pub fn scheduling(&self) -> Option<&SchedulingView> {
        match &self.body {
            Body::Scheduling(view) => Some(view),
            _ => None,
        }
    }

    /// The verdicts that are seen, to be laid over the nodes.
    #[must_use]
    pub fn verdicts(&self) -> Option<&[DaemonVerdict]> {
        match &self.body {
            Body::Verdicts(verdicts) => Some(verdicts),
            _ => None,
        }
    }
}

/// Properties of [`Inspector`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is shown.
    pub inspection: Rc<Inspection>,
    /// Called with the aspect wanted.
    pub onaspect: Callback<Aspect>,
}

/// The inspector.
#[component]
pub fn Inspector(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let inspection = &props.inspection;
    let object = &inspection.object;
    let body = match &inspection.body {
        Body::Overview(overview, answer) => html! {
            <><Obstacles answer={answer.clone()} /><OverviewPanel overview={overview.clone()} /></>
        },
        Body::Yaml(text) => html! { <YamlPanel text={text.clone()} name={object.name().to_owned()} /> },
        Body::Events(events) => html! { <EventList events={events.clone()} /> },
        Body::Dns(records) => dns(words, records),
        Body::History(lines, more) => html! { <HistoryList lines={lines.clone()} more={*more} /> },
        Body::Scheduling(view) => html! { <SchedulingPanel view={view.clone()} /> },
        Body::Verdicts(verdicts) => {
            html! { <VerdictPanel set={object.name().to_owned()} verdicts={verdicts.clone()} /> }
        }
    };
    let roomy = !matches!(inspection.body, Body::Overview(..));
    html! {
        <section class={classes!("inspector", roomy.then_some("roomy"))} aria-label={(words.inspector)(object.name())} data-inspects={tag(object)}>
            <header>
                <h3><span class="kind">{(words.short_kind)(object.kind)}</span>{" "}<span class="name mono">{object.name()}</span></h3>
                <button type="button" class="icon-plain" title={words.close} aria-label={words.close} onclick={shared.on::<MouseEvent>(Action::Select(None))}>
                    <Icon glyph={Glyph::Close} size={14} />
                </button>
            </header>
            <Aspects aspects={inspection.aspects.clone()} aspect={inspection.aspect} onaspect={props.onaspect.clone()} />
            <div class="aspect" id="aspect" role="tabpanel" aria-labelledby={inspection.aspect.id()} tabindex="0">
                if !inspection.is_there { <p class="inspect-gone">{words.gone}</p> }
                {body}
            </div>
        </section>
    }
}

fn dns(words: &Words, records: &[Record]) -> Html {
    let rows = records.iter().map(|record| {
        let (kind, data) = match &record.data {
            RecordData::A(address) => ("A", address.clone()),
            RecordData::Srv { port, target } => ("SRV", format!("{port} {target}")),
            RecordData::Cname(target) => ("CNAME", target.clone()),
        };
        html! { <tr><th scope="row">{&record.name}</th><td>{kind}</td><td>{data}</td></tr> }
    });
    html! {
        <table class="facts-table records">
            <caption class="visually-hidden">{words.stage_words.dns_caption}</caption>
            <thead><tr>{for words.stage_words.dns_head.iter().map(|head| html! { <th scope="col">{head}</th> })}</tr></thead>
            <tbody>{for rows}</tbody>
        </table>
    }
}
