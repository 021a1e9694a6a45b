//! The dialog that shares the shown moment: a link, what an author puts into a page, a QR code.

use super::shared::use_shared;
use crate::link::{self, Moment, Shared, TooLong};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

/// Some mail and chat programs cut links that are longer, in characters.
const LONG: usize = 8_000;
/// Modules of white around a QR code, which readers need.
const QUIET: i32 = 4;

/// What is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    fragment: Result<String, TooLong>,
    title: String,
    stale: bool,
}

impl Linked {
    /// A moment, of a text that was or was not edited since its run.
    #[must_use]
    pub fn of(moment: &Moment, stale: bool) -> Linked {
        Linked { fragment: link::encode(moment), title: moment.title(), stale }
    }
}

/// Properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is shared.
    pub linked: Linked,
}

/// What the dialog holds.
#[component]
pub fn Share(props: &Props) -> Html {
    let words = use_shared().words.share_words;
    let fragment = match &props.linked.fragment {
        Ok(fragment) => fragment,
        Err(too_long) => return html! { <p class="share-note">{(words.too_long)(*too_long)}</p> },
    };
    let base = base();
    let shared = Shared { base: &base, fragment, title: &props.linked.title };
    let address = shared.address();
    let is_local = base.starts_with("file:");
    html! {
        <div class="share">
            <p class="share-note">{words.note}</p>
            if props.linked.stale { <p class="share-note">{words.stale_note}</p> }
            if is_local { <p class="share-note">{words.local_note}</p> }
            if address.len() > LONG { <p class="share-note">{(words.long_note)(address.len())}</p> }
            <Snippet name={words.link} text={address.clone()} />
            <Snippet name={words.markdown} text={link::markdown(shared)} />
            <Snippet name={words.iframe} text={link::iframe(shared)} />
            <Snippet name={words.element} text={link::custom_element(shared)} />
            <Code {address} />
        </div>
    }
}

/// Where the page is: the address of its folder.
#[must_use]
pub fn base() -> String {
    let address = gloo_utils::window().location().href().unwrap_or_default();
    let address = address.split(['#', '?']).next().unwrap_or_default();
    // One file has no folder that other files are in.
    let is_one_file =
        address.ends_with(".html") && !address.ends_with("/index.html") && !address.ends_with("/embed.html");
    match address.rsplit_once('/') {
        Some((folder, _)) if !is_one_file => format!("{folder}/"),
        _ => address.to_owned(),
    }
}

/// Properties of [`Snippet`].
#[derive(Properties, PartialEq)]
struct SnippetProps {
    name: &'static str,
    text: String,
}

/// Whether a text was copied.
#[derive(Clone, Copy, PartialEq)]
enum Copied {
    Not,
    Yes,
    Refused,
}

/// A text to copy.
#[component]
fn Snippet(props: &SnippetProps) -> Html {
    let words = use_shared().words.share_words;
    let field = use_node_ref();
    let copied = use_state(|| Copied::Not);
    {
        let copied = copied.clone();
        use_effect_with(props.text.clone(), move |_| copied.set(Copied::Not));
    }
    let onclick = {
        let (field, copied, text) = (field.clone(), copied.clone(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = field.cast::<web_sys::HtmlTextAreaElement>() {
                field.select();
            }
            let (copied, text) = (copied.clone(), text.clone());
            spawn_local(async move {
                copied.set(if write(&text).await { Copied::Yes } else { Copied::Refused });
            });
        })
    };
    let id = format!("share-{}", props.name.to_lowercase().replace(' ', "-"));
    html! {
        <div class="snippet">
            <label for={id.clone()}>{props.name}</label>
            <textarea {id} ref={field} class="mono" readonly={true} rows="2" spellcheck="false" value={props.text.clone()} />
            <button type="button" class="button" aria-label={(words.copy)(props.name)} {onclick}>{words.copy_short}</button>
            <span class="snippet-said" role="status">{match *copied {
                Copied::Not => "",
                Copied::Yes => words.copied,
                Copied::Refused => words.not_copied,
            }}</span>
        </div>
    }
}

/// Puts a text on the clipboard; whether the browser allowed it.
async fn write(text: &str) -> bool {
    let navigator = gloo_utils::window().navigator();
    // Pages that are not served securely have no clipboard, whatever the bindings say.
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| value.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Properties of [`Code`].
#[derive(Properties, PartialEq)]
struct CodeProps {
    address: String,
}

/// The QR code of an address.
#[component]
fn Code(props: &CodeProps) -> Html {
    let words = use_shared().words.share_words;
    let Ok(code) = QrCode::encode_text(&props.address, QrCodeEcc::Low) else {
        return html! { <p class="share-note">{words.no_code}</p> };
    };
    let size = code.size() + 2 * QUIET;
    html! {
        <svg class="qr" role="img" aria-label={words.code} viewBox={format!("0 0 {size} {size}")} shape-rendering="crispEdges">
            <rect class="qr-light" width={size.to_string()} height={size.to_string()} />
            <path class="qr-dark" d={outline(&code)} />
        </svg>
    }
}

/// The dark modules, a rectangle for each run of them in a row.
fn outline(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                let _infallible = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}
