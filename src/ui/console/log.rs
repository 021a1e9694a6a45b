//! What was typed, and what came of it, from old to new.

use crate::kubectl::Stream;
use crate::session::{Action, By, Said};
use crate::ui::shared::use_shared;
use crate::ui::words::ConsoleWords;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Log`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lines with their answers.
    pub said: Rc<Vec<Rc<Said>>>,
}

/// The lines; the newest is in view.
#[component]
pub fn Log(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.console_words;
    let list = use_node_ref();
    {
        let list = list.clone();
        let last = props.said.last().map(|said| (said.number, said.remarks.len()));
        use_effect_with(last, move |_| {
            if let Some(list) = list.cast::<web_sys::Element>() {
                show_newest(&list);
            }
        });
    }
    let lines = props.said.iter().map(|said| html! { <SaidLine key={said.number} said={said.clone()} /> });
    let samples = words.try_these.iter().map(|line| {
        html! { <button type="button" class="sample mono" onclick={shared.on::<MouseEvent>(Action::Enter((*line).into()))}>{line}</button> }
    });
    let is_young = props.said.len() < 2;
    html! {
        <div class="hands-log" ref={list} tabindex="0" role="region" aria-label={words.log}>
            {for lines}
            if is_young {
                <div class="welcome">
                    {for words.welcome.iter().map(|text| html! { <p>{text}</p> })}
                    <p class="samples">{for samples}</p>
                </div>
            }
        </div>
    }
}

/// The command at the top where its answer is longer than the room, else the end.
fn show_newest(list: &web_sys::Element) {
    list.set_scroll_top(list.scroll_height());
    let Some(last) = list.query_selector(".said:last-of-type").ok().flatten() else { return };
    let (line, room) = (last.get_bounding_client_rect(), list.get_bounding_client_rect());
    if line.height() > room.height() {
        // Rounded: pixels are whole numbers that a browser counts as floats.
        list.set_scroll_top(list.scroll_top() + (line.top() - room.top()) as i32 - 6);
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    said: Rc<Said>,
}

#[component]
fn SaidLine(props: &LineProps) -> Html {
    let words = use_shared().words.console_words;
    let said = &props.said;
    let parts = joined(&said.parts).into_iter().map(|(stream, text)| {
        let class = match stream {
            Stream::Out => "out",
            Stream::Err => "err",
            Stream::Note => "word",
        };
        html! { <pre {class}>{text}</pre> }
    });
    let by = match said.by {
        By::Typed => None,
        By::Chosen => said.line.as_ref().map(|_| words.chosen),
        By::Applied => Some(words.applied),
    };
    html! {
        <div class="said">
            if let Some(line) = &said.line {
                <p class="said-line"><span class="ps" aria-hidden="true">{"$"}</span><code>{line}</code>
                    <span class="said-at">{by.map(|by| html! { <>{by}{" · "}</> })}{(words.at)(said.at)}
                        if let Some(failed) = (words.failed)(said.exit) { {" · "}<span class="said-exit">{failed}</span> }
                    </span>
                </p>
            }
            {for parts}
            {for said.remarks.iter().map(|remark| html! { <p class="remark">{(words.remark)(remark)}</p> })}
        </div>
    }
}

/// Texts of one stream that follow one another, as one.
fn joined(parts: &[(Stream, String)]) -> Vec<(Stream, String)> {
    let mut joined: Vec<(Stream, String)> = vec![];
    for (stream, text) in parts {
        match joined.last_mut() {
            Some((last, before)) if last == stream => before.push_str(text),
            _ => joined.push((*stream, text.clone())),
        }
    }
    joined
}

/// Characters of an answer that are read out.
const SPOKEN: usize = 300;

/// An answer as it is read out.
#[must_use]
pub fn spoken(words: &ConsoleWords, said: &Said) -> String {
    let text: String = said.parts.iter().map(|(_, text)| text.as_str()).collect();
    let remarks: Vec<String> = said.remarks.iter().map(words.remark).collect();
    let text = [text.trim(), &remarks.join(" ")].join(" ");
    let text: String = text.trim().chars().take(SPOKEN).collect();
    let text = if text.is_empty() { words.no_output.to_owned() } else { text };
    match &said.line {
        Some(line) => (words.answered)(line, &text),
        None => text,
    }
}
