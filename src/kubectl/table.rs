//! Every command of `kubectl` v1.36 with its flags, and what it is for in plain words.

/// A command, or a group of them.
#[derive(Debug)]
pub struct CommandInfo {
    /// Its words after `kubectl`: `rollout status`.
    pub name: &'static str,
    /// Other names of its last word.
    pub aliases: &'static [&'static str],
    /// What stands after the name.
    pub usage: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// Its flags, each a word: `all` is set or not, `output=` takes a text, `replicas#` a number, `timeout%` a span of
    /// time, `dry-run?unchanged` may come without a value; `o,output=` has a short form.
    pub flags: &'static [&'static str],
    /// How it is here.
    pub here: Here,
}

/// Whether a command does something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// It works.
    Works,
    /// It only has commands below it.
    Group,
    /// It makes no sense in a simulation; why.
    Not(&'static str),
}

use Here::{Group, Not, Works};

/// Flags that every command has.
pub const GLOBAL: &str = "h,help n,namespace= s,server= context= cluster= kubeconfig= user= token= as= as-group= as-uid= \
    certificate-authority= client-certificate= client-key= insecure-skip-tls-verify tls-server-name= request-timeout= v,v= \
    profile= profile-output= warnings-as-errors match-server-version cache-dir= disable-compression username= password= \
    kuberc= log-flush-frequency=";

const FILES: &str = "f,filename= k,kustomize= R,recursive";
const PRINT: &str = "o,output= template= show-managed-fields allow-missing-template-keys";
const DRY: &str = "dry-run?unchanged field-manager=";
const CREATES: &str = "save-config validate?strict";
const SELECT: &str = "l,selector=";
const CONTAINER: &str =
    "there is no process behind a simulated container. `kubectl describe` and `kubectl events` tell what happens to it";
const NETWORK: &str = "there is no network behind a simulated cluster";
const ACCESS: &str = "everybody may do everything here: there are no users and no rules of access";

const fn works(
    name: &'static str,
    usage: &'static str,
    flags: &'static [&'static str],
    about: &'static str,
) -> CommandInfo {
    CommandInfo { name, aliases: &[], usage, about, flags, here: Works }
}

const fn group(name: &'static str, about: &'static str) -> CommandInfo {
    CommandInfo { name, aliases: &[], usage: "SUBCOMMAND", about, flags: &[], here: Group }
}

const fn not(name: &'static str, about: &'static str, why: &'static str) -> CommandInfo {
    CommandInfo { name, aliases: &[], usage: "", about, flags: &[], here: Not(why) }
}

const fn also(info: CommandInfo, aliases: &'static [&'static str]) -> CommandInfo {
    CommandInfo { aliases, ..info }
}

/// All of them, by name.
pub static COMMANDS: &[CommandInfo] = &[
    not("alpha", "Commands that are being tried out.", "none of them concerns what is simulated"),
    works(
        "annotate",
        "TYPE NAME KEY=VALUE... KEY-...",
        &[FILES, PRINT, DRY, SELECT, "all overwrite list local field-selector= A,all-namespaces resource-version="],
        "Sets or removes annotations of objects.",
    ),
    works(
        "api-resources",
        "",
        &["o,output= api-group= namespaced no-headers cached sort-by= verbs= categories="],
        "Lists the kinds of objects that the API server knows, with their short names.",
    ),
    works("api-versions", "", &[], "Lists the groups and versions of the API."),
    works(
        "apply",
        "-f FILE",
        &[
            FILES,
            PRINT,
            DRY,
            SELECT,
            "all overwrite force grace-period# timeout% wait cascade?background prune prune-allowlist= applyset= \
             validate?strict openapi-patch server-side force-conflicts",
        ],
        "Makes the cluster have the objects of a file: creates what is missing, changes what differs.",
    ),
    not("attach", "Connects to a process in a container.", CONTAINER),
    not("auth", "Asks what one may do.", ACCESS),
    works(
        "autoscale",
        "TYPE NAME --min=MIN --max=MAX --cpu=70%",
        &[FILES, PRINT, DRY, CREATES, "cpu-percent# max# min# cpu= memory= name="],
        "Makes a HorizontalPodAutoscaler that scales a workload by its load.",
    ),
    not("certificate", "Approves certificates.", ACCESS),
    works("cluster-info", "", &[], "Says where the control plane is."),
    not("completion", "Prints a script for a shell.", "this console completes with the Tab key by itself"),
    group("config", "Reads and changes the settings of kubectl."),
    works("config current-context", "", &[], "Says which cluster is in use."),
    works("config get-contexts", "", &["no-headers o,output="], "Lists the clusters that can be used."),
    works(
        "config set-context",
        "--current --namespace=NAME",
        &["current"],
        "Sets the namespace that is used from now on.",
    ),
    works("config view", "", &[PRINT, "minify flatten raw merge"], "Prints the settings of kubectl."),
    works("cordon", "NODE", &[SELECT, "dry-run?unchanged"], "Keeps new pods away from a node."),
    not("cp", "Copies files from and to containers.", CONTAINER),
    works(
        "create",
        "-f FILE",
        &[FILES, PRINT, DRY, CREATES, SELECT, "edit raw= windows-line-endings"],
        "Creates the objects of a file, or one of a kind: `kubectl create deployment web --image=nginx`.",
    ),
    also(
        works(
            "create configmap",
            "NAME --from-literal=KEY=VALUE",
            &[PRINT, DRY, CREATES, "from-file= from-literal= from-env-file= append-hash"],
            "Creates a ConfigMap. It is kept, and nothing acts on it.",
        ),
        &["cm"],
    ),
    also(
        works(
            "create deployment",
            "NAME --image=IMAGE -- [COMMAND]",
            &[PRINT, DRY, CREATES, "image= port# r,replicas#"],
            "Creates a Deployment of an image.",
        ),
        &["deploy"],
    ),
    also(works("create namespace", "NAME", &[PRINT, DRY, CREATES], "Creates a namespace."), &["ns"]),
    also(
        works(
            "create poddisruptionbudget",
            "NAME --selector=SELECTOR --min-available=N",
            &[PRINT, DRY, CREATES, "max-unavailable= min-available= selector="],
            "Creates a PodDisruptionBudget: how many pods may be missing on purpose.",
        ),
        &["pdb"],
    ),
    also(
        works(
            "create priorityclass",
            "NAME --value=N",
            &[PRINT, DRY, CREATES, "global-default value# description= preemption-policy="],
            "Creates a class of priority for pods.",
        ),
        &["pc"],
    ),
    also(group("create service", "Creates a Service."), &["svc"]),
    works(
        "create service clusterip",
        "NAME --tcp=PORT:TARGET",
        &[PRINT, DRY, CREATES, "tcp= clusterip="],
        "Creates a Service with an address of its own, or headless.",
    ),
    works(
        "create service nodeport",
        "NAME --tcp=PORT:TARGET",
        &[PRINT, DRY, CREATES, "tcp= node-port#"],
        "Creates a Service of type NodePort.",
    ),
    works(
        "create service loadbalancer",
        "NAME --tcp=PORT:TARGET",
        &[PRINT, DRY, CREATES, "tcp="],
        "Creates a Service of type LoadBalancer.",
    ),
    also(
        works(
            "create serviceaccount",
            "NAME",
            &[PRINT, DRY, CREATES],
            "Creates a ServiceAccount. It is kept, and nothing acts on it.",
        ),
        &["sa"],
    ),
    not("debug", "Starts containers that help to find a fault.", CONTAINER),
    works(
        "delete",
        "TYPE NAME",
        &[
            FILES,
            SELECT,
            "field-selector= all A,all-namespaces force cascade?background now grace-period# timeout% ignore-not-found wait \
             o,output= raw= i,interactive dry-run?unchanged",
        ],
        "Deletes objects and waits until they are gone.",
    ),
    works(
        "describe",
        "TYPE NAME",
        &[FILES, SELECT, "A,all-namespaces show-events chunk-size#"],
        "Tells everything about an object, with its Events.",
    ),
    works(
        "diff",
        "-f FILE",
        &[
            FILES,
            SELECT,
            "server-side force-conflicts field-manager= prune prune-allowlist= show-managed-fields concurrency# show-secrets",
        ],
        "Shows what `kubectl apply` would change.",
    ),
    works(
        "drain",
        "NODE",
        &[
            SELECT,
            "delete-emptydir-data disable-eviction force ignore-daemonsets timeout% grace-period# \
             skip-wait-for-delete-timeout# pod-selector= dry-run?unchanged chunk-size#",
        ],
        "Cordons a node and evicts its pods, as budgets allow, until it is empty.",
    ),
    not(
        "edit",
        "Opens an object in an editor.",
        "change the manifest in the editor and apply it, or use `kubectl patch`",
    ),
    works(
        "events",
        "",
        &[PRINT, "no-headers A,all-namespaces w,watch types= for= chunk-size#"],
        "Lists Events, the latest at the end.",
    ),
    not("exec", "Runs a command in a container.", CONTAINER),
    works(
        "explain",
        "TYPE.FIELD",
        &["R,recursive max-depth# api-version= o,output="],
        "Lists the fields of a kind of objects.",
    ),
    works(
        "expose",
        "TYPE NAME --port=PORT",
        &[
            FILES,
            PRINT,
            DRY,
            CREATES,
            "cluster-ip= external-ip= load-balancer-ip= name= port= protocol= selector= session-affinity= target-port= type= \
             l,labels= overrides= override-type=",
        ],
        "Makes a Service for the pods of a workload.",
    ),
    works(
        "get",
        "TYPE [NAME]",
        &[
            FILES,
            PRINT,
            SELECT,
            "ignore-not-found output-watch-events watch-only A,all-namespaces w,watch field-selector= raw= no-headers \
             show-kind show-labels L,label-columns= sort-by= server-print chunk-size# subresource=",
        ],
        "Lists objects, as a table or in full.",
    ),
    works("help", "[COMMAND]", &[], "Says what a command is for."),
    not("kuberc", "Changes the preferences of kubectl.", "there are none to set"),
    not(
        "kustomize",
        "Builds manifests from a directory.",
        "there are only the files of the editor: paste what kustomize builds",
    ),
    works(
        "label",
        "TYPE NAME KEY=VALUE... KEY-...",
        &[FILES, PRINT, DRY, SELECT, "all overwrite list local field-selector= A,all-namespaces resource-version="],
        "Sets or removes labels of objects.",
    ),
    not("logs", "Prints what a container wrote.", CONTAINER),
    works("options", "", &[], "Lists the flags that every command has."),
    works(
        "patch",
        "TYPE NAME -p PATCH",
        &[FILES, PRINT, DRY, "type= p,patch= patch-file= local subresource="],
        "Changes fields of an object: `--type=strategic`, `merge` or `json`.",
    ),
    not("plugin", "Runs programs that extend kubectl.", "there are none"),
    not("port-forward", "Connects to a port of a pod.", NETWORK),
    not("proxy", "Opens a way to the API server.", NETWORK),
    works(
        "replace",
        "-f FILE",
        &[FILES, PRINT, DRY, CREATES, "raw= subresource= force grace-period# timeout% wait cascade?background"],
        "Puts the objects of a file in the place of those of the same name.",
    ),
    group("rollout", "Rollouts of Deployments, StatefulSets and DaemonSets."),
    works("rollout history", "TYPE NAME", &[FILES, PRINT, SELECT, "revision#"], "Lists the revisions of a workload."),
    works(
        "rollout pause",
        "deployment NAME",
        &[FILES, PRINT, SELECT, "field-manager="],
        "Holds the rollout of a Deployment.",
    ),
    works(
        "rollout restart",
        "TYPE NAME",
        &[FILES, PRINT, SELECT, "field-manager="],
        "Makes all pods of a workload anew.",
    ),
    works(
        "rollout resume",
        "deployment NAME",
        &[FILES, PRINT, SELECT, "field-manager="],
        "Lets a paused rollout go on.",
    ),
    works(
        "rollout status",
        "TYPE NAME",
        &[FILES, SELECT, "w,watch timeout% revision#"],
        "Waits until a rollout is done and tells how it goes.",
    ),
    works(
        "rollout undo",
        "TYPE NAME",
        &[FILES, PRINT, SELECT, "to-revision# dry-run?unchanged"],
        "Puts an earlier revision back.",
    ),
    works(
        "run",
        "NAME --image=IMAGE",
        &[
            PRINT,
            DRY,
            CREATES,
            "attach command expose leave-stdin-open privileged rm q,quiet i,stdin t,tty image-pull-policy= restart= \
             annotations= env= l,labels= detach-keys= image= port= overrides= override-type= pod-running-timeout% \
             grace-period# force timeout% wait cascade?background",
        ],
        "Runs an image in a pod.",
    ),
    works(
        "scale",
        "TYPE NAME --replicas=N",
        &[FILES, PRINT, SELECT, "all timeout% current-replicas# replicas# resource-version= dry-run?unchanged"],
        "Sets how many pods a workload has.",
    ),
    group("set", "Changes parts of workloads."),
    works(
        "set image",
        "TYPE NAME CONTAINER=IMAGE",
        &[FILES, PRINT, DRY, SELECT, "all local"],
        "Sets the image of containers; `*` means all of them.",
    ),
    not("set env", "Sets environment variables.", "nothing here reads them: change the manifest and apply it"),
    not("set resources", "Sets requests and limits.", "change the manifest and apply it, or use `kubectl patch`"),
    not("set selector", "Sets the selector of a Service.", "change the manifest and apply it, or use `kubectl patch`"),
    not("set serviceaccount", "Sets the account of a workload.", ACCESS),
    not("set subject", "Sets who a role is given to.", ACCESS),
    works(
        "taint",
        "nodes NAME KEY=VALUE:EFFECT... KEY-...",
        &[PRINT, DRY, SELECT, "validate?strict all overwrite"],
        "Sets or removes taints of nodes.",
    ),
    group("top", "What nodes and pods use, once `lab load` has set it."),
    also(
        works(
            "top node",
            "[NAME]",
            &[SELECT, "no-headers show-capacity show-swap use-protocol-buffers sort-by="],
            "What nodes use.",
        ),
        &["nodes", "no"],
    ),
    also(
        works(
            "top pod",
            "[NAME]",
            &[
                SELECT,
                "containers no-headers show-swap sum use-protocol-buffers A,all-namespaces field-selector= sort-by=",
            ],
            "What pods use.",
        ),
        &["pods", "po"],
    ),
    works("uncordon", "NODE", &[SELECT, "dry-run?unchanged"], "Lets new pods come to a node again."),
    works("version", "", &["client o,output="], "Says which versions are in use."),
    works(
        "wait",
        "TYPE/NAME --for=condition=Ready",
        &[FILES, PRINT, SELECT, "field-selector= all local A,all-namespaces timeout% for="],
        "Waits until objects have a condition, a value, or are gone.",
    ),
];

/// The command of some words, and how many of them name it.
#[must_use]
pub fn find(words: &[String]) -> Option<(&'static CommandInfo, usize)> {
    (1..=words.len().min(3)).rev().find_map(|count| {
        let typed = words.get(..count)?;
        COMMANDS.iter().find(|info| is_named(info, typed)).map(|info| (info, count))
    })
}

fn is_named(info: &CommandInfo, typed: &[String]) -> bool {
    let words: Vec<&str> = info.name.split(' ').collect();
    let is_word = |(index, (word, given)): (usize, (&&str, &String))| {
        let is_last = index + 1 == words.len();
        *word == given || if is_last { info.aliases.contains(&given.as_str()) } else { parent_alias(word, given) }
    };
    words.len() == typed.len() && words.iter().zip(typed).enumerate().all(is_word)
}

/// Whether a word before the last one is typed as an alias: `create svc clusterip`.
fn parent_alias(word: &str, given: &str) -> bool {
    COMMANDS.iter().any(|info| info.name.split(' ').next_back() == Some(word) && info.aliases.contains(&given))
}

/// Commands directly below one; the empty name is `kubectl` itself.
pub fn below(parent: &str) -> impl Iterator<Item = &'static CommandInfo> {
    COMMANDS.iter().filter(move |info| match parent {
        "" => !info.name.contains(' '),
        parent => info
            .name
            .strip_prefix(parent)
            .and_then(|rest| rest.strip_prefix(' '))
            .is_some_and(|rest| !rest.contains(' ')),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn found(text: &str) -> Option<(&'static str, usize)> {
        let words: Vec<String> = text.split(' ').map(Into::into).collect();
        find(&words).map(|(info, count)| (info.name, count))
    }

    #[test]
    fn a_command_is_found_by_its_words_and_their_aliases() {
        assert_eq!(found("rollout status sts/web"), Some(("rollout status", 2)));
        assert_eq!(found("create -f a.yaml"), Some(("create", 1)));
        assert_eq!(found("create deploy web"), Some(("create deployment", 2)));
        assert_eq!(found("create svc clusterip web"), Some(("create service clusterip", 3)));
        assert_eq!(found("top po"), Some(("top pod", 2)));
        assert_eq!(found("bogus"), None);
    }

    #[test]
    fn commands_stand_in_order_below_one_that_exists() {
        assert!(below("").map(|info| info.name).is_sorted());
        for info in COMMANDS {
            let parent = info.name.rsplit_once(' ').map(|(parent, _)| parent);
            assert!(parent.is_none_or(|parent| COMMANDS.iter().any(|other| other.name == parent)), "{}", info.name);
        }
    }
}
