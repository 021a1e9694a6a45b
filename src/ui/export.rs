//! The stage and the run as files. The drawing itself is made by `static/export.js`, which is loaded when it is asked for.

use super::app::{App, Message};
use super::disk;
use super::notice::Notice;
use super::words::Words;
use crate::session::{Action, Session};
use crate::transcript;
use js_sys::{Array, Function, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::html::Scope;

/// What is wanted as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportWish {
    /// The stage as a drawing.
    Svg,
    /// The stage as a picture.
    Png,
    /// The run from the shown moment on as a video.
    Video,
    /// The run as a text.
    Markdown,
    /// The video that is being recorded, as far as it is.
    Stop,
}

/// A recording that may be going on.
#[derive(Clone, Default)]
pub struct Recorder {
    /// How far it is, in percent.
    pub percent: Option<u32>,
    goes_on: Rc<Cell<bool>>,
}

/// Makes a file and hands it to the browser to save; says so where that cannot be done.
pub fn carry_out(
    recorder: &mut Recorder,
    wish: ExportWish,
    session: &Session,
    words: &'static Words,
    link: &Scope<App>,
) {
    let title = session.example.map_or("setwise", |id| id).to_owned();
    match wish {
        ExportWish::Stop => recorder.goes_on.set(false),
        ExportWish::Markdown => {
            if let Some(run) = &session.playback {
                let text = transcript::markdown(&mut run.timeline().clone(), words.language);
                disk::save_as(&format!("{title}.md"), "text/markdown", &text.as_str().into());
            }
        }
        ExportWish::Svg | ExportWish::Png => {
            let link = link.clone();
            spawn_local(async move {
                if picture(wish, &title).await.is_none() {
                    link.send_message(Message::Opened(vec![], Some(Notice::NotMade)));
                }
            });
        }
        ExportWish::Video if recorder.percent.is_some() => {}
        ExportWish::Video => {
            let goes_on = Rc::new(Cell::new(true));
            *recorder = Recorder { percent: Some(0), goes_on: Rc::clone(&goes_on) };
            let (link, stops) = (link.clone(), stops(session));
            link.send_message(Message::Recording(Some(0)));
            spawn_local(async move {
                if video(&title, &stops, goes_on, &link).await.is_none() {
                    link.send_message(Message::Opened(vec![], Some(Notice::NotMade)));
                }
                link.send_message(Message::Recording(None));
            });
        }
    }
}

/// The stops from the shown one on, each with how long it is shown, as they are played.
fn stops(session: &Session) -> Vec<(usize, u32)> {
    let Some(run) = &session.playback else { return vec![] };
    let percent = session.speed.percent();
    let mut stop = if run.is_at_end() { run.first_command() } else { run.index() };
    let mut stops = vec![];
    while stop < run.stops().count() {
        stops.push((stop, (run.pacing().of_stop(stop) * 100 / percent).max(40)));
        stop = run.pacing().next(stop, percent);
    }
    stops.push((run.stops().count(), 2_000));
    stops
}

async fn module() -> Option<JsValue> {
    let loader = Reflect::get(&js_sys::global(), &"setwise".into()).ok()?;
    let load: Function = Reflect::get(&loader, &"loadExport".into()).ok()?.dyn_into().ok()?;
    JsFuture::from(load.call0(&loader).ok()?.dyn_into::<Promise>().ok()?).await.ok()
}

fn function(module: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(module, &name.into()).ok()?.dyn_into().ok()
}

async fn picture(wish: ExportWish, title: &str) -> Option<()> {
    let module = module().await?;
    let root = gloo_utils::document().query_selector(".picture").ok()??;
    let drawing = function(&module, "svg")?.call2(&module, &root, &title.into()).ok()?;
    if wish == ExportWish::Svg {
        disk::save_as(&format!("{title}.svg"), "image/svg+xml", &drawing);
        return Some(());
    }
    let promise: Promise = function(&module, "png")?.call1(&module, &drawing).ok()?.dyn_into().ok()?;
    let picture = JsFuture::from(promise).await.ok()?;
    disk::save_as(&format!("{title}.png"), "image/png", &picture);
    Some(())
}

async fn video(title: &str, stops: &[(usize, u32)], goes_on: Rc<Cell<bool>>, link: &Scope<App>) -> Option<()> {
    let module = module().await?;
    let pairs: Array = (stops.iter())
        // A page has far fewer stops than a float counts exactly.
        .map(|(stop, millis)| Array::of2(&JsValue::from(*stop as f64), &JsValue::from(*millis)))
        .collect();
    let seek = {
        let link = link.clone();
        Closure::<dyn Fn(usize)>::new(move |stop| link.send_message(Message::Act(Action::Seek(stop))))
    };
    let tell = {
        let link = link.clone();
        Closure::<dyn Fn(u32) -> bool>::new(move |percent| {
            link.send_message(Message::Recording(Some(percent)));
            goes_on.get()
        })
    };
    let record = function(&module, "video")?;
    let promise: Promise = record.call3(&module, &pairs, seek.as_ref(), tell.as_ref()).ok()?.dyn_into().ok()?;
    let film = JsFuture::from(promise).await.ok()?;
    let kind = Reflect::get(&film, &"type".into()).ok()?.as_string()?;
    let ending = if kind == "video/mp4" { "mp4" } else { "webm" };
    disk::save_as(&format!("{title}.{ending}"), &kind, &film);
    Some(())
}
