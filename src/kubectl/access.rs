//! `kubectl config`, as far as there is something to set: the namespace.

use super::failure::{Failure, Outcome};
use super::run::Call;

/// The name of the only cluster there is.
const CONTEXT: &str = "setwise";

pub(super) fn config(call: &mut Call<'_>) -> Outcome {
    let namespace = call.console.namespace.clone();
    match call.info.name {
        "config current-context" => call.out.line(CONTEXT),
        "config get-contexts" => {
            call.out.line("CURRENT   NAME      CLUSTER   AUTHINFO   NAMESPACE");
            call.out.line(format!("*         {CONTEXT}   {CONTEXT}   {CONTEXT}    {namespace}"));
        }
        "config set-context" => {
            let names_this = call.flags.args.iter().all(|name| name == CONTEXT);
            if !call.flags.is_set("current") && (call.flags.args.is_empty() || !names_this) {
                return Err(Failure::client("there is one context here: use --current"));
            }
            if let Some(wanted) = call.flags.text("namespace") {
                let wanted = wanted.to_owned();
                call.console.use_namespace(&wanted);
            }
            call.out.line(format!("Context \"{CONTEXT}\" modified."));
        }
        _ => {
            call.out.line("apiVersion: v1\nclusters:\n- cluster:\n    server: https://127.0.0.1:6443");
            call.out.line(format!("  name: {CONTEXT}\ncontexts:\n- context:\n    cluster: {CONTEXT}"));
            call.out.line(format!("    namespace: {namespace}\n    user: {CONTEXT}\n  name: {CONTEXT}"));
            call.out.line(format!("current-context: {CONTEXT}\nkind: Config\nusers:\n- name: {CONTEXT}\n  user: {{}}"));
        }
    }
    Ok(())
}
