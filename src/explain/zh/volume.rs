//! What happened to a claim or a volume.

use super::words::{list, moment};
use crate::api::{Kind, ObjectRef, Time};
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{NamedVolumeProblem, VolumeReason};

fn class_object(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::StorageClass, "", name)
}

pub(super) fn headline(reason: &VolumeReason) -> Text {
    match reason {
        VolumeReason::Provisioned { claim, .. } => text!["为", claim, "制备了一个卷"],
        VolumeReason::Bound { claim, existing: true, .. } => text![claim, "绑定到一个现成的卷"],
        VolumeReason::Bound { claim, existing: false, .. } => text![claim, "绑定到它的卷"],
        VolumeReason::WaitsForFirstConsumer { claim, .. } => text![claim, "等待它的 Pod 有节点"],
        VolumeReason::WaitsForProvisioner { claim, .. } => text![claim, "等待制备卷"],
        VolumeReason::ProvisioningConflict { claim, .. } => text![claim, "继续等待：一次写入遇到冲突"],
        VolumeReason::NothingToBind { claim, .. } => text![claim, "找不到卷"],
        VolumeReason::ClaimInUse { claim, pod } => text!["保留", claim, "：", pod, "还在使用"],
        VolumeReason::ClaimReleased { claim } => text!["删除", claim, "：不再有 Pod 使用它"],
        VolumeReason::Reclaimed { volume, deleted: true } => text!["删除", volume, "，连同数据"],
        VolumeReason::Reclaimed { volume, deleted: false } => text![volume, "已释放，数据保留"],
        VolumeReason::Available { volume } => text![volume, "可供使用"],
        VolumeReason::NamedVolume { claim, volume, .. } => text![claim, "得不到卷", volume],
        VolumeReason::SelectorNotProvisioned { claim, .. } => text![claim, "要求标签，所以得不到卷"],
        VolumeReason::DefaultClassGiven { claim, .. } => text![claim, "得到默认的 StorageClass"],
        VolumeReason::Lost { claim, .. } => text![claim, "失去了它的卷"],
        VolumeReason::Unbound { volume, .. } => text![volume, "退回：它的 PVC 另有卷了"],
        VolumeReason::VolumeInUse { volume, claim } => text!["保留", volume, "：", claim, "还绑定着它"],
        VolumeReason::VolumeRemoved { volume } => text![volume, "消失了"],
        VolumeReason::VolumeGrown { claim, .. } => text![claim, "的卷扩容"],
        VolumeReason::AwaitsMount { claim, .. } => text![claim, "等待 Pod 来扩展文件系统"],
        VolumeReason::FileSystemGrown { claim, .. } => text![claim, "扩容完成"],
        VolumeReason::MultiAttach { pod, .. } => text![pod, "等待：它的卷还挂接在别处"],
    }
}

pub(super) fn words(reason: &VolumeReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        VolumeReason::Provisioned { claim, volume, class, node: name } => {
            words.why(text![
                "StorageClass",
                class_object(class),
                "按需制备卷：它的制备器按",
                claim,
                "要求的大小创建一个，专门留给这个 PVC。"
            ]);
            if let Some(name) = name {
                words
                    .why(text![
                        "这个卷在",
                        node(name),
                        "上，别的节点访问不到，所以使用",
                        claim,
                        "的 Pod 今后只能在那里运行。"
                    ])
                    .evidence("仅限节点", text![node(name)]);
            }
            words.evidence("卷", text![volume]);
            size(&mut words, claim, scope);
            words.next(text![claim, "会绑定到这个新卷。"]);
        }
        VolumeReason::Bound { claim, volume, existing } => {
            words.why(match existing {
                true => text![
                    "在符合条件（类、大小、访问模式）的可用卷里，取最小的一个。整个卷都归",
                    claim,
                    "，多出来的部分也一样。"
                ],
                false => text![volume, "是留给", claim, "的。现在 PVC 和卷互相指向对方。"],
            });
            words.why(text!["绑定是一对一的，PVC 存在多久就持续多久：别的 PVC 得不到这个卷。"]);
            words.evidence("卷", text![volume]);
            size(&mut words, claim, scope);
            words.next(text!["等待", claim, "的 Pod 现在可以调度和启动。"]);
        }
        VolumeReason::WaitsForFirstConsumer { claim, class, pods } => {
            if !pods.is_empty() {
                words.evidence("没有节点的 Pod", list(pods));
            }
            words
                .why(text![
                    "StorageClass",
                    class_object(class),
                    "设置了 `volumeBindingMode: WaitForFirstConsumer`：调度器先为 Pod 选好节点，卷才会创建在 Pod 访问得到的地方。"
                ])
                .next(text!["调度器为使用", claim, "的 Pod 选好节点后，卷随之而来。"]);
        }
        VolumeReason::WaitsForProvisioner { claim, class, provisioner } => {
            words
                .why(text!["现有的卷都不适合", claim, "，所以请", class_object(class), "的制备器创建一个。"])
                .evidence("制备器", text![code(provisioner)])
                .next(text!["制备器创建好卷，", claim, "就会绑定到它。"]);
        }
        VolumeReason::ProvisioningConflict { claim, until } => {
            words
                .why(text![
                    "卷控制器正要请制备器创建卷，但",
                    claim,
                    "在这期间改过：它的控制器刚刚写入了属主。API server 会拒绝基于旧版本的写入。"
                ])
                .why(text!["卷控制器不会马上重试，要等它下次检查所有 PVC 的时候。"])
                .evidence("重试时间", text!["第", (until.0 / 1_000) as i64, "秒"])
                .next(text!["下次检查时，卷控制器会去请制备器，", claim, "随后绑定。"]);
        }
        VolumeReason::NothingToBind { claim, class, class_exists } => {
            words.why(match (class, class_exists) {
                (None, _) => text![
                    claim,
                    "没有写 StorageClass，也没有默认的可用。所以只有不带 StorageClass 的卷才行，而空闲的卷里没有合适的。"
                ],
                (Some(class), false) => text![
                    claim,
                    "要求的 StorageClass",
                    code(class),
                    "不存在，也没有这个类的空闲卷。"
                ],
                (Some(class), true) => text![
                    "StorageClass",
                    class_object(class),
                    "不会自己制备卷（`kubernetes.io/no-provisioner`），而它空闲的卷里没有合适的。"
                ],
            });
            words.why(text!["用过的卷不算：一旦是 `Released`，就不会再分给别的 PVC。"]);
            size(&mut words, claim, scope);
            words.next(text!["在合适的卷出现之前，使用", claim, "的 Pod 一直是 `Pending`。"]);
        }
        VolumeReason::ClaimInUse { claim, pod } => {
            words
                .why(text![claim, "要删除，但", pod, "还在使用，所以只标记为正在终止：抽走 Pod 的存储会丢数据。"])
                .next(text![pod, "一消失，PVC 就跟着消失，哪怕这个 Pod 马上会重新创建。删除没法撤回。"]);
        }
        VolumeReason::ClaimReleased { claim } => {
            words
                .why(text![
                    claim,
                    "之前就要删除，因为有 Pod 在用才保留着。现在节点上没有 Pod 使用它，保护随之解除，PVC 消失。"
                ])
                .next(text!["它的卷怎么处理，由回收策略决定。"]);
        }
        VolumeReason::Reclaimed { volume, deleted } => {
            match deleted {
                true => words
                    .why(text!["PVC 已经没有了，回收策略是 `Delete`：卷和背后的存储一起删除，数据丢失。"])
                    .next(text!["同名的新 PVC 会得到一个新的空卷。"]),
                false => words
                    .why(text!["PVC 已经没有了，回收策略是 `Retain`：", volume, "连同数据留下，阶段为 `Released`。"])
                    .next(text!["在有人去掉它的 `spec.claimRef` 之前，哪个 PVC 都得不到它，同名的也不行。"]),
            };
        }
        VolumeReason::Available { volume } => {
            words
                .why(text![volume, "已经有了，又不属于任何 PVC，所以适合它的 PVC 可以绑定到它。"])
                .next(text!["第一个适合的 PVC 会拿走它。"]);
        }
        VolumeReason::NamedVolume { claim, volume, problem } => named(&mut words, claim, volume, problem),
        VolumeReason::SelectorNotProvisioned { claim, class } => {
            words
                .why(text![
                    claim,
                    "有 `selector`，用来从现有的卷里挑选。现有的都不合适，而",
                    class_object(class),
                    "的制备器不为要求标签的 PVC 制备卷。"
                ])
                .next(text!["去掉 `selector`，就会制备一个卷；保留它，就要有人手动创建一个合适的卷。"]);
        }
        VolumeReason::DefaultClassGiven { claim, class, defaults } => {
            words.why(text![
                claim,
                "没有写 StorageClass，创建时也没有默认的。现在",
                class_object(class),
                "是默认的，还没有绑定的 PVC 会补上它。"
            ]);
            if *defaults > 1 {
                words.why(text!["有多个默认 StorageClass 时，以最新的为准。"]).evidence("默认的类", text![*defaults]);
            }
            words.next(text!["接下来，这个 PVC 就像一开始就写了 StorageClass 一样。"]);
        }
        VolumeReason::Lost { claim, volume, taken_by } => {
            words.why(match (volume, taken_by) {
                (Some(volume), Some(other)) => {
                    text![claim, "原来绑定到", volume, "，但那个卷说自己属于", other, "。"]
                }
                (Some(volume), None) => {
                    text![claim, "原来绑定到", volume, "，而那个卷已经没有了。绑定是一次性的：PVC 不会再换一个卷。"]
                }
                (None, _) => text![claim, "原来绑定过，但已经不写明是哪个卷。"],
            });
            words.next(text!["PVC 的阶段是 `Lost`，数据也没有了。要继续，得创建新的 PVC。"]);
        }
        VolumeReason::Unbound { volume, claim } => {
            words
                .why(text![volume, "是留给", claim, "的，但它在这期间绑定到了别的卷。"])
                .next(text![volume, "又可供使用。"]);
        }
        VolumeReason::VolumeInUse { volume, claim } => {
            words
                .why(text![volume, "要删除，但", claim, "还绑定着它，所以只标记为正在终止：绑定中的卷不会移除。"])
                .next(text!["PVC 消失时，它也跟着消失。"]);
        }
        VolumeReason::VolumeRemoved { volume } => {
            words.why(text!["不再有 PVC 绑定到", volume, "，保护随之解除，之前要求的删除得以完成。"]);
        }
        VolumeReason::VolumeGrown { .. } | VolumeReason::AwaitsMount { .. } | VolumeReason::FileSystemGrown { .. } => {
            growth(&mut words, reason);
        }
        VolumeReason::MultiAttach { pod, volume, node: name, pods, until } => {
            multi_attach(&mut words, (pod, volume), name, pods, *until);
        }
    }
    words
}

fn named(words: &mut Words, claim: &ObjectRef, volume: &ObjectRef, problem: &NamedVolumeProblem) {
    words.why(text![claim, "在 `spec.volumeName` 里指定了要哪个卷，所以别的都不行。"]);
    match problem {
        NamedVolumeProblem::Absent => words.why(text!["没有名为", volume, "的卷。"]),
        NamedVolumeProblem::Taken(other) => words.why(text![volume, "属于", other, "。"]),
        NamedVolumeProblem::Misfit(problem) => {
            words.why(text![volume, "不合适。"]).evidence("Kubernetes 的说明", text![code(problem)])
        }
    };
    words.next(text!["在", volume, "存在、空闲并且合适之前，PVC 一直是 `Pending`。"]);
}

/// The steps in which a claim grows.
fn growth(words: &mut Words, reason: &VolumeReason) {
    match reason {
        VolumeReason::VolumeGrown { claim, volume, from, to } => {
            words.why(text![claim, "要求的容量比现有的大，它的 StorageClass 也允许。先扩大", volume, "背后的存储。"]);
            if let Some(from) = from {
                words.evidence("原大小", text![code(from.as_str())]);
            }
            words
                .evidence("新大小", text![code(to.as_str())])
                .next(text!["接下来还要扩展上面的文件系统，由挂载它的节点上的 kubelet 来做。"]);
        }
        VolumeReason::AwaitsMount { claim, to } => {
            words
                .why(text![
                    "卷已经扩大，但没有运行中的 Pod 挂载它，而文件系统只有在挂载时才能扩展。PVC 用状况 `FileSystemResizePending` 表明这一点。"
                ])
                .evidence("新大小", text![code(to.as_str())])
                .next(text!["使用", claim, "的 Pod 运行起来后，文件系统就会扩展。"]);
        }
        VolumeReason::FileSystemGrown { claim, pod, to } => {
            words
                .why(text![
                    "运行",
                    pod,
                    "的 kubelet 就地扩展了文件系统，不用重启。到这时，",
                    claim,
                    "的 status 里的容量才是新的。"
                ])
                .evidence("大小", text![code(to.as_str())])
                .next(text!["PVC 还可以再扩容，但不能缩小。"]);
        }
        other => debug_assert!(false, "{other:?} is no growth"),
    }
}

fn multi_attach(
    words: &mut Words,
    (pod, volume): (&ObjectRef, &ObjectRef),
    name: &str,
    pods: &[ObjectRef],
    until: Option<Time>,
) {
    words.why(text![
        volume,
        "一次只能挂接到一个节点（`ReadWriteOnce`），而它挂接在",
        node(name),
        "。Kubernetes 的说法是：`Multi-Attach error`。"
    ]);
    words.evidence("挂接在", text![node(name)]);
    match until {
        None => words.evidence("在那里使用它的 Pod", list(pods)).next(text![
            node(name),
            "上不再使用它以后，它会挂接到这里，",
            pod,
            "随后启动。"
        ]),
        Some(until) => words
            .why(text![
                "那里已经没有 Pod 使用它，但",
                node(name),
                "的 kubelet 没有确认已经卸载。强行拿走可能损坏数据，所以要等，最多 6 分钟。"
            ])
            .evidence("强制卸下时间", text![moment(until)])
            .next(text!["如果", node(name), "恢复，或者打上污点 `node.kubernetes.io/out-of-service`，卷会来得更早。"]),
    };
}

/// What the claim asks for.
fn size(words: &mut Words, claim: &ObjectRef, scope: Scope<'_>) {
    let claim = scope.claim(claim);
    let wanted = claim.as_ref().and_then(|claim| claim.spec.resources.requests.get("storage"));
    if let Some(wanted) = wanted {
        words.evidence("要求的大小", text![code(wanted.as_str())]);
    }
}

pub(super) fn waiting(reason: &VolumeReason) -> Option<Text> {
    Some(match reason {
        VolumeReason::WaitsForFirstConsumer { claim, .. } => {
            text![claim, "等待它的 Pod 分到节点。StorageClass 要等第一个使用者。"]
        }
        VolumeReason::WaitsForProvisioner { claim, class, .. } => {
            text![claim, "等待", class_object(class), "制备卷。"]
        }
        VolumeReason::ProvisioningConflict { claim, .. } => text![claim, "等待卷控制器下次检查所有 PVC。"],
        VolumeReason::NothingToBind { claim, .. } => {
            text![claim, "等待合适的卷。没有空闲的，也没有谁来制备。"]
        }
        VolumeReason::ClaimInUse { claim, pod } => text![claim, "等待", pod, "消失。使用中的 PVC 不会移除。"],
        VolumeReason::NamedVolume { claim, volume, .. } => {
            text![claim, "等待卷", volume, "存在、空闲并且合适。"]
        }
        VolumeReason::SelectorNotProvisioned { claim, .. } => text![claim, "等待有人手动创建一个带所需标签的卷。"],
        VolumeReason::VolumeInUse { volume, claim } => {
            text![volume, "等待", claim, "消失。绑定中的卷不会移除。"]
        }
        VolumeReason::AwaitsMount { claim, .. } => text![claim, "等待有 Pod 运行，好扩展文件系统。"],
        VolumeReason::MultiAttach { pod, volume, node: name, .. } => {
            text![pod, "等待", volume, "从", node(name), "卸下。"]
        }
        VolumeReason::DefaultClassGiven { .. }
        | VolumeReason::Lost { .. }
        | VolumeReason::Unbound { .. }
        | VolumeReason::VolumeRemoved { .. }
        | VolumeReason::VolumeGrown { .. }
        | VolumeReason::FileSystemGrown { .. }
        | VolumeReason::Provisioned { .. }
        | VolumeReason::Bound { .. }
        | VolumeReason::ClaimReleased { .. }
        | VolumeReason::Reclaimed { .. }
        | VolumeReason::Available { .. } => return None,
    })
}
