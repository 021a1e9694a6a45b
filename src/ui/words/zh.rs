//! The page in Simplified Chinese.

use super::super::notice::Notice;
use super::Words;
use crate::api::{Kind, Time};
use crate::engine::RunEnd;
use crate::explain::{Piece, Text};
use crate::language::Language;
use crate::reason::Refusal;
use crate::scene::{Absent, ClaimState, Deficit, Note, PodState};
use crate::session::Severity;

/// The page in Simplified Chinese.
pub static ZH: Words = Words {
    language: Language::Zh,
    stage_words: &super::stage_zh::ZH,
    console_words: &super::console_zh::ZH,
    compare_words: &super::compare_zh::ZH,
    share_words: super::share::of("zh"),
    title: "Setwise：一步一步看懂 Kubernetes 发布",
    description: "粘贴 Kubernetes 清单，一步一步看它怎样发布，每一步都说明原因。",
    tagline: "一步一步看懂 Kubernetes 发布",
    skip_to_stage: "跳到舞台",
    colon: "：",
    semicolon: "；",
    comma: "，",
    short_kind: |kind| match kind {
        Kind::PersistentVolumeClaim => "PVC",
        Kind::PersistentVolume => "PV",
        Kind::ControllerRevision => "修订版本",
        other => other.as_str(),
    },
    examples: "示例",
    example,
    kept_title: "回到你自己的文本",
    kept_note: "你选择示例时，它被放到了一边。",
    about: "关于",
    keys: "快捷键",
    close: "关闭",
    theme: "配色",
    theme_auto: "跟随系统",
    theme_light: "浅色",
    theme_dark: "深色",
    manifests: "清单",
    new_file: "新建文件",
    new_file_name: "manifest.yaml",
    remove_file: |name| format!("关闭 {name}"),
    text_of: |name| format!("{name} 的文本"),
    apply: "应用",
    apply_keys: "Ctrl+Enter",
    edited: "运行之后修改过",
    problems: "问题",
    problem_counts,
    severity: |severity| match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Note => "提示",
    },
    severity_note: |severity| match severity {
        Severity::Error => "Kubernetes 会拒绝。",
        Severity::Warning => "Kubernetes 会接受，但可能不是你想要的。",
        Severity::Note => "有效，但这里不模拟。",
    },
    next_problem: "下一个问题（F8）",
    previous_problem: "上一个问题（Shift+F8）",
    go_to_line: |place| format!("转到 {place}"),
    editor_hint: "Tab 键缩进。要离开文本，先按 Escape，再按 Tab。F8 转到下一个问题，Ctrl 加句点列出快速修复，Ctrl 加空格列出这里可以写什么。",
    leaving_editor: "现在按 Tab 离开文本。",
    quick_fixes: "快速修复",
    editor_phrases: &[
        ("Find", "查找"),
        ("Replace", "替换"),
        ("next", "下一个"),
        ("previous", "上一个"),
        ("all", "全部选中"),
        ("match case", "区分大小写"),
        ("by word", "整词匹配"),
        ("regexp", "正则表达式"),
        ("replace", "替换"),
        ("replace all", "全部替换"),
        ("close", "关闭"),
        ("current match", "当前匹配"),
        ("on line", "行号"),
        ("replaced $ matches", "替换了 $ 处"),
        ("replaced match on line $", "替换了第 $ 行"),
        ("Completions", "这里可以写什么"),
        ("Diagnostics", "问题"),
        ("Fold line", "折叠"),
        ("Unfold line", "展开"),
        ("Folded lines", "已折叠的行"),
        ("Unfolded lines", "已展开的行"),
        ("folded code", "已折叠的行"),
        ("unfold", "展开"),
        ("to", "到"),
        ("Control character", "控制字符"),
        ("Selection deleted", "已删除选中的文本"),
    ],
    no_fixes: "这一行没有快速修复。",
    rename_file: |name| format!("重命名 {name}"),
    file_name: "文件名",
    open_files: "打开这台电脑上的文件",
    save_file: |name| format!("把 {name} 保存到这台电脑"),
    reset: "还原成示例",
    drop_here: "把文件拖到这里打开",
    notice: |notice| match notice {
        Notice::Closed(name) => format!("已关闭 {name}。"),
        Notice::Reset => "示例已还原，你的文本放到了一边。".into(),
        Notice::NotKept => "浏览器没有保留你的文本：存储空间已满或不允许使用。需要保留的请自己保存。".into(),
        Notice::Unreadable(name) => format!("{name} 不能作为文本读取。"),
        Notice::TooLarge(name) => format!("{name} 超过了这里能读取的大小。"),
        Notice::NotMade => super::stage_zh::ZH.export.failed.into(),
    },
    undo: "撤销",
    dismiss: "知道了",
    hide_editor: "隐藏清单",
    show_editor: "显示清单",
    stage: "舞台",
    nothing_yet: "空的集群",
    nothing_to_show: "目前只有节点。",
    nodes: "节点",
    requested: |used, total| format!("已请求 {used}，共 {total}"),
    node_ready: "就绪",
    node_not_ready: "未就绪",
    cordoned: "不可调度",
    cordoned_note: "已 cordon：不接收新的 Pod，除非 Pod 容忍它",
    cpu: "CPU",
    memory: "内存",
    events: "事件",
    event_warning: "警告",
    event_when: |last, count| match count {
        1 => instant(last),
        count => format!("{count} 次，最近一次在 {}", instant(last)),
    },
    ready_endpoints: "就绪的端点",
    used_of: |used, total| format!("{used} / {total}"),
    no_pods: "没有 Pod",
    placed: "已调度",
    will_be_placed: "可以在这里运行",
    refused: "不符合",
    keeps: "不接收新的 Pod",
    refusal,
    state,
    on_node: |node| format!("在 {node} 上"),
    absent,
    note,
    not_made_yet: "还没创建",
    claim_state: |state| match state {
        ClaimState::Absent => "还没有",
        ClaimState::Pending => "Pending",
        ClaimState::Bound => "Bound",
        ClaimState::Lost => "Lost",
        ClaimState::Terminating => "正在终止",
    },
    claim_kept: "保留着，没有 Pod 使用",
    ready_of: |ready, replicas| format!("{ready} / {replicas} 就绪"),
    ordered: "OrderedReady",
    parallel: "Parallel",
    ordered_note: "podManagementPolicy 是 OrderedReady：每个 Pod 等前一个就绪",
    parallel_note: "podManagementPolicy 是 Parallel：Pod 之间不互相等待",
    updated_of: |updated, pods, revision| format!("{updated} / {pods} 在 r{revision}"),
    partition: |partition| format!("partition {partition}"),
    on_delete: "OnDelete",
    being_deleted: "正在删除",
    rolling_update: ("RollingUpdate", "策略是 RollingUpdate：新 Pod 逐步启动，旧 Pod 逐步停止"),
    recreate: ("Recreate", "策略是 Recreate：旧 Pod 全部停止之后才启动新 Pod"),
    paused: "已暂停",
    timed_out: "超过进度期限",
    kept_sets: |sets| format!("为回滚保留了 {sets} 个旧的 ReplicaSet"),
    named_by: "DNS 名称来自 Service",
    no_service: |name| format!("没有 Service {name}，所以 Pod 没有 DNS 名称"),
    not_headless: |name| format!("Service {name} 不是无头 Service，所以 Pod 没有 DNS 名称"),
    unnamed: "没有 serviceName，所以 Pod 没有 DNS 名称",
    selects_nothing: |name| format!("Service {name} 没有选中这些 Pod，所以没有 DNS 名称"),
    no_record_yet: "就绪之前没有 DNS 记录",
    no_record: "没有 DNS 名称",
    waiting_daemons: "即将到位",
    daemon_counts: |ready, eligible, refused| {
        let refused = if refused == 0 { String::new() } else { format!(" · {refused} 个不符合") };
        format!("{ready} / {eligible} 个节点就绪{refused}")
    },
    for_node: |node| format!("给 {node}"),
    others: "独立的对象",
    others_note: "不由任何工作负载创建",
    unused_claim: "没有 Pod 使用",
    passed: |millis| format!("过去 {}", duration(millis)),
    as_table: "用表格显示舞台",
    table_caption: "这一步的 Pod",
    table_head: ["Pod", "状态", "节点", "修订版本", "说明"],
    waits_arrow: |waiting, awaited| format!("{waiting} 等待 {awaited}"),
    rail_of: |name| format!("{name} 的序号"),
    revision: |number| format!("r{number}"),
    revision_note: |number, newest| {
        format!("按模板的第 {number} 个修订版本创建，{}", if newest { "是最新的" } else { "不是最新的" })
    },
    more_pods: |count| format!("+{count}"),
    explanation: "解释",
    step_of: |step, steps, at| format!("第 {step} 步，共 {steps} 步 · {}", instant(at)),
    before_first: "第一步之前",
    before_first_note: "点击播放，或按右方向键。",
    nothing_ran: "在左边写一份清单，点击应用，或选择一个示例。",
    evidence: "依据",
    waiting_now: "正在等待",
    in_the_way: "受什么阻碍",
    would_help: "怎样可以改变",
    trap: "陷阱",
    way_out: "怎样避开",
    decided_by: "起决定作用的字段",
    line: |line| format!("第 {line} 行"),
    line_in: |file, line| format!("{file} 第 {line} 行"),
    written_before: |value| format!("应用的文本里是 {value}"),
    not_written: |value| format!("没有写，默认值是 {value}"),
    next: "接下来",
    rule: "规则",
    new_tab: "在新标签页打开 kubernetes.io",
    run_ended: |end| match end {
        RunEnd::Settled => "没有人操作，就不会再有变化。",
        RunEnd::StepLimit => "运行到达步数上限，已停止；显示的是到此为止的模拟。",
        RunEnd::TimeLimit => "运行到达虚拟时间上限，已停止；显示的是到此为止的模拟。",
    },
    inspector: |name| format!("{name} 的详情"),
    gone: "这一步它不存在。",
    status: "状态",
    node: "节点",
    no_node: "还没有",
    owner: "属主",
    dns: "DNS 名称",
    labels: "标签",
    taints: "污点",
    conditions: "状况",
    claims: "PVC",
    size: "大小",
    volume: "卷",
    used_by: "使用者",
    nobody: "没有",
    restarts: "重启次数",
    image: "镜像",
    pods: "Pod",
    selector: "选择器",
    transport: "播放",
    play: "播放",
    pause: "暂停",
    replay: "重新播放",
    forward: "前进一步",
    back: "后退一步",
    to_start: "到开头",
    to_end: "到结尾",
    speed: "速度",
    speed_value: |percent| {
        if percent % 100 == 0 { format!("{}×", percent / 100) } else { format!("0.{}×", percent / 10) }
    },
    time_of: |now, end| format!("{} / {}", duration(now.0), duration(end.0)),
    every_step: "包括记录步骤",
    every_step_note: "控制器只写下计数的步骤也停下来",
    timeline: "时间线",
    position_text: |step, steps, at, headline| {
        if step == 0 {
            format!("第一步之前，共 {steps} 步")
        } else {
            format!("第 {step} 步，共 {steps} 步，{}：{headline}", instant(at))
        }
    },
    commands: "命令",
    no_lanes: "这次运行没有 Pod。",
    legend: "图例",
    claim_lane: "它的 PVC",
    keys_list: &[
        (&["Space"], "播放或暂停"),
        (&["←", "→"], "后退一步，前进一步"),
        (&["Home", "End"], "到开头，到结尾"),
        (&["1", "2", "3", "4"], "速度 0.5×、1×、2×、4×"),
        (&["Ctrl", "Enter"], "应用清单"),
        (&["C"], "到控制台；Tab 补全，\u{2191} 和 \u{2193} 找回输入过的命令"),
        (&["Ctrl", "Z"], "撤销对集群的操作；加上 Shift 重做"),
        (&["Shift", "F10"], "可以对焦点所在的对象做什么；用鼠标时按右键"),
        (&["+", "-"], "放大或缩小时间线；用鼠标：Ctrl 加滚轮"),
        (&["0"], "再次显示整个过程"),
        (&["Shift", "→"], "在播放头上：选择一段，按 Enter 放大。用鼠标：沿刻度拖动"),
        (&["F8"], "到下一个问题；加 Shift 到上一个"),
        (&["Ctrl", "."], "这一行的快速修复"),
        (&["Ctrl", "Space"], "这里可以写什么"),
        (&["Ctrl", "F"], "在文本里查找"),
        (&["Ctrl", "S"], "把文件保存到这台电脑"),
        (&["Esc"], "关闭打开的面板；之后 Tab 离开文本"),
        (&["?"], "显示这个列表"),
    ],
    about_text: &[
        "Setwise 演示 Kubernetes v1.36 怎样处理一份清单，一次一步；每一步都说明为什么发生，由哪个字段决定，依据 Kubernetes 的哪条规则。",
        "一切都在这个页面里运行，你输入的内容不会离开你的电脑。",
        "时间按一个镜像已就位的小集群计算：启动容器 1.5 秒，创建卷 0.4 秒。真实集群里时间不同，但事件的顺序一致。",
    ],
    simulated_title: "模拟的内容",
    simulated: &[
        "StatefulSet：序号、OrderedReady 和 Parallel、带 partition 的滚动更新、OnDelete、修订版本、PVC 模板和 PVC 的去留",
        "DaemonSet：哪些节点符合条件和原因、带 maxUnavailable 和 maxSurge 的滚动更新、OnDelete",
        "Deployment 和 ReplicaSet：maxSurge 和 maxUnavailable 范围内的滚动更新、Recreate、暂停、回滚、进度期限",
        "HorizontalPodAutoscaler 和 PodDisruptionBudget",
        "调度器：节点名称、节点选择器和亲和性、污点、cordon、资源、主机端口、卷、拓扑分布、Pod 亲和性、优先级和抢占",
        "kubelet：phase、探针、重启、Init 容器和 sidecar 容器、正常终止、拉取不到的镜像",
        "PVC、卷和 StorageClass；无头 Service 和 DNS 名称",
        "节点：污点、cordon、驱逐；垃圾收集",
    ],
    not_simulated_title: "还不模拟的内容",
    not_simulated: &["Job 和 CronJob", "容器里运行的程序、名称以外的网络、准入 Webhook、配额"],
    honesty: "模拟 Kubernetes v1.36。有效但不模拟的内容只标为提示，从不当作错误。",
};

fn example(id: &str) -> (&'static str, &'static str) {
    match id {
        "both" => ("两种工作负载一起", "按顺序启动的数据库和日志代理共用四个节点。"),
        "database" => ("按顺序启动、带 PVC 的数据库", "三个 Pod 依次启动，各自保留名称和磁盘。"),
        "agent" => ("每个节点上的日志代理", "每个符合条件的节点一个 Pod，有一个节点不符合。"),
        "agent-everywhere" => ("容忍控制平面的日志代理", "多一个容忍度，最后一个节点也可以运行。"),
        "article" => ("文章里的例子，已修正", "文章里的 Service、PVC、StatefulSet 和 HPA，已改正。"),
        "article-printed" => ("文章里的例子，原样", "三处错误，每处都有快速修复。"),
        _ => ("", ""),
    }
}

fn problem_counts(errors: usize, warnings: usize, notes: usize) -> String {
    let parts = [(errors, "个错误"), (warnings, "个警告"), (notes, "个提示")];
    let said: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if said.is_empty() { "没有问题".into() } else { said.join("，") }
}

fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NodeName(name) => format!("它指定了节点 {name}"),
        Refusal::NodeSelector { key, wanted, found: None } => format!("没有标签 {key}={wanted}"),
        Refusal::NodeSelector { key, wanted, found: Some(found) } => format!("标签 {key} 是 {found}，不是 {wanted}"),
        Refusal::NodeAffinity => "不满足节点亲和性".into(),
        Refusal::Taint(_) => "不容忍污点".into(),
    }
}

fn state(state: PodState) -> &'static str {
    match state {
        PodState::Pending => "Pending",
        PodState::Creating => "启动中",
        PodState::Unready => "运行中，未就绪",
        PodState::Ready => "就绪",
        PodState::Trouble => "异常",
        PodState::Terminating => "正在终止",
        PodState::Failed => "Failed",
        PodState::Succeeded => "Succeeded",
    }
}

fn absent(absent: &Absent) -> Text {
    let name = |name: &str| Piece::Code(name.to_owned());
    let words = |words: &str| Piece::Words(words.to_owned());
    match absent {
        Absent::WaitsFor { pod, deficit } => {
            let deficit = match deficit {
                Deficit::Ready => " 就绪",
                Deficit::Available => " 可用",
                Deficit::Gone => " 消失",
                Deficit::Replaced => " 被替换",
            };
            Text(vec![words("等待 "), name(pod.name()), words(deficit)])
        }
        Absent::After(earlier) => Text(vec![words("排在 "), name(earlier), words(" 之后")]),
        Absent::Soon => Text::words("下一个创建"),
        Absent::ClaimGoes => Text::words("等待旧的 PVC 消失"),
        Absent::Surplus => Text::words("已不需要"),
        Absent::SetGoes => Text::words("工作负载正在删除"),
    }
}

fn note(note: &Note) -> String {
    match note {
        Note::UpdateWaits(pod) => format!("更新在等待 {}", pod.name()),
        Note::DeletionWaits(pod) => format!("删除在等待 {}", pod.name()),
        Note::Partition(partition) => format!("因 partition {partition} 保持不变"),
        Note::OnDelete => "删除之后才用新的修订版本".into(),
    }
}

/// A length of virtual time: `0.4 秒`, `27 秒`, `5 分 3 秒`.
pub(super) fn duration(millis: u64) -> String {
    match millis {
        0 => "0 秒".into(),
        1..10_000 => {
            let tenths = millis.div_ceil(100);
            if tenths.is_multiple_of(10) {
                format!("{} 秒", tenths / 10)
            } else {
                format!("{}.{} 秒", tenths / 10, tenths % 10)
            }
        }
        10_000..60_000 => format!("{} 秒", millis / 1000),
        60_000..3_600_000 => {
            let seconds = millis / 1000;
            if seconds.is_multiple_of(60) {
                format!("{} 分钟", seconds / 60)
            } else {
                format!("{} 分 {} 秒", seconds / 60, seconds % 60)
            }
        }
        _ => format!("{} 小时 {} 分", millis / 3_600_000, millis / 60_000 % 60),
    }
}

pub(super) fn instant(at: Time) -> String {
    format!("{}时", duration(at.0))
}
