//! The stage: sets on rails, DaemonSets as bands, nodes as cards, and what is on its own.

mod arrow;
mod autoscaler;
mod claim;
mod countdown;
mod daemon_set;
mod deployment;
mod field;
mod node_table;
mod nodes;
mod others;
mod overlay;
mod pod_chip;
mod service;
mod slot;
mod stateful_set;
mod table;
mod travel;
mod workload_table;

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use crate::api::ObjectRef;
use crate::scene::{Scene, TurnedAway};
use daemon_set::DaemonBand;
use deployment::{DeploymentCard, ReplicaSetCard};
use field::FieldView;
use nodes::Nodes;
use others::Others;
pub use overlay::{Look, NodeMark, NodeOverlay};
use service::ServiceBand;
use stateful_set::Rail;
use std::rc::Rc;
use table::Table;
use yew::prelude::*;

/// Properties of [`Stage`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What to show.
    pub scene: Rc<Scene>,
    /// Pods that travel to their nodes now, each with its node and its owner.
    pub travels: Rc<Vec<(ObjectRef, String)>>,
    /// Whom a taint turns away now.
    pub turned: Rc<TurnedAway>,
    /// The number of the shown stop, so that every travel happens once.
    pub moment: usize,
    /// Virtual time that passed before this moment, where it is worth saying.
    pub passed: Option<u64>,
    /// Whether the run plays.
    pub playing: bool,
    /// Whether it is shown as a table.
    pub as_table: bool,
    /// Whether motion is unwanted.
    pub still: bool,
    /// What the selected object thinks of the nodes.
    pub overlay: Rc<NodeOverlay>,
}

/// The stage.
#[component]
pub fn Stage(props: &Props) -> Html {
    let words = use_shared().words;
    {
        let scene = props.scene.clone();
        let still = props.still;
        use_effect_with((props.moment, props.travels.clone(), props.turned.clone()), move |(_, travels, turned)| {
            if !still {
                travel::play(&scene, travels);
                travel::turn_away(turned);
            }
        });
    }
    let scene = &props.scene;
    html! {
        <main class="pane stage" id="stage" tabindex="-1" aria-labelledby="stage-title">
            <div class="stage-head">
                <h2 id="stage-title" class="visually-hidden">{words.stage}</h2>
                if let Some(millis) = props.passed {
                    <p class="passed" key={props.moment}><Icon glyph={Glyph::Clock} size={14} />{(words.passed)(millis)}</p>
                }
            </div>
            <div class={if props.as_table { "table-holder" } else { "table-holder visually-hidden" }}>
                // While a run plays nobody can read tables that cannot be seen; what happens is announced.
                if props.as_table || !props.playing { <Table scene={scene.clone()} pressable={props.as_table} /> }
            </div>
            if !props.as_table {
                <Picture scene={scene.clone()} overlay={props.overlay.clone()} />
            }
        </main>
    }
}

/// Properties of [`Picture`].
#[derive(Properties, PartialEq)]
pub struct PictureProps {
    /// What to show.
    pub scene: Rc<Scene>,
    /// What the selected object thinks of the nodes.
    pub overlay: Rc<NodeOverlay>,
}

/// The stage as a picture: what is not there takes no room.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let words = use_shared().words;
    let scene = &props.scene;
    let sets = scene
        .sets
        .iter()
        .map(|set| html! { <Rail key={format!("{}", set.object.name())} set={Rc::new(set.clone())} /> });
    let bands = scene
        .daemons
        .iter()
        .map(|daemon| html! { <DaemonBand key={daemon.object.name()} daemon={Rc::new(daemon.clone())} /> });
    let services = scene.services.iter().map(|service| {
        html! { <ServiceBand key={service.object.to_string()} service={Rc::new(service.clone())} /> }
    });
    let deployments = scene.deployments.iter().map(|deployment| {
        html! { <DeploymentCard key={deployment.object.name()} deployment={Rc::new(deployment.clone())} /> }
    });
    let replica_sets = scene.replica_sets.iter().map(|set| {
        html! { <ReplicaSetCard key={set.object.name()} set={Rc::new(set.clone())} of_deployment={false} /> }
    });
    html! {
        <div class="picture">
            if scene.is_bare() {
                <p class="bare">{if scene.nodes.is_empty() && scene.field.is_none() { words.nothing_yet } else { words.nothing_to_show }}</p>
            }
            {for sets}
            {for deployments}
            if !scene.replica_sets.is_empty() { <ul class="replica-sets">{for replica_sets}</ul> }
            if !scene.daemons.is_empty() || !scene.services.is_empty() { <div class="bands">{for services}{for bands}</div> }
            <Nodes nodes={Rc::new(scene.nodes.clone())} overlay={props.overlay.clone()} />
            if scene.field.is_some() { <FieldView scene={scene.clone()} overlay={props.overlay.clone()} /> }
            <Others scene={scene.clone()} />
        </div>
    }
}
