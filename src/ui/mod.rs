//! The page. Knows everything, decides nothing: the state and its transitions are in [`crate::scene`].

mod app;
mod cssom;
mod editor;
mod explanation;
mod header;
mod icons;
mod inspector;
mod keys;
mod lanes;
mod marks;
mod menu;
mod overlay;
mod problems;
mod shared;
mod stage;
mod store;
mod text;
mod theme;
mod told;
mod transport;
mod words;

pub use app::App;

/// Puts the page into the document.
pub fn mount() {
    yew::Renderer::<App>::new().render();
}
