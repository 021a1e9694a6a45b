//! Tests of components inside a browser: `cargo xtask test component`. Natively there is nothing here.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use gloo_utils::document;
use setwise::ui::App;
use std::time::Duration;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Mounts the page into an element of its own, and lets it render.
async fn mounted() -> web_sys::Element {
    let place = document().create_element("div").expect("a document can create elements");
    document().body().expect("there is a body").append_child(&place).expect("a body takes children");
    yew::Renderer::<App>::with_root(place.clone()).render();
    yew::platform::time::sleep(Duration::ZERO).await;
    place
}

#[wasm_bindgen_test]
async fn the_page_mounts_and_has_one_heading() {
    let page = mounted().await;
    let headings = page.query_selector_all("h1").expect("h1 is a selector");
    assert_eq!(headings.length(), 1);
}

#[wasm_bindgen_test]
fn a_run_is_the_same_to_the_byte_in_the_browser_as_it_is_natively() {
    let text = include_str!("determinism/input.yaml").to_owned();
    let manifest = setwise::manifest::read(&[setwise::manifest::SourceFile { name: "input.yaml".into(), text }]);
    let mut run = setwise::engine::play(&manifest.objects(), &setwise::actor::Settings::default());
    let json = setwise::transcript::json(&mut run.timeline, setwise::explain::Language::En);
    assert!(json.len() > 10_000, "a run of some length");
    assert!(json == include_str!("determinism/expected.json"), "the browser's run differs from the native one");
}
