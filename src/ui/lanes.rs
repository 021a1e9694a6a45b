//! The lanes: every pod's states over the run, the past full, the future pale, and the place to scrub.

use super::cssom;
use super::shared::{tag, use_shared};
use super::told::Told;
use crate::scene::{Axis, Lane, Lanes as LaneData};
use crate::session::Action;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Properties of [`Lanes`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lanes.
    pub lanes: Rc<LaneData>,
    /// The axis of the stops.
    pub axis: Rc<Axis>,
    /// The shown moment in words.
    pub told: Rc<Told>,
}

/// The lanes with the playhead.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let root = use_node_ref();
    let track = use_node_ref();
    let dragging = use_mut_ref(|| false);
    {
        let root = root.clone();
        let place = props.axis.place(props.told.step);
        use_effect_with(place, move |place| cssom::set(&root, "--now", &percent(*place)));
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
            if event.button() != 0 {
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
    let told = &props.told;
    html! {
        <div class="lanes" ref={root}>
            <Labels lanes={props.lanes.clone()} />
            <div class="chart" onpointerdown={onpointerdown} onpointermove={onpointermove} onpointerup={release.clone()} onpointercancel={release}>
                <div class="track" ref={track}>
                    <Chart lanes={props.lanes.clone()} axis={props.axis.clone()} />
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

#[derive(Properties, PartialEq)]
struct LabelProps {
    lanes: Rc<LaneData>,
}

#[component]
fn Labels(props: &LabelProps) -> Html {
    let shared = use_shared();
    let labels = props.lanes.rows.iter().map(|lane| {
        html! {
            <li class="lane-label" key={format!("{}{}", lane.label, lane.node.as_deref().unwrap_or_default())}>
                <button type="button" class="lane-name" data-object={tag(&lane.object)} onclick={shared.select(&lane.object)}>
                    <span class="mono">{&lane.label}</span>
                    if let Some(node) = &lane.node { <span class="lane-node mono">{node}</span> }
                </button>
            </li>
        }
    });
    html! { <ul class="lane-labels"><li class="lane-label axis-label">{shared.words.commands}</li>{for labels}</ul> }
}

#[derive(Properties, PartialEq)]
struct ChartProps {
    lanes: Rc<LaneData>,
    axis: Rc<Axis>,
}

/// Drawn once a run: the playhead moves by one style property alone.
#[component]
fn Chart(props: &ChartProps) -> Html {
    let words = use_shared().words;
    let axis = &props.axis;
    let gaps = axis.gaps().iter().map(|gap| {
        html! {
            <g class="gap">
                <rect class="gap-room" x={percent(gap.from)} width={percent(gap.to - gap.from)} y="0" height="100%" />
                <text class="gap-text" x={percent((gap.from + gap.to) / 2)} y="15" text-anchor="middle">{(words.passed)(gap.millis)}</text>
            </g>
        }
    });
    let marks = props.lanes.commands.iter().map(|stop| {
        html! { <svg class="command" x={percent(axis.place(*stop))} y="3" width="12" height="16" overflow="visible"><path d="M0 0v15l10-7.5z" /></svg> }
    });
    let rows = |past: bool| {
        let rows = props.lanes.rows.iter().map(|lane| lane_row(lane, axis));
        html! { <div class={if past { "layer past" } else { "layer future" }} aria-hidden="true">{for rows}</div> }
    };
    html! {
        <div class="sheet">
            <svg class="axis" aria-hidden="true">{for gaps}{for marks}</svg>
            if props.lanes.rows.is_empty() { <p class="no-lanes">{words.no_lanes}</p> }
            <div class="layers">{rows(false)}{rows(true)}</div>
        </div>
    }
}

fn lane_row(lane: &Lane, axis: &Axis) -> Html {
    let bars = lane.bars.iter().map(|bar| {
        let (from, width) = bar.place(axis);
        html! { <rect class={format!("lane-bar bar-{}", bar.state.key())} x={percent(from)} width={percent(width)} y="4" height="12" rx="3" /> }
    });
    let claims = lane.claim.iter().map(|bar| {
        let (from, width) = bar.place(axis);
        html! { <rect class={format!("claim-bar claim-{}", bar.state.key())} x={percent(from)} width={percent(width)} y="18.5" height="2.5" rx="1" /> }
    });
    html! { <svg class="lane-row">{for bars}{for claims}</svg> }
}

/// A place of the axis, in percent.
fn percent(place: u32) -> String {
    format!("{}.{:03}%", place / 1000, place % 1000)
}
