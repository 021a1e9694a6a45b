//! What Kubernetes accepts and nobody means: what it is, and what comes of it.

use super::{listed, named};
use crate::manifest::words::{Missed, Named, NodeRefusal, Noticed, Said, cases};

/// The pods that an object makes, or that it is.
fn pods(of: &Named) -> String {
    if of.kind == "Pod" { named(of) } else { format!("{} 的 Pod", named(of)) }
}

/// One of the pods that an object makes, or the pod that it is.
fn each(of: &Named) -> String {
    if of.kind == "Pod" { named(of) } else { format!("{} 的每个 Pod", named(of)) }
}

/// Puts into words what was noticed.
pub(super) fn say(noticed: &Noticed) -> Said {
    match noticed {
        Noticed::SeparatorMissing { lost, kept, key } => Said::ours(
            format!("{} 会被后面的内容覆盖：两份文档之间没有 `---`", named(lost)),
            format!(
                "`{key}` 在一份文档里写了两次。Kubernetes 不会提示，每个键只保留最后的值，于是 {} 丢失，只提交 {}。请在中间加一行 `---`。",
                named(lost),
                named(kept)
            ),
        ),
        Noticed::KeyTwice { key } => Said::ours(
            format!("`{key}` 写了两次，只有最后一个有效"),
            format!("kubectl 保留最后一个 `{key}`，不提示前面的。请去掉多余的那个。"),
        ),
        Noticed::ObjectTwice { object } => Said::ours(
            format!("{} 写了两次，只有最后一个有效", named(object)),
            "两份文档的类型、命名空间和名称都相同，所以是同一个对象。如果本来是两个对象，请给其中一个换个名称。",
        ),
        Noticed::ClaimUnused { claim } => Said::ours(
            format!("没有 Pod 使用 PersistentVolumeClaim \"{claim}\""),
            "Pod 通过 `volumes` 引用 PVC。StatefulSet 会按 `volumeClaimTemplates` 自己创建 PVC，名称由模板名和 Pod 名组成，这个 PVC 不在其中。它会得到一个卷，但一直是空的。",
        ),
        Noticed::ClaimMissing { claim } => Said::ours(
            format!("没有 PersistentVolumeClaim \"{claim}\""),
            "Pod 引用的 PVC 不存在时，Pod 会停在 Pending。请把它加到清单里，或引用已有的 PVC。",
        ),
        Noticed::StorageClassMissing { class, served } => Said::ours(
            format!("没有 StorageClass \"{class}\""),
            match served.as_slice() {
                [] => "PVC 的卷由 StorageClass 制备。没有它，PVC 会停在 Pending，使用它的 Pod 也一样。请把这个 StorageClass 加到清单里。"
                    .into(),
                served => format!(
                    "PVC 的卷由 StorageClass 制备。没有它，PVC 会停在 Pending，使用它的 Pod 也一样。现有的是 {}。",
                    listed(&served.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>())
                ),
            },
        ),
        Noticed::PriorityClassMissing { class } => Said::ours(
            format!("没有 PriorityClass \"{class}\""),
            "Pod 引用的 PriorityClass 不存在，API server 会拒绝，一个 Pod 也创建不出来。请把这个 PriorityClass 加到清单里，或去掉 `priorityClassName`。",
        ),
        Noticed::MountClash { path } => Said::ours(
            format!("两个卷挂载到了同一处：{path}"),
            "Kubernetes 按写法比较路径，以为这是两处。在容器里它们是同一处，一个卷会遮住另一个。",
        ),
        Noticed::NamespaceMismatch { referred, wanted, found, by } => Said::ours(
            format!("{} 在命名空间 \"{found}\" 里，{} 在 \"{wanted}\" 里", named(referred), named(by)),
            format!(
                "名称只在一个命名空间里有效：{} 看不到别的命名空间里的对象。请把两者的 `namespace` 写成一样。",
                named(by)
            ),
        ),
        Noticed::SelectorOverlap { one, other } => Said::ours(
            format!("{} 的选择器也匹配 {} 的 Pod", named(one), named(other)),
            "两个控制器各自管理自己创建的 Pod。但没有属主的 Pod 可能被任何一个收养；按这些标签查找的 Service、HPA 和 PDB 也会把两边的 Pod 当成一组。请给两边各加一个不同的标签，选择器和 Pod 模板里都要写。",
        ),
        Noticed::ServiceMissing { service, set } => Said::ours(
            format!("没有 Service \"{service}\""),
            format!(
                "`serviceName` 指定一个无头 Service，由它给每个 Pod 一个 DNS 名称，例如 {set}-0.{service}。没有它，Pod 照样会创建，但这些名称无法解析。"
            ),
        ),
        Noticed::ServiceNotHeadless { service } => Said::ours(
            format!("Service \"{service}\" 不是无头 Service"),
            format!(
                "只有设置了 `clusterIP: None` 的 Service 会给每个 Pod 单独的 DNS 名称，\"{service}\" 是所有 Pod 共用一个 IP 地址。已有的 Service 不能修改这个字段，只能重新创建。"
            ),
        ),
        Noticed::ServiceSelectsOthers { service, set } => Said::ours(
            format!("Service \"{service}\" 没有选中这个 StatefulSet 的 Pod"),
            format!(
                "`serviceName` 指定的 Service 给每个 Pod 一个 DNS 名称，例如 {set}-0.{service}。Pod 要带有选择器里的全部标签才行，这个 StatefulSet 的 Pod 没有。"
            ),
        ),
        Noticed::ServiceSelectsNothing { service, closest, missed } => Said::ours(
            format!("Service \"{service}\" 没有选中任何 Pod"),
            format!(
                "Service 指向带有选择器里全部标签的 Pod。最接近的是 {} 的标签：{}。没有 Pod，连接 Service 会失败，它的 DNS 名称也没有结果。",
                named(closest),
                missed.iter().map(miss).collect::<Vec<_>>().join("；")
            ),
        ),
        Noticed::PortMissing { port, of, is_probe: false } => Said::ours(
            format!("没有容器有名为 \"{port}\" 的端口"),
            format!(
                "{} 把连接发到每个 Pod 里这个名称的端口。没有这个名称，连接就无处可去。请给容器的端口起这个名称，或直接写端口号。",
                named(of)
            ),
        ),
        Noticed::PortMissing { port, of, is_probe: true } => Said::ours(
            format!("这个容器没有名为 \"{port}\" 的端口"),
            format!(
                "{} 的探针检查这个名称的端口，没有就会失败。请给容器的端口起这个名称，或直接写端口号。",
                named(of)
            ),
        ),
        Noticed::NoNode { pods_of, refusals, are_default } => Said::ours(
            format!("没有节点能运行 {}", pods(pods_of)),
            format!(
                "{}。{}{}",
                refused(refusals),
                default_nodes(*are_default),
                if pods_of.kind == "DaemonSet" {
                    "DaemonSet 在每个符合条件的节点上运行一个 Pod：这里一个也没有，它有 0 个 Pod 也算完成。"
                } else {
                    "有合适的节点之前，状态一直是 Pending。"
                }
            ),
        ),
        Noticed::RequestTooLarge { pods_of, resource, asked, largest, are_default } => Said::ours(
            format!("{} 需要 {asked} 的 {resource}，没有节点有这么多", each(pods_of)),
            format!(
                "一个 Pod 运行在一个节点上，这个节点要满足所有容器的 requests 之和，这里是 {asked} 的 {resource}。可选节点里最大的有 {largest}。{}有更大的节点之前，状态一直是 Pending。",
                default_nodes(*are_default)
            ),
        ),
        Noticed::ReadinessMissing { set } => Said::ours(
            format!("\"{set}\" 的 Pod 一运行就算 Ready"),
            "StatefulSet 逐个启动 Pod，前一个 Ready 了才启动下一个。没有 `readinessProbe`，运行就等于 Ready：前一个可能还在加载，下一个就启动了；更新时 Pod 不能工作也会继续。",
        ),
        Noticed::ImageNotPinned { image, has_tag } => Said::ours(
            format!("镜像 {image} 对每个 Pod 来说可能不同"),
            format!(
                "{}用 `OnDelete` 时，Pod 要由人删除才会替换：后来创建的 Pod 可能运行和别的 Pod 不同的版本，修订版本也看不出区别。请写明版本。",
                if *has_tag {
                    "`latest` 是最后推送的镜像。"
                } else {
                    "不写标签就是 `latest`，也就是最后推送的镜像。"
                }
            ),
        ),
        Noticed::GraceZero { set } => Said::ours(
            format!("\"{set}\" 的 Pod 还没停下就会被移除"),
            "StatefulSet 从不让两个同名的 Pod 同时运行，因为前一个结束了才创建下一个。宽限期是 0 时，不管容器有没有停下，Pod 都会立刻移除，于是可能有两个同时运行，写同一份数据。Kubernetes 提醒不要在 StatefulSet 里用这个值。",
        ),
        Noticed::PartitionHoldsAll { partition, replicas } => Said::ours(
            format!("`partition: {partition}` 而副本只有 {replicas} 个，所有 Pod 都不会更新"),
            "更新会替换序号从 `partition` 开始的 Pod，序号从 0 数起，之前的保持不变。`partition` 不小于 `replicas` 时全部保持不变：换镜像也没有效果。",
        ),
        Noticed::MaxUnavailableDropped => Said::ours(
            "spec.updateStrategy.rollingUpdate.maxUnavailable 会被丢弃",
            "在 Kubernetes v1.36 里，特性门控 MaxUnavailableStatefulSet 默认是关闭的。API server 会悄悄丢弃这个字段，Pod 逐个替换。",
        ),
        Noticed::ScaleTargetMissing { target } => Said::ours(
            format!("要扩缩的 {} \"{}\" 不存在", target.kind, target.name),
            "目标存在之前，HPA 什么也不做。请检查 `scaleTargetRef` 的拼写：类型和名称要和同一个命名空间里的工作负载一致。",
        ),
        Noticed::ScaleTargetFixed { target } => Said::ours(
            format!("{} 不能扩缩", named(target)),
            "DaemonSet 在每个符合条件的节点上运行一个 Pod，没有副本数可以让 HPA 设置。",
        ),
        Noticed::RequestMissing { container, resource, autoscaler } => Said::ours(
            format!("容器 \"{container}\" 没有设置 {resource} 的 requests，而 HPA \"{autoscaler}\" 要度量它"),
            format!(
                "HPA 把 Pod 的用量和 requests 相比。只要有一个容器没有 {resource} 的 requests，就无从比较，HPA 什么也不做。请设置 `resources.requests.{resource}`。"
            ),
        ),
        Noticed::ReplicasAndAutoscaler { replicas, autoscaler } => Said::ours(
            format!("`replicas: {replicas}` 会抵消 HPA \"{autoscaler}\" 的调整"),
            "每次应用这份清单，副本数都会跳回这里写的值，HPA 又从这个值重新开始。由 HPA 设置副本数时，请去掉 `replicas`。",
        ),
        Noticed::BudgetSelectsNothing { budget } => Said::ours(
            format!("PodDisruptionBudget \"{budget}\" 没有选中任何 Pod"),
            "PDB 保护它的选择器匹配的 Pod。清单里的 Pod 它一个也没匹配到，所以这些 Pod 可以同时被驱逐。",
        ),
        Noticed::BudgetBlocks { budget, field, value, pods } => Said::ours(
            format!("PodDisruptionBudget \"{budget}\" 从不允许驱逐 Pod"),
            format!(
                "{}有这种 Pod 的节点无法腾空：只要 PDB 还在，驱逐请求就会被拒绝。",
                match (*field, pods) {
                    ("maxUnavailable", _) => format!("`maxUnavailable: {value}` 不允许任何 Pod 不可用。"),
                    (_, Some(pods)) => {
                        format!("`minAvailable: {value}`，而 Pod 一共 {pods} 个，一个也不能少。")
                    }
                    (_, None) => format!("`minAvailable: {value}` 要求全部 Pod 都在，不管有多少个。"),
                }
            ),
        ),
    }
}

fn miss(Missed { key, wanted, found }: &Missed) -> String {
    match found {
        Some(found) => format!("`{key}` 是 \"{found}\"，不是 \"{wanted}\""),
        None => format!("缺少 `{key}: {wanted}`"),
    }
}

fn default_nodes(are_default: bool) -> &'static str {
    if are_default { "清单里没有节点（`kind: Node`）时，集群就用这些节点。" } else { "" }
}

/// Nodes by the reason for which they refuse, in the order of the nodes.
fn refused(refusals: &[(String, NodeRefusal)]) -> String {
    let told = cases::by_reason(refusals).into_iter().map(|(refusal, nodes)| {
        let subject = match nodes.as_slice() {
            [a, b, c, d, rest @ ..] if !rest.is_empty() => {
                format!("节点 {a}、{b}、{c}、{d} 和另外 {} 个节点", rest.len())
            }
            nodes => format!("节点 {} ", listed(nodes)),
        };
        match refusal {
            NodeRefusal::Label { key, wanted, found: None } => format!("{subject}没有标签 `{key}: {wanted}`"),
            NodeRefusal::Label { key, wanted, found: Some(found) } => {
                format!("{subject}的标签是 `{key}: {found}`，不是 \"{wanted}\"")
            }
            NodeRefusal::Affinity => format!("{subject}不满足必需的节点亲和性"),
            NodeRefusal::Taint { taint } => format!("{subject}有污点 {taint}，Pod 不容忍它"),
        }
    });
    told.collect::<Vec<_>>().join("；")
}
