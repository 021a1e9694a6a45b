//! What each code means, for whoever meets it for the first time.

use crate::manifest::diagnostic::DiagnosticCode;

/// One or two sentences a code.
pub(in crate::manifest::words) fn meaning(code: DiagnosticCode) -> &'static str {
    use DiagnosticCode as Code;
    match code {
        Code::YamlSyntax => "这段文本不是 YAML，整份文档都无法读取。",
        Code::YamlTab => "YAML 用空格缩进，缩进里有制表符会报错。",
        Code::YamlSeparator => "文档之间用一行 `---` 分隔，这一行不能有别的内容。",
        Code::YamlAnchor => "以 `*` 开头的词引用前面用 `&` 命名的值。",
        Code::YamlLimit => "别名或嵌套超过了清单的正常需要。",
        Code::YamlKey => "键是一个词或数字，不能是列表或映射。",
        Code::YamlAfterEnd => "一行 `...` 表示文档结束，kubectl 不读后面的内容。",
        Code::InputTooLarge => "文本超过了能读取的大小。",
        Code::TooManyDocuments => "文档超过了能读取的数量。",
        Code::NoObjects => "没有可以应用的对象。",
        Code::NotAnObject => "清单是一组键和值，包括 `apiVersion`、`kind` 和 `metadata`。",
        Code::KindMissing => "没有 `apiVersion` 和 `kind`，就不知道这是什么对象。",
        Code::NameMissing => "每个对象都有名称，靠名称才能找到它。",
        Code::NoMatches => "Kubernetes 在这个版本里不提供这个类型。",
        Code::VersionRemoved => "这个类型曾在这个版本里提供，后来移到了别的版本。",
        Code::UnknownField => "对象在这个位置没有这个字段。",
        Code::WrongType => "这个字段要的是另一种值：文本、数字、列表或一组字段。",
        Code::SelectorRequired => "工作负载靠标签找到自己的 Pod，选择器指定看哪些标签。",
        Code::SelectorMismatch => "工作负载创建的 Pod 要能被它自己的选择器找到。",
        Code::FieldRequired => "缺少必填的字段。",
        Code::FieldInvalid => "值的格式不符合这个字段的要求。",
        Code::FieldNotSupported => "这个字段只有几个可选的值，这里写的不在其中。",
        Code::FieldForbidden => "这个字段不能在这里设置，或不能和别的设置一起用。",
        Code::FieldNotFound => "这个字段引用的名称在同一个对象里不存在。",
        Code::FieldDuplicate => "这个值不能重复，却用了两次。",
        Code::FieldTooLong => "值超过了允许的长度。",
        Code::NamespaceMissing => "对象只能创建在已有的命名空间里。",
        Code::MissingSeparator => "少了 `---`，两份文档会变成一份，后面的覆盖前面的。",
        Code::DuplicateKey => "相同的键只有最后一个有效，前面的没有任何提示。",
        Code::DuplicateObject => "类型、命名空间和名称都相同的两份文档是同一个对象。",
        Code::ServiceMissing => "StatefulSet 的 Pod 靠 `serviceName` 指定的 Service 得到 DNS 名称。",
        Code::ServiceNotHeadless => "只有无头 Service 会给每个 Pod 单独的 DNS 名称。",
        Code::ServiceSelectsOthers => "Service 只给它选中的 Pod 提供 DNS 名称。",
        Code::SelectsNothing => "没有选中 Pod 的 Service 无处可达。",
        Code::PortMissing => "按名称引用的端口，要在容器的 `ports` 里有。",
        Code::NamespaceMismatch => "对象之间按名称引用，只在同一个命名空间里有效。",
        Code::ClaimUnused => "PVC 是给挂载它的 Pod 用的。",
        Code::ClaimMissing => "Pod 要等它挂载的 PVC 都存在。",
        Code::StorageClassMissing => "PVC 靠 StorageClass 得到卷，StorageClass 不存在就一直等。",
        Code::PriorityClassMissing => "引用了不存在的 PriorityClass，Pod 会被拒绝。",
        Code::MountClash => "两个卷挂载到同一处，一个会遮住另一个。",
        Code::SelectorOverlap => "选择器匹配到同样的 Pod，工作负载之间会互相干扰。",
        Code::NoNode => "节点的标签或污点让 Pod 在所有节点上都不能运行。",
        Code::RequestTooLarge => "Pod 需要一个能满足它全部 requests 的节点。",
        Code::ReadinessMissing => "按顺序启动的 StatefulSet 要等 Ready，没有就绪探针，Ready 就没什么意义。",
        Code::ImageNotPinned => "`latest` 这样的标签会指向别的镜像，同样的 Pod 可能运行不同的代码。",
        Code::GraceZero => "没有宽限期，容器还没停下，Pod 就从集群里消失了。",
        Code::PartitionHoldsAll => "`partition` 让前面的 Pod 不更新，这里是全部 Pod。",
        Code::FieldDropped => "特性门控没有打开的字段，API server 会悄悄丢弃。",
        Code::ScaleTarget => "HPA 设置一个工作负载的副本数，这个工作负载要存在。",
        Code::RequestMissing => "使用率是相对容器的 requests 计算的，所以要设置 requests。",
        Code::ReplicasAndAutoscaler => "副本数只能由一方决定：清单或 HPA。",
        Code::BudgetSelectsNothing => "PodDisruptionBudget 保护它的选择器匹配的 Pod。",
        Code::BudgetBlocks => "从不允许驱逐的 PDB 会让节点无法腾空。",
        Code::NotSimulated => "Kubernetes 有这个类型，但在 Setwise 里不起作用。",
        Code::FieldNotSimulated => "Kubernetes 会处理这个字段，但在 Setwise 里不起作用。",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_sentence() {
        for code in DiagnosticCode::ALL {
            assert!(meaning(*code).ends_with('。'), "{}", meaning(*code));
        }
    }
}
