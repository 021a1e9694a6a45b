//! Thousands of nodes: a square a node, numbers beside them, and some nodes in full.

use super::nodes::NodeCard;
use super::overlay::NodeOverlay;
use crate::scene::{Cell, Field, IN_FULL, PodState, Scene};
use crate::session::Action;
use crate::ui::icons::StateIcon;
use crate::ui::shared::use_shared;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

/// Properties of [`FieldView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The stage; it has a field.
    pub scene: Rc<Scene>,
    /// What the selected object thinks of the nodes.
    pub overlay: Rc<NodeOverlay>,
}

/// The states by how urgent they are: a square has the colour of the most urgent one of its pods.
const URGENT: [PodState; 8] = [
    PodState::Failed,
    PodState::Trouble,
    PodState::Terminating,
    PodState::Unready,
    PodState::Creating,
    PodState::Pending,
    PodState::Ready,
    PodState::Succeeded,
];

/// The field, its numbers, and the nodes around the place that is looked at.
#[component]
pub fn FieldView(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let canvas = use_node_ref();
    let dragging = use_mut_ref(|| false);
    let palette = use_mut_ref(Palette::default);
    {
        let canvas = canvas.clone();
        let (scene, palette) = (props.scene.clone(), palette);
        use_effect(move || {
            if let (Some(canvas), Some(field)) = (canvas.cast::<HtmlCanvasElement>(), &scene.field) {
                let _no_context = draw(&canvas, field, &mut palette.borrow_mut());
            }
        });
    }
    let Some(field) = &props.scene.field else { return html! {} };
    let count = field.cells.len();
    let look = {
        let (act, canvas) = (shared.act.clone(), canvas.clone());
        move |event: &PointerEvent| {
            let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return };
            let grid = Grid::of(&canvas, count);
            let rect = canvas.get_bounding_client_rect();
            let (x, y) = (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top());
            act.emit(Action::LookAt(grid.at(x, y).saturating_sub(IN_FULL / 2)));
        }
    };
    let onpointerdown = {
        let (look, dragging) = (look.clone(), dragging.clone());
        Callback::from(move |event: PointerEvent| {
            *dragging.borrow_mut() = true;
            look(&event);
        })
    };
    let onpointermove = {
        let dragging = dragging.clone();
        Callback::from(move |event: PointerEvent| {
            if *dragging.borrow() && event.buttons() == 1 {
                look(&event);
            }
        })
    };
    let release = Callback::from(move |_: PointerEvent| *dragging.borrow_mut() = false);
    let oninput = {
        let act = shared.act.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
            if let Some(place) = input.and_then(|input| input.value().parse().ok()) {
                act.emit(Action::LookAt(place));
            }
        })
    };
    let last = count.saturating_sub(IN_FULL);
    let near = (words.stage_words.field_near)(field.from + 1, (field.from + IN_FULL).min(count), count);
    let cards = field.near.iter().map(|node| {
        let key = node.object.name().to_owned();
        let mark = props.overlay.marks.get(&key).cloned();
        html! { <NodeCard {key} node={Rc::new(node.clone())} {mark} /> }
    });
    html! {
        <section class="nodes field" aria-label={format!("{} {count}", words.nodes)}>
            <header class="section-head"><h3><span class="kind">{words.nodes}</span>{" "}<span class="name">{count}</span></h3>
                if !props.overlay.marks.is_empty() { <p class="overlay-title">{&props.overlay.title}</p> }
            </header>
            <div class="field-halves">
                <canvas ref={canvas} class="field-canvas" role="img" aria-label={words.stage_words.field}
                    {onpointerdown} {onpointermove} onpointerup={release.clone()} onpointercancel={release}></canvas>
                <Numbers scene={props.scene.clone()} caption={words.stage_words.field_head[0]} />
            </div>
            <label class="field-look"><span>{near.clone()}</span>
                <input type="range" min="0" max={last.to_string()} value={field.from.to_string()} aria-label={words.stage_words.field_look} aria-valuetext={near} {oninput} />
            </label>
            <div class="node-grid">{for cards}</div>
        </section>
    }
}

/// Properties of [`Numbers`].
#[derive(Properties, PartialEq)]
pub struct NumbersProps {
    /// The stage; it has a field.
    pub scene: Rc<Scene>,
    /// What the table is called.
    pub caption: &'static str,
}

/// What the squares say, as a table.
#[component]
pub fn Numbers(props: &NumbersProps) -> Html {
    let words = use_shared().words;
    let Some(field) = &props.scene.field else { return html! {} };
    let (down, cordoned) = field.troubled();
    let states = field.pods.states().map(|(state, count)| {
        html! {
            <tr class={format!("state-{}", state.key())}>
                <th scope="row"><StateIcon state={Some(state)} size={12} />{(words.state)(state)}</th><td class="number">{count}</td>
            </tr>
        }
    });
    let row = |label: &'static str, count: usize| {
        html! { if count > 0 { <tr><th scope="row">{label}</th><td class="number">{count}</td></tr> } }
    };
    html! {
        <table class="facts-table field-numbers">
            <caption class="visually-hidden">{props.caption}</caption>
            <thead><tr>{for words.stage_words.field_head.iter().map(|head| html! { <th scope="col">{head}</th> })}</tr></thead>
            <tbody>
                {for states}
                {row(words.stage_words.field_all, field.pods.all())}
                {row(words.stage_words.field_unbound, field.unbound.all())}
                {row(words.stage_words.field_down, down)}
                {row(words.cordoned, cordoned)}
            </tbody>
        </table>
    }
}

/// Where the squares are.
struct Grid {
    columns: usize,
    side: f64,
    count: usize,
}

/// The smallest square, in pixels of the page.
const SMALLEST: f64 = 6.0;

impl Grid {
    fn of(canvas: &HtmlCanvasElement, count: usize) -> Grid {
        let width = f64::from(canvas.client_width()).max(60.0);
        // As many as fill about three fifths as high as wide.
        let side = (width * width * 0.6 / count.max(1) as f64).sqrt().floor().max(SMALLEST);
        Grid { columns: (width / side) as usize, side, count }
    }

    fn rows(&self) -> usize {
        self.count.div_ceil(self.columns.max(1))
    }

    fn at(&self, x: f64, y: f64) -> usize {
        let column = ((x / self.side).max(0.0) as usize).min(self.columns.saturating_sub(1));
        let row = (y / self.side).max(0.0) as usize;
        (row * self.columns + column).min(self.count.saturating_sub(1))
    }
}

/// Draws every square; none where the browser gives no context.
fn draw(canvas: &HtmlCanvasElement, field: &Field, palette: &mut Palette) -> Option<()> {
    let grid = Grid::of(canvas, field.cells.len());
    let ratio = gloo_utils::window().device_pixel_ratio().max(1.0);
    let height = grid.rows() as f64 * grid.side;
    let _unknown = canvas.style().set_property("height", &format!("{height}px"));
    let size = ((f64::from(canvas.client_width()) * ratio) as u32, (height * ratio) as u32);
    if (canvas.width(), canvas.height()) != size {
        canvas.set_width(size.0);
        canvas.set_height(size.1);
    }
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    palette.renew(canvas)?;
    let Palette { colours, ground, down, ink, .. } = palette;
    let _unsupported = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, f64::from(canvas.client_width()), height);
    let inner = grid.side - 1.0;
    for (index, cell) in field.cells.iter().enumerate() {
        let (x, y) = place(&grid, index);
        context.set_fill_style_str(if cell.ready { ground } else { down });
        context.fill_rect(x, y, inner, inner);
        let Some(urgent) = urgent(cell) else { continue };
        let part = cell.pods.all() as f64 / field.most.max(1) as f64;
        let high = (inner * part).max(2.0);
        context.set_fill_style_str(colours.get(urgent).unwrap_or(ink));
        context.fill_rect(x, y + inner - high, inner, high);
        if cell.cordoned {
            context.set_fill_style_str(ink);
            context.fill_rect(x, y, inner, 1.0);
        }
    }
    context.set_stroke_style_str(ink);
    context.set_line_width(1.0);
    for index in field.from..(field.from + IN_FULL).min(field.cells.len()) {
        let (x, y) = place(&grid, index);
        context.stroke_rect(x - 0.5, y - 0.5, grid.side, grid.side);
    }
    Some(())
}

fn place(grid: &Grid, index: usize) -> (f64, f64) {
    let columns = grid.columns.max(1);
    ((index % columns) as f64 * grid.side, (index / columns) as f64 * grid.side)
}

/// The place of a cell's most urgent state.
fn urgent(cell: &Cell) -> Option<usize> {
    URGENT.iter().position(|state| cell.pods.of(*state) > 0)
}

/// The custom property that has a state's colour.
fn key_of(state: PodState) -> &'static str {
    match state {
        PodState::Trouble => "failed",
        other => other.key(),
    }
}

/// The colours, as long as the theme stays: to read one makes the browser compute the style of the page.
#[derive(Default)]
struct Palette {
    /// The colour of the canvas's text in the theme that these are of.
    theme: String,
    colours: Vec<String>,
    ground: String,
    down: String,
    ink: String,
}

impl Palette {
    fn renew(&mut self, canvas: &HtmlCanvasElement) -> Option<()> {
        let style = gloo_utils::window().get_computed_style(canvas).ok()??;
        let theme = style.get_property_value("color").unwrap_or_default();
        if theme == self.theme && !theme.is_empty() {
            return Some(());
        }
        let probe = Probe { canvas, style };
        *self = Palette {
            theme,
            colours: URGENT.iter().map(|state| probe.colour(&format!("--{}", key_of(*state)))).collect(),
            ground: probe.colour("--sunk"),
            down: probe.colour("--failed"),
            ink: probe.colour("--ink"),
        };
        Some(())
    }
}

/// Reads colours of the style sheet, which may be those of the light or of the dark theme.
struct Probe<'a> {
    canvas: &'a HtmlCanvasElement,
    style: web_sys::CssStyleDeclaration,
}

impl Probe<'_> {
    /// A custom property as a colour that a canvas understands: the browser resolves it as the canvas's own colour.
    fn colour(&self, property: &str) -> String {
        let style = self.canvas.style();
        let _unknown = style.set_property("color", &format!("var({property})"));
        let colour = self.style.get_property_value("color").unwrap_or_default();
        let _absent = style.remove_property("color");
        colour
    }
}
