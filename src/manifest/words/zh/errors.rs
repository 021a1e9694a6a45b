//! What an error means and how to mend it.

use super::details;
use crate::manifest::diagnostic::DiagnosticCode;
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use crate::manifest::read::{MAX_BYTES, MAX_DOCUMENTS};
use crate::manifest::schema::{Lookup, Removed};
use crate::manifest::words::cases::{self, Form, Special, Stray, Syntax, Wanted};
use crate::manifest::words::{Instead, Said};
use crate::manifest::yaml::{YamlProblem, YamlProblemKind};

/// More text than is read.
pub(super) fn input_too_large(file: &str) -> Said {
    let explanation =
        format!("所有文件加起来最多 {} KiB，后面的没有读取。请拆分文件，或去掉不需要的部分。", MAX_BYTES >> 10);
    Said::ours(format!("{file} 太大"), explanation)
}

/// More documents than are read.
pub(super) fn too_many_documents() -> Said {
    Said::ours("文档太多", format!("最多读取 {MAX_DOCUMENTS} 份文档，后面的没有读取。"))
}

/// Text that is not YAML.
pub(super) fn yaml(problem: &YamlProblem) -> Said {
    use YamlProblemKind as Kind;
    let text = match problem.kind {
        Kind::Syntax => syntax(cases::syntax(&problem.message)),
        Kind::Tab => "YAML 用空格缩进，不能用制表符。请把制表符换成空格，数量和相邻的行一致。",
        Kind::Separator => "分隔文档的行只能写 `---`。后面的内容请另起一行。",
        Kind::UnknownAnchor => {
            "以 `*` 开头的词引用前面用 `&` 命名的值，但前面没有这个名称。如果只是想写星号，请加引号。"
        }
        Kind::AliasLimit => "别名（`*name`）展开后的值过多，或者引用了自己。请直接写出这些值。",
        Kind::DepthLimit => "嵌套层数超过了任何 Kubernetes 对象。请检查有没有多余的括号。",
        Kind::Key => "键只能是一个词。`{{ name }}` 这样的模板标记要加引号。",
        Kind::AfterEnd => "`...` 表示文档结束，kubectl 不再往下读。新的文档请用 `---` 开头。",
    };
    let start = problem.span.start;
    let explanation = format!("第 {} 行第 {} 列：{text}", start.line, start.column);
    let message = (problem.kind == Kind::AfterEnd).then(|| "`...` 之后的内容不会被读取".into());
    Said { message, explanation }
}

fn syntax(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::NeverClosed => "这里打开的引号或括号没有关闭。",
        Syntax::StrayColon => "这里只能写值，却出现了 `: `。要么这一行缩进错了，要么这个值需要加引号。",
        Syntax::Indentation => "这一行的缩进和同级的行不一致。同一个对象的键要从同一列开始。",
        Syntax::NoColon => "键后面没有冒号，或者文本延续到了下一行。请写成 `key: value`，冒号后面要有空格。",
        Syntax::NoComma => "写在一行里的列表或对象少了逗号或右括号。",
        Syntax::Json => {
            "以 `{` 开头的文本会先按 JSON 读取，kubectl 报告的是 JSON 的错误；按 YAML 也无法读取。请检查是否缺少引号、逗号或括号。"
        }
        Syntax::Other => "这不是 YAML。请和前后几行比较一下缩进、冒号和引号。",
    }
}

/// Files without an object in them.
pub(super) fn no_objects() -> &'static str {
    "这里只有注释、空行或空文档。请写一个对象，以 `apiVersion:` 和 `kind:` 开头。"
}

/// A document that is a list or a scalar.
pub(super) fn not_an_object() -> &'static str {
    "清单是一组键和值，以 `apiVersion:` 和 `kind:` 开头。这份文档不是。"
}

/// An object in a namespace that nobody has made.
pub(super) fn namespace_missing(namespace: &str) -> String {
    format!(
        "前面的文档都没有创建命名空间 \"{namespace}\"。请先创建它（`kind: Namespace`），或去掉 `namespace`，那样就是 `default`。"
    )
}

/// An object of a kind that has no effect here.
pub(super) fn not_simulated(kind: &str, name: &str) -> Said {
    Said::ours(
        format!("{kind} \"{name}\" 有效，但不模拟"),
        format!("Kubernetes 接受这个 {kind}。Setwise 不模拟这个类型：它会列出来，但在这里不起作用。"),
    )
}

/// A field that has no effect here, and what happens in its place.
pub(super) fn field_not_simulated(path: &str, instead: Instead) -> Said {
    let instead = match instead {
        Instead::HookTakesNoTime => "这个钩子不花时间，也不会失败",
        Instead::CommandTakesHalfASecond => "这条命令用时半秒，不会失败",
        Instead::RequestTakesHalfASecond => "这个请求用时半秒，不会失败",
        Instead::RestartPolicyDecides => "是否重启只看重启策略",
        Instead::VolumesAnywhere => "Pod 在哪里，卷就在哪里创建",
        Instead::VolumeMadeEmpty => "创建出来的卷是空的",
        Instead::NoAttributes => "卷没有属性",
        Instead::OneSeries => "一个指标只有一个序列，只按名称查找",
        Instead::NoLoadBalancer => "Service 会得到 IP 地址和节点端口，但没有负载均衡器",
    };
    Said::ours(format!("{path} 有效，但不模拟"), format!("Kubernetes 会处理这个字段，Setwise 不模拟：{instead}。"))
}

/// A kind that is not served in a version.
pub(super) fn no_matches(kind: &str, api_version: &str, lookup: Lookup) -> String {
    match lookup {
        Lookup::Removed(Removed { since, now }) => {
            let advice = match now {
                Some(now) if api_version == "autoscaling/v2beta1" => format!(
                    "请改用 {now}：原来的 `targetAverageUtilization: 80` 要写成 `target: {{type: Utilization, averageUtilization: 80}}`。"
                ),
                Some(now) if now == "apps/v1" => {
                    format!("请改用 {now}：`spec.selector` 必须写出来，之后也不能修改。")
                }
                Some(now) => format!("请改用 {now}，有些字段的名称可能不同。"),
                None => "现在没有任何版本提供这个类型。".into(),
            };
            format!("{api_version} 里的 {kind} 已在 Kubernetes {since} 移除。{advice}")
        }
        Lookup::OtherVersion(info) => {
            format!("{api_version} 里没有 {kind}。Kubernetes 在 {} 里提供它。", info.api_version)
        }
        Lookup::Served(_) | Lookup::Unknown => format!(
            "Kubernetes 的 {api_version} 里没有 {kind} 这个类型。非内置的类型要先有 CustomResourceDefinition。请检查拼写，区分大小写。"
        ),
    }
}

/// What an object cannot do without.
pub(super) fn missing(path: &str) -> &'static str {
    match path {
        "metadata.name" => "每个对象都要有名称：请在 `metadata` 下写 `name`。",
        "kind" => "没有 `kind` 就不知道这是什么对象。例如写 `kind: StatefulSet`。",
        _ => "没有 `apiVersion` 就不知道怎样读取这个对象。例如写 `apiVersion: apps/v1`。",
    }
}

pub(super) fn unknown_field(of: &str, field: &str, meant: Option<&str>) -> String {
    let of = cases::struct_name(of);
    let about = match cases::stray(of, field) {
        Stray::DaemonReplicas => {
            return "DaemonSet 没有 `replicas`：它在每个符合条件的节点上运行一个 Pod。请去掉这个字段。".into();
        }
        Stray::OldUtilization => {
            return "这是 autoscaling/v2beta1 的写法。在 v2 里写成 `target: {type: Utilization, averageUtilization: …}`。"
                .into();
        }
        Stray::SelectorLabel => {
            return format!(
                "工作负载的选择器把标签写在 `matchLabels` 下：请把 `{field}` 移到那里。只有 Service 的标签直接写在选择器里。"
            );
        }
        Stray::AtTheTop => "这两个字段写在文档的最上层。",
        Stray::Other => "",
    };
    match meant {
        Some(meant) => format!("{of} 没有字段 `{field}`，应该是 `{meant}`。"),
        None => format!("{of} 没有字段 `{field}`。{about}请检查拼写和这一行的缩进。"),
    }
}

pub(super) fn wrong_type(error: &FieldError) -> String {
    let (field, wanted) = cases::wanted(error);
    let what = match wanted {
        Wanted::BareLabels => {
            return "Service 的选择器直接写标签：请去掉 `matchLabels`，那是工作负载的写法。".into();
        }
        Wanted::Quantity => {
            return format!("`{field}` 是一个数量，例如 `100m`、`0.5`、`64Mi` 或 `1Gi`，区分大小写。");
        }
        Wanted::Text => "是文本：请给这个值加引号",
        Wanted::Whole => "是整数，不加引号",
        Wanted::Bool => "是 `true` 或 `false`，不加引号",
        Wanted::List => "是列表：每一项以 `- ` 开头",
        Wanted::Map => "是一组键和值，每行写一个 `key: value`",
        Wanted::Fields => "是一组字段，要缩进写在它下面",
    };
    format!("`{field}` 应该{what}。")
}

pub(super) fn validation(kind: &str, code: DiagnosticCode, error: &FieldError) -> String {
    let field = cases::last(&error.path);
    match code {
        DiagnosticCode::SelectorRequired => {
            return format!("{kind} 靠标签找到自己的 Pod。`spec.selector` 指定看哪些标签，这些标签 Pod 模板里也要有。");
        }
        DiagnosticCode::SelectorMismatch => {
            return format!(
                "{kind} 会找不到自己创建的 Pod：`spec.template.metadata.labels` 里的标签不满足 `spec.selector`。"
            );
        }
        _ => {}
    }
    if let Some(case) = cases::special(error) {
        return special(case).into();
    }
    let detail = error.detail.trim_end_matches('.');
    let said = || details::detail(detail).unwrap_or_else(|| format!("API server 的说明是 {detail}"));
    match error.kind {
        FieldErrorKind::Required if detail.is_empty() => format!("这里缺少 `{field}`，必须设置。"),
        FieldErrorKind::Required => format!("这里缺少 `{field}`：{}。", said()),
        FieldErrorKind::NotSupported => format!("`{field}` 只能是列出的这些值，区分大小写。"),
        FieldErrorKind::Forbidden if detail.is_empty() => format!("这里不能设置 `{field}`，请去掉。"),
        FieldErrorKind::Forbidden => format!("这里的 `{field}` 不允许这样写：{}。", said()),
        FieldErrorKind::NotFound => format!("`{field}` 引用的名称不存在，请检查拼写。"),
        FieldErrorKind::Duplicate => format!("每个 `{field}` 都不能相同，这个值已经用过了。"),
        FieldErrorKind::TooLong | FieldErrorKind::TooMany => format!("`{field}` 太长，请缩短。"),
        FieldErrorKind::Invalid if detail.is_empty() => format!("`{field}` 不能是这个值。"),
        FieldErrorKind::Invalid => {
            cases::form(detail).map(form).map_or_else(|| format!("`{field}` 不能是这个值：{}。", said()), Into::into)
        }
        FieldErrorKind::Unknown | FieldErrorKind::Type => format!("`{field}` 无法读取。"),
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::NumberOrPercent => "请写整数（例如 2）或百分比（例如 25%）。",
        Form::LabelValue => {
            "标签的值最多 63 个字符，只能用字母、数字、`-`、`_` 和 `.`，不能有空格，首尾要是字母或数字。"
        }
        Form::LabelKey => "标签的键只能用字母、数字、`-`、`_` 和 `.`，前面可以加域名和斜杠，例如 `example.com/tier`。",
        Form::Subdomain => "名称只能用小写字母、数字、`-` 和 `.`，首尾要是字母或数字。",
        Form::Name => "名称只能用小写字母、数字和 `-`，首尾要是字母或数字。",
    }
}

fn special(special: Special) -> &'static str {
    match special {
        Special::VolumeNotThere => {
            "容器挂载了 Pod 没有的卷。请把它加到 `volumes`，或加到 StatefulSet 的 `volumeClaimTemplates`。"
        }
        Special::RestartPolicy => "控制器让 Pod 一直运行，容器总会重新启动。请去掉这个字段；会结束的任务请用 Job。",
        Special::JobRestartPolicy => {
            "Job 的 Pod 在任务完成后结束。请写 `restartPolicy: Never`，失败后创建新的 Pod；或者写 `OnFailure`，失败后重新启动容器。"
        }
        Special::Schedule => {
            "时间表有五个字段：分钟（0-59）、小时（0-23）、日（1-31）、月（1-12）和星期（0-6，0 是星期日），例如 `*/5 * * * *` 表示每五分钟。也可以写 `@hourly`、`@daily` 等。"
        }
        Special::NothingReplaced => {
            "两个值都是 0，就没有 Pod 能被替换。可以让一个节点暂时没有 Pod（`maxUnavailable: 1`），或让新 Pod 和旧 Pod 同时运行（`maxSurge: 1`）。"
        }
        Special::SurgeBesideUnavailable => {
            "不写 `maxUnavailable` 时它是 1。要用 `maxSurge`，还要写 `maxUnavailable: 0`。"
        }
        Special::StrategyOfStatefulSet => {
            "StatefulSet 用 `RollingUpdate` 或 `OnDelete` 替换 Pod。`Recreate` 是 Deployment 的策略。"
        }
        Special::Dots => "这个名称会成为 Pod 名称和 DNS 名称的一部分，点号在那里用作分隔。请改用连字符 `-`。",
        Special::StorageSize => "PVC 要说明卷有多大：请设置 `resources.requests.storage`，例如 `1Gi`。",
        Special::RollingUpdateOnDelete => {
            "用 `OnDelete` 时，Pod 要由人删除才会替换，`rollingUpdate` 不起作用。请去掉它，或改用 `type: RollingUpdate`。"
        }
        Special::ValueOfExists => "`Exists` 不看污点的值，一律容忍。请去掉 `value`，或改用 `operator: Equal`。",
        Special::TolerationWithoutKey => {
            "没有 `key` 的容忍度会容忍所有污点，这时 `operator` 只能是 `Exists`。可能是漏写了 `key`。"
        }
        Special::OneSuccess => "存活探针和启动探针成功一次就算通过，只有就绪探针可以要求更多次。",
    }
}
