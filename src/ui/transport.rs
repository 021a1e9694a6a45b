//! Playing, stepping, speed, and the lanes.

use super::brush::Zoom;
use super::icons::{Glyph, Icon, StateIcon};
use super::lanes::{Lanes, MarkLabel, Position};
use super::shared::use_shared;
use super::told::Told;
use crate::api::Time;
use crate::scene::{Axis, Lanes as LaneData, PodState};
use crate::session::{Action, Speed};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// What the transport needs of a run.
#[derive(Clone, PartialEq)]
pub struct Reel {
    /// The shown moment in words.
    pub told: Rc<Told>,
    /// The lanes.
    pub lanes: Rc<LaneData>,
    /// The axis.
    pub axis: Rc<Axis>,
    /// What somebody did.
    pub marks: Rc<Vec<MarkLabel>>,
    /// When the last step happens.
    pub end: Time,
    /// How long it takes to watch the rest, in milliseconds.
    pub to_watch: u64,
    /// Whether the last step is shown.
    pub at_end: bool,
}

/// Properties of [`Transport`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run; none where nothing ran.
    pub reel: Option<Reel>,
    /// Whether it plays.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// Whether bookkeeping is shown.
    pub every: bool,
    /// Whether every stop is shown as long as the first of its kind.
    pub even: bool,
    /// How wide the axis of the lanes is, in percent of what fits.
    pub zoom: u32,
    /// Called with the zoom wanted.
    pub onzoom: Callback<Zoom>,
    /// Leads to the console where there is room for one of the two.
    pub onconsole: Callback<MouseEvent>,
}

/// The bar at the bottom.
#[component]
pub fn Transport(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let off = props.reel.is_none();
    let (at_start, at_end) = props.reel.as_ref().map_or((true, true), |reel| (reel.told.step == 0, reel.at_end));
    let (glyph, label) = match (props.playing, at_end) {
        (true, _) => (Glyph::Pause, words.pause),
        (false, true) => (Glyph::Replay, words.replay),
        (false, false) => (Glyph::Play, words.play),
    };
    let button = |glyph: Glyph, label: &'static str, action: Action, dead: bool, class: &'static str| {
        // Not `disabled`: the focus would be lost at the first and the last step.
        html! {
            <button type="button" {class} title={label} aria-label={label} aria-disabled={(off || dead).then_some("true")}
                onclick={shared.on::<MouseEvent>(action)}><Icon {glyph} /></button>
        }
    };
    let time = props.reel.as_ref().map(|reel| (words.time_of)(reel.told.at, reel.end));
    html! {
        <section class="transport" aria-labelledby="transport-title">
            <h2 id="transport-title" class="visually-hidden">{words.transport}</h2>
            <div class="controls">
                if let Some(reel) = &props.reel { <p class="now-line" aria-hidden="true">{reel.told.headline()}</p> }
                <button type="button" class="button to-console" onclick={props.onconsole.clone()}>{words.console_words.console}</button>
                <div class="buttons">
                    {button(Glyph::Start, words.to_start, Action::ToStart, at_start, "key")}
                    {button(Glyph::Back, words.back, Action::Back, at_start, "key")}
                    {button(glyph, label, Action::Toggle, false, "key play")}
                    {button(Glyph::Forward, words.forward, Action::Forward, at_end, "key")}
                    {button(Glyph::End, words.to_end, Action::ToEnd, at_end, "key")}
                </div>
                <div class="settings">
                    <span class="time">{time}
                        if let Some(reel) = props.reel.as_ref().filter(|reel| !reel.at_end) {
                            {" "}<span class="to-watch" title={words.stage_words.even_note}>{"· "}{(words.stage_words.to_watch)(reel.to_watch)}</span>
                        }
                    </span>
                    <SpeedChoice speed={props.speed} />
                    <Choice label={words.stage_words.even} note={words.stage_words.even_note} checked={props.even} action={Action::PaceEvenly(!props.even)} />
                    <Choice label={words.every_step} note={words.every_step_note} checked={props.every} action={Action::ShowEvery(!props.every)} />
                </div>
                if let Some(reel) = &props.reel { <Legend lanes={reel.lanes.clone()} /> }
            </div>
            if let Some(reel) = &props.reel {
                <Lanes lanes={reel.lanes.clone()} axis={reel.axis.clone()} marks={reel.marks.clone()} position={position(&reel.told)}
                    zoom={props.zoom} onzoom={props.onzoom.clone()} />
            }
        </section>
    }
}

fn position(told: &Told) -> Position {
    Position { step: told.step, steps: told.steps, at: told.at, headline: told.headline() }
}

#[derive(Properties, PartialEq)]
struct ChoiceProps {
    label: &'static str,
    note: &'static str,
    checked: bool,
    action: Action,
}

/// Something that is on or off.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let shared = use_shared();
    html! {
        <label class="every" title={props.note}>
            <input type="checkbox" checked={props.checked} onchange={shared.on::<Event>(props.action.clone())} />{props.label}
        </label>
    }
}

#[derive(Properties, PartialEq)]
struct SpeedProps {
    speed: Speed,
}

#[component]
fn SpeedChoice(props: &SpeedProps) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let options = Speed::ALL.into_iter().enumerate().map(|(index, speed)| {
        html! { <option value={index.to_string()} selected={props.speed == speed}>{(words.speed_value)(speed.percent())}</option> }
    });
    let onchange = {
        let act = shared.act.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<web_sys::HtmlSelectElement>();
            let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
            if let Some(speed) = index.and_then(|index| Speed::ALL.get(index)) {
                act.emit(Action::SetSpeed(*speed));
            }
        })
    };
    html! {
        <label class="speed"><span class="visually-hidden">{words.speed}</span>
            <select {onchange}>{for options}</select>
        </label>
    }
}

#[derive(Properties, PartialEq)]
struct LegendProps {
    lanes: Rc<LaneData>,
}

/// The states that occur in the run, with their shapes.
#[component]
fn Legend(props: &LegendProps) -> Html {
    let words = use_shared().words;
    let states: BTreeSet<PodState> = props.lanes.rows().flat_map(|lane| &lane.bars).map(|bar| bar.state).collect();
    let items = states.into_iter().map(|state| {
        html! { <li class={format!("state-{}", state.key())}><StateIcon state={Some(state)} size={13} />{(words.state)(state)}</li> }
    });
    let claims = props.lanes.rows().any(|lane| !lane.claim.is_empty());
    html! {
        <ul class="legend" aria-label={words.legend}>{for items}
            if claims { <li class="legend-claim"><svg width="13" height="13" aria-hidden="true"><rect class="claim-bar claim-bound" y="5" width="13" height="3" rx="1" /></svg>{words.claim_lane}</li> }
        </ul>
    }
}
