//! The Events of the inspected object so far, as `kubectl describe` lists them.

use super::shared::use_shared;
use super::words::Words;
use crate::events::{Entry, Severity};
use yew::prelude::*;

/// One Event in the list.
#[derive(Clone, PartialEq)]
pub struct EventLine {
    warning: bool,
    reason: String,
    message: String,
    when: String,
}

impl EventLine {
    /// An Event with when it was recorded last and how often.
    #[must_use]
    pub fn of(entry: &Entry<'_>, words: &Words) -> EventLine {
        EventLine {
            warning: entry.event.severity == Severity::Warning,
            reason: entry.event.reason.to_string(),
            message: entry.event.message.clone(),
            when: (words.event_when)(entry.last, entry.count),
        }
    }
}

/// Properties of [`EventList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The Events, as they were recorded first.
    pub events: Vec<EventLine>,
}

/// The list; takes no room where there is none.
#[component]
pub fn EventList(props: &Props) -> Html {
    let words = use_shared().words;
    let events = props.events.iter().map(|event| {
        html! {
            <li class={classes!("event", event.warning.then_some("warning"))}>
                <span class="event-head">
                    if event.warning { <span class="event-type">{words.event_warning}</span>{" "} }
                    <code>{&event.reason}</code>{" "}<span class="event-when">{&event.when}</span>
                </span>
                <span class="event-message">{&event.message}</span>
            </li>
        }
    });
    html! {
        <div class="events" hidden={props.events.is_empty()}>
            <h4>{words.events}</h4>
            <ol>{for events}</ol>
        </div>
    }
}
