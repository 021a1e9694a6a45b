//! Files from the disk and back to it.

use super::notice::Notice;
use crate::manifest::MAX_BYTES;
use crate::session::File;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use yew::prelude::DragEvent;

/// The files that were chosen.
#[must_use]
pub fn chosen(input: &web_sys::HtmlInputElement) -> Vec<web_sys::File> {
    listed(input.files())
}

/// Whether files are dragged, and not text.
#[must_use]
pub fn carries_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// The files that were dropped.
#[must_use]
pub fn dropped(event: &DragEvent) -> Vec<web_sys::File> {
    listed(event.data_transfer().and_then(|data| data.files()))
}

fn listed(files: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    files.map(|files| (0..files.length()).filter_map(|index| files.get(index)).collect()).unwrap_or_default()
}

/// Reads files, and says of the last one that cannot be read why.
pub async fn read(files: Vec<web_sys::File>) -> (Vec<File>, Option<Notice>) {
    let (mut read, mut notice) = (Vec::new(), None);
    for file in files {
        let name = file.name();
        // Sizes are whole numbers that a browser counts as floats.
        if file.size() > MAX_BYTES as f64 {
            notice = Some(Notice::TooLarge(name));
            continue;
        }
        match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
            // Bytes that are no text come as replacement characters; so does a text with a NUL.
            Some(text) if !text.contains('\0') => read.push(File { name, text }),
            _ => notice = Some(Notice::Unreadable(name)),
        }
    }
    (read, notice)
}

/// Hands a file to the browser to save. A browser that cannot is left alone.
pub fn save(file: &File) {
    save_as(&file.name, "application/yaml", &file.text.as_str().into());
}

/// Hands a text or a blob to the browser to save under a name.
pub fn save_as(name: &str, kind: &str, content: &wasm_bindgen::JsValue) {
    let _unsaved = download(name, kind, content);
}

fn download(name: &str, kind: &str, content: &wasm_bindgen::JsValue) -> Option<()> {
    let parts = js_sys::Array::of1(content);
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_blob_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = gloo_utils::document().create_element("a").ok()?.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has to begin before the text may go.
    gloo_timers::callback::Timeout::new(10_000, move || {
        let _gone = web_sys::Url::revoke_object_url(&address);
    })
    .forget();
    Some(())
}
