//! The lanes: every object's states over the run, the past full, the future pale, and the place to scrub.

use super::cssom;
use super::lane_rows::{Chart, Labels, percent};
use super::shared::use_shared;
use super::told::Told;
use super::words::Words;
use crate::api::Kind;
use crate::engine::Step;
use crate::explain;
use crate::scene::{Axis, Group, Lanes as LaneData, Mark, Mix, Owner, Playback};
use crate::session::Action;
use gloo_events::{EventListener, EventListenerOptions};
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A mark of the timeline, with what it says.
#[derive(Clone, PartialEq)]
pub struct MarkLabel {
    mark: Mark,
    text: String,
}

/// More marks than this would hide each other.
const MARKS: usize = 80;

impl MarkLabel {
    /// The marks of a run.
    #[must_use]
    pub fn all(run: &Playback, words: &Words) -> Vec<MarkLabel> {
        let label = |mark: &Mark| {
            let step: &Step = run.timeline().steps().get(mark.step)?;
            let headline = explain::headline(step, words.language).to_string();
            Some(MarkLabel { mark: *mark, text: (words.stage_words.mark)(mark.is_fault, step.at, &headline) })
        };
        run.lanes().marks.iter().take(MARKS).filter_map(label).collect()
    }
}

/// Properties of [`Lanes`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lanes.
    pub lanes: Rc<LaneData>,
    /// The axis of the stops.
    pub axis: Rc<Axis>,
    /// What somebody did.
    pub marks: Rc<Vec<MarkLabel>>,
    /// The shown moment in words.
    pub told: Rc<Told>,
    /// How often the axis is doubled.
    pub zoom: u32,
    /// Called with one step more or less.
    pub onzoom: Callback<i32>,
}

/// A StatefulSet of up to so many pods is open at first, and so is what is on its own: their lanes differ one from another.
const OPEN: usize = 6;
/// Other groups are open up to so many.
const OPEN_ALIKE: usize = 1;

/// The lanes with the playhead.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let root = use_node_ref();
    let track = use_node_ref();
    let dragging = use_mut_ref(|| false);
    let folds = use_state(BTreeSet::<Owner>::new);
    let place = props.axis.place(props.told.step);
    {
        let root = root.clone();
        use_effect_with(place, move |place| {
            cssom::set(&root, "--now", &percent(*place));
            keep_in_view(&root, *place, false);
        });
    }
    {
        let root = root.clone();
        use_effect_with(props.zoom, move |zoom| {
            cssom::set(&root, "--zoom", &(1_u32 << zoom).to_string());
            keep_in_view(&root, place, true);
        });
    }
    {
        let onzoom = props.onzoom.clone();
        use_effect_with(root.clone(), move |root| {
            let listener = root.cast::<HtmlElement>().map(|element| {
                // Ctrl and the wheel would zoom the page otherwise.
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&element, "wheel", options, move |event| {
                    if let Some(event) = event.dyn_ref::<web_sys::WheelEvent>().filter(|event| event.ctrl_key()) {
                        event.prevent_default();
                        onzoom.emit(if event.delta_y() < 0.0 { 1 } else { -1 });
                    }
                })
            });
            move || drop(listener)
        });
    }
    let seek = {
        let (act, axis, track) = (shared.act.clone(), props.axis.clone(), track.clone());
        move |event: &PointerEvent| {
            let Some(track) = track.cast::<web_sys::Element>() else { return };
            let rect = track.get_bounding_client_rect();
            let place = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
            let place = (place.clamp(0.0, 1.0) * f64::from(Axis::END)) as u32;
            act.emit(Action::Seek(axis.nearest(place)));
        }
    };
    let onpointerdown = {
        let (seek, dragging) = (seek.clone(), dragging.clone());
        Callback::from(move |event: PointerEvent| {
            let on_mark = event.target_dyn_into::<web_sys::Element>();
            if event.button() != 0 || on_mark.is_some_and(|it| it.closest(".mark").ok().flatten().is_some()) {
                return;
            }
            *dragging.borrow_mut() = true;
            if let Some(target) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
                let _ended = target.set_pointer_capture(event.pointer_id());
            }
            seek(&event);
        })
    };
    let onpointermove = {
        let dragging = dragging.clone();
        Callback::from(move |event: PointerEvent| {
            if *dragging.borrow() {
                seek(&event);
            }
        })
    };
    let release = Callback::from(move |_: PointerEvent| *dragging.borrow_mut() = false);
    let onkeydown = {
        let (act, step) = (shared.act.clone(), props.told.step);
        Callback::from(move |event: KeyboardEvent| {
            let action = match event.key().as_str() {
                "ArrowRight" | "ArrowUp" => Action::Forward,
                "ArrowLeft" | "ArrowDown" => Action::Back,
                "PageUp" => Action::Seek(step + 10),
                "PageDown" => Action::Seek(step.saturating_sub(10)),
                "Home" => Action::ToStart,
                "End" => Action::ToEnd,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            act.emit(action);
        })
    };
    let onfold = {
        let folds = folds.clone();
        Callback::from(move |owner: Owner| {
            let mut next = (*folds).clone();
            if !next.remove(&owner) {
                next.insert(owner);
            }
            folds.set(next);
        })
    };
    // What is in the set is not as it is at first.
    let groups = &props.lanes.groups;
    let open: Rc<Vec<bool>> = use_memo((groups.len(), folds.clone(), props.lanes.clone()), |(_, folds, lanes)| {
        let is_open = |group: &Group| {
            let most = match &group.owner {
                Owner::Workload(set) if set.kind == Kind::StatefulSet => OPEN,
                Owner::Nobody | Owner::Nodes => OPEN,
                Owner::Workload(_) | Owner::Claims => OPEN_ALIKE,
            };
            (group.lanes.len() <= most) != folds.contains(&group.owner)
        };
        lanes.groups.iter().map(is_open).collect()
    });
    let mixes: Rc<Vec<Mix>> = use_memo((props.lanes.clone(), props.axis.clone()), |(lanes, axis)| {
        lanes.groups.iter().map(|group| Mix::of(group, axis)).collect()
    });
    let told = &props.told;
    let zoom = |wish: i32, label: &'static str, sign: &'static str, dead: bool| {
        let onclick = props.onzoom.reform(move |_: MouseEvent| wish);
        html! { <button type="button" class="zoom" title={label} aria-label={label} aria-disabled={dead.then_some("true")} {onclick}>{sign}</button> }
    };
    let marks = props.marks.iter().map(|label| {
        let place = props.axis.place(label.mark.stop);
        html! { <MarkButton key={label.mark.step} label={label.clone()} {place} /> }
    });
    html! {
        <div class="lanes" ref={root}>
            <Labels lanes={props.lanes.clone()} open={open.clone()} {onfold}>
                <span class="zooms">
                    {zoom(-1, words.stage_words.zoom_out, "−", props.zoom == 0)}
                    {zoom(1, words.stage_words.zoom_in, "+", props.zoom >= ZOOMS)}
                </span>
                <span>{words.commands}</span>
            </Labels>
            <div class="chart" onpointerdown={onpointerdown} onpointermove={onpointermove} onpointerup={release.clone()} onpointercancel={release}>
                <div class="track" ref={track}>
                    <div class="marks">{for marks}</div>
                    <Chart lanes={props.lanes.clone()} axis={props.axis.clone()} {open} {mixes} zoom={props.zoom} />
                    <div class="playhead" role="slider" tabindex="0" aria-label={words.timeline} aria-orientation="horizontal" aria-valuemin="0"
                        aria-valuemax={told.steps.to_string()} aria-valuenow={told.step.to_string()}
                        aria-valuetext={(words.position_text)(told.step, told.steps, told.at, &told.headline())} {onkeydown}>
                        <span class="playhead-line"></span><span class="playhead-grip"></span>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The axis can be doubled so often.
pub const ZOOMS: u32 = 6;

/// Scrolls the lanes so that a place of the axis is seen, or is in the middle.
fn keep_in_view(root: &NodeRef, place: u32, centre: bool) {
    let Some(lanes) = root.cast::<HtmlElement>() else { return };
    let Ok(Some(track)) = lanes.query_selector(".track") else { return };
    let labels = lanes.query_selector(".lane-labels").ok().flatten().map_or(0, |labels| labels.client_width());
    let seen = lanes.client_width() - labels;
    let x = i32::try_from(i64::from(track.client_width()) * i64::from(place) / i64::from(Axis::END)).unwrap_or(0);
    let from = lanes.scroll_left();
    if centre {
        lanes.set_scroll_left(x - seen / 2);
    } else if x < from || x > from + seen - 24 {
        lanes.set_scroll_left(x - seen / 3);
    }
}

#[derive(Properties, PartialEq)]
struct MarkProps {
    label: MarkLabel,
    place: u32,
}

/// What somebody did: says what when pointed at or focused, and goes there.
#[component]
fn MarkButton(props: &MarkProps) -> Html {
    let shared = use_shared();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.place, move |place| cssom::set(&node, "left", &percent(*place)));
    }
    let MarkLabel { mark, text } = &props.label;
    let late = props.place > Axis::END / 2;
    let class = classes!("mark", mark.is_fault.then_some("fault"), late.then_some("late"));
    let shape = if mark.is_fault { "M0 1h12l-6 12z" } else { "M2 0v14l10-7z" };
    html! {
        <button type="button" {class} ref={node} aria-label={text.clone()} onclick={shared.on::<MouseEvent>(Action::GoToStep(mark.step))}>
            <svg viewBox="0 0 13 14" width="13" height="14" aria-hidden="true"><path d={shape} /></svg>
            <span class="mark-label" aria-hidden="true">{text}</span>
        </button>
    }
}
