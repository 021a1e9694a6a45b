//! A span of the timeline that is being selected, and how far the timeline is zoomed.

use super::cssom;
use super::lane_rows::percent;
use crate::scene::Axis;
use yew::prelude::*;

/// A wish for another zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// Twice as wide.
    In,
    /// Half as wide.
    Out,
    /// The whole run.
    Whole,
    /// So many percent of the whole run's width.
    To(u32),
}

impl Zoom {
    /// The widest that the axis gets, in percent.
    pub const WIDEST: u32 = 6_400;

    /// The zoom after a wish, in percent.
    #[must_use]
    pub fn after(self, zoom: u32) -> u32 {
        let zoom = match self {
            Zoom::In => zoom.saturating_mul(2),
            Zoom::Out => zoom / 2,
            Zoom::Whole => 100,
            Zoom::To(zoom) => zoom,
        };
        zoom.clamp(100, Zoom::WIDEST)
    }
}

/// A span of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where the selection began.
    pub anchor: u32,
    /// Where it is now.
    pub head: u32,
}

/// A shorter span is a click.
const SHORTEST: u32 = Axis::END / 250;

impl Span {
    /// A span of no length.
    #[must_use]
    pub fn at(place: u32) -> Span {
        Span { anchor: place, head: place }
    }

    /// From where to where, in the order of time.
    #[must_use]
    pub fn ends(self) -> (u32, u32) {
        (self.anchor.min(self.head), self.anchor.max(self.head))
    }

    /// Whether it is too short to be meant.
    #[must_use]
    pub fn is_click(self) -> bool {
        self.anchor.abs_diff(self.head) < SHORTEST
    }

    /// The zoom at which it fills what is seen, with a little room around it, and its middle.
    #[must_use]
    pub fn zoom(self) -> (Zoom, u32) {
        let (from, to) = self.ends();
        (Zoom::To(Axis::END.saturating_mul(92) / (to - from).max(1)), u32::midpoint(from, to))
    }
}

/// Properties of [`BrushView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is selected.
    pub span: Option<Span>,
}

/// The selected span, over the lanes.
#[component]
pub fn BrushView(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.span, move |span| {
            let (from, to) = span.map_or((0, 0), Span::ends);
            cssom::set(&node, "left", &percent(from));
            cssom::set(&node, "width", &percent(to - from));
        });
    }
    html! { <div class="brush" ref={node} hidden={props.span.is_none()} aria-hidden="true"></div> }
}
