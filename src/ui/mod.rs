//! The page. Knows everything, decides nothing: the state and its transitions are in [`crate::scene`].

mod app;
mod brush;
mod bulletin;
mod code_mirror;
mod code_pane;
mod compare;
mod console;
mod cssom;
mod disk;
mod editor;
mod events;
mod explanation;
mod export;
mod export_menu;
mod gallery;
mod header;
mod host;
mod icons;
mod inspector;
mod keys;
mod lane_rows;
mod lanes;
mod language;
mod marks;
mod menu;
mod notice;
mod obstacle;
mod offline;
mod overlay;
mod problems;
mod rules;
mod share;
mod shared;
mod shown;
mod stage;
mod store;
mod story;
mod tabs;
mod text;
mod text_pane;
mod theme;
mod told;
mod transport;
mod traps;
mod words;

pub use app::App;

/// Puts the page into the document, in place of what the visitor saw while it loaded.
pub fn mount() {
    let root = gloo_utils::document().get_element_by_id("app").unwrap_or_else(|| gloo_utils::body().into());
    if gloo_utils::window().location().hash().is_ok_and(|hash| hash == gallery::FRAGMENT) {
        yew::Renderer::<gallery::Gallery>::with_root(root).render();
    } else {
        yew::Renderer::<App>::with_root(root).render();
    }
}
