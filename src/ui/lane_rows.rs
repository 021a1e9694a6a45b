//! What the lanes are made of: their labels, their bars, and groups folded into one band.

use super::icons::{Glyph, Icon};
use super::shared::{tag, use_shared};
use crate::scene::{Axis, Group, Lane, Lanes as LaneData, Mix, Owner};
use std::rc::Rc;
use yew::prelude::*;

/// More lanes of one group than this are not drawn.
const DRAWN: usize = 200;

/// Properties of [`Labels`].
#[derive(Properties, PartialEq)]
pub struct LabelProps {
    /// The lanes.
    pub lanes: Rc<LaneData>,
    /// Which groups are open.
    pub open: Rc<Vec<bool>>,
    /// Folds a group, or opens it.
    pub onfold: Callback<Owner>,
    /// What stands at the axis.
    pub children: Html,
}

/// The labels to the left.
#[component]
pub fn Labels(props: &LabelProps) -> Html {
    let words = use_shared().words;
    let groups = props.lanes.groups.iter().zip(&*props.open).map(|(group, open)| {
        let onclick = {
            let (onfold, owner) = (props.onfold.clone(), group.owner.clone());
            Callback::from(move |_: MouseEvent| onfold.emit(owner.clone()))
        };
        let name = (words.stage_words.owner)(&group.owner);
        let more = group.lanes.len().saturating_sub(DRAWN);
        html! {
            <>
                if is_foldable(group) {
                    <li class="lane-label group-label" key={format!("group-{name}")}>
                        <button type="button" class="group-name" aria-expanded={open.to_string()} {onclick}>
                            <Icon glyph={Glyph::Chevron} size={12} /><span class="mono">{(words.stage_words.counted)(&name, group.lanes.len())}</span>
                        </button>
                    </li>
                }
                if *open {
                    {for group.lanes.iter().take(DRAWN).map(label)}
                    if more > 0 { <li class="lane-label"><span class="lane-more">{(words.stage_words.more_lanes)(more)}</span></li> }
                }
            </>
        }
    });
    html! { <ul class="lane-labels"><li class="lane-label axis-label">{props.children.clone()}</li>{for groups}</ul> }
}

fn label(lane: &Lane) -> Html {
    html! { <LaneLabel key={format!("{}{}", lane.label, lane.node.as_deref().unwrap_or_default())} lane={lane.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct LaneProps {
    lane: Lane,
}

#[component]
fn LaneLabel(props: &LaneProps) -> Html {
    let shared = use_shared();
    let lane = &props.lane;
    html! {
        <li class="lane-label">
            <button type="button" class="lane-name" data-object={tag(&lane.object)} onclick={shared.select(&lane.object)}>
                <span class="mono">{&lane.label}</span>
                if let Some(node) = &lane.node { <span class="lane-node mono">{node}</span> }
            </button>
        </li>
    }
}

/// A group of one lane is that lane.
fn is_foldable(group: &Group) -> bool {
    group.lanes.len() > 1
}

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// The lanes.
    pub lanes: Rc<LaneData>,
    /// The axis.
    pub axis: Rc<Axis>,
    /// Which groups are open.
    pub open: Rc<Vec<bool>>,
    /// Each group as one.
    pub mixes: Rc<Vec<Mix>>,
    /// How wide the axis is, in percent of what fits.
    pub zoom: u32,
}

/// The room that a label of the axis takes, of an axis that is not zoomed.
const LABEL: u32 = Axis::END / 11;

/// Drawn once a run: the playhead moves by one style property alone.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let words = use_shared().words;
    let axis = &props.axis;
    let room = LABEL * 100 / props.zoom.max(100);
    let mut free = 0;
    let marks: Vec<u32> = props.lanes.marks.iter().map(|mark| axis.place(mark.stop)).collect();
    let gaps = axis.gaps().iter().map(|gap| {
        let middle = (gap.from + gap.to) / 2;
        let (left, right) = (middle.saturating_sub(room / 2), middle + room / 2);
        let has_room = left >= free && !marks.iter().any(|mark| (left..right).contains(mark));
        if has_room {
            free = right;
        }
        html! {
            <g class="gap">
                <rect class="gap-room" x={percent(gap.from)} width={percent(gap.to - gap.from)} y="0" height="100%" />
                if has_room { <text class="gap-text" x={percent(middle)} y="13" text-anchor="middle">{(words.passed)(gap.millis)}</text> }
            </g>
        }
    });
    let gaps: Vec<Html> = gaps.collect();
    let rows = |past: bool| {
        let groups = props.lanes.groups.iter().zip(&*props.open).zip(&*props.mixes).map(|((group, open), mix)| {
            html! {
                <>
                    if is_foldable(group) {
                        if *open { <svg class="lane-row"></svg> } else { {mix_row(mix)} }
                    }
                    if *open {
                        {for group.lanes.iter().take(DRAWN).map(|lane| lane_row(lane, axis))}
                        if group.lanes.len() > DRAWN { <svg class="lane-row"></svg> }
                    }
                </>
            }
        });
        html! { <div class={if past { "layer past" } else { "layer future" }} aria-hidden="true">{for groups}</div> }
    };
    html! {
        <div class="sheet">
            <svg class="axis" aria-hidden="true"><title>{words.stage_words.brush_note}</title>{gaps}</svg>
            if props.lanes.groups.is_empty() { <p class="no-lanes">{words.no_lanes}</p> }
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
    let machine = lane.machine.iter().map(|bar| {
        let (from, width) = bar.place(axis);
        html! { <rect class={format!("lane-bar machine-{}", bar.state.key())} x={percent(from)} width={percent(width)} y="6" height="8" rx="2" /> }
    });
    html! { <svg class="lane-row">{for bars}{for claims}{for machine}</svg> }
}

/// A group as one band: how many of its pods were in which state.
fn mix_row(mix: &Mix) -> Html {
    let shares = mix.shares.iter().map(|share| {
        let (y, height) = (4 + share.top * 14 / 1_000, (share.height * 14).div_ceil(1_000));
        html! { <rect class={format!("share bar-{}", share.state.key())} x={percent(share.from)} width={percent(share.to - share.from)} y={y.to_string()} height={height.to_string()} /> }
    });
    html! { <svg class="lane-row mix-row">{for shares}</svg> }
}

/// A place of the axis, in percent.
#[must_use]
pub fn percent(place: u32) -> String {
    format!("{}.{:03}%", place / 1000, place % 1000)
}
