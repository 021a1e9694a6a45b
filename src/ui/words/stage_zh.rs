//! Words of the stage, the inspector and the playback that are said in full sentences. In Simplified Chinese.

use super::stage::{ExportWords, StageWords, TableWords, amount};
use super::zh::{duration, instant};
use crate::reason::{Plugin, RefusalCause};
use crate::scene::{EndpointState, Owner, RolloutBounds, SchedulingOutcome};
use crate::ui::inspector::{Aspect, Turn};

/// The words in Simplified Chinese.
pub static ZH: StageWords = StageWords {
    aspects: "查看哪一面",
    aspect: |aspect| match aspect {
        Aspect::Overview => "概览",
        Aspect::Scheduling => "调度",
        Aspect::Verdicts => "节点",
        Aspect::Yaml => "YAML",
        Aspect::Events => "事件",
        Aspect::Dns => "DNS",
        Aspect::History => "历史",
    },
    made: "创建时间",
    owns: "从属对象",
    at: instant,
    condition_head: ["类型", "状态", "原因"],
    yaml_of: |name| format!("{name} 在这一步的 YAML"),
    dns_caption: "DNS 记录",
    dns_head: ["名称", "类型", "值"],
    turn: |turn| match turn {
        Turn::Made => "创建",
        Turn::Changed => "修改",
        Turn::Removed => "移除",
    },
    go_to_step: "转到这一步",
    absent_value: "无",
    more_fields: |count| format!("还有 {count} 个字段"),
    more_steps: |count| format!("更远处还有 {count} 步"),
    scheduling_outcome,
    pinned: "它的节点亲和性只指定了这个节点，DaemonSet 的 Pod 都是这样。",
    nominated: "这里驱逐了其他 Pod，给它腾出了位置。",
    only_one: "没有其他节点通过全部过滤，所以不打分。",
    highest: "它的得分最高。",
    tie: |tied| format!("{tied} 个节点并列最高分：Kubernetes 会从中随机选择，这里按名称取第一个。"),
    tied: "并列",
    chosen: "选中：",
    passes: "通过全部过滤",
    unseen: "没有检查",
    score: "总分",
    verdict: "结论",
    because: "原因",
    judged_at: |at| format!("各节点在 {}的情况", instant(at)),
    how_scored: "每个插件给 0 到 100 分，总分按权重相加。",
    plugin_scores,
    plugin_short: |plugin| match plugin {
        "TaintToleration" => "污点",
        "NodeAffinity" => "节点亲和性",
        "NodeResourcesFit" => "剩余资源",
        "PodTopologySpread" => "分布",
        "InterPodAffinity" => "Pod 亲和性",
        "NodeResourcesBalancedAllocation" => "均衡",
        _ => "其他",
    },
    refusal_plugin,
    refusal_cause,
    more_nodes: |count| format!("还有 {count} 个节点"),
    verdict_counts: |runs, all| format!("在 {all} 个节点中的 {runs} 个上运行 Pod。"),
    verdicts_of: |set| format!("{set} 对每个节点的判断"),
    nothing_in_the_way: "没有阻碍",
    tolerates: "容忍",
    toleration: |_, added| if added { "自动添加".into() } else { "模板里写了".into() },
    unmet_term: |term, of| if of == 1 { "不满足：".into() } else { format!("第 {term} 个条件不满足：") },
    empty_term: "空的条件不匹配任何节点",
    overlay_scheduling: |pod| format!("{pod} 的调度"),
    overlay_verdicts: |set| format!("{set} 的判断"),
    bounds,
    not_made: |count| format!("还要创建 {count} 个"),
    load_of: |current, wanted| match current {
        Some(current) => format!("负载 {current}%，目标值 {wanted}%"),
        None => format!("负载未知，目标值 {wanted}%"),
    },
    scale_of: |desired, least, most| match desired {
        0 => format!("{least} 到 {most} 个 Pod，还没有决定"),
        desired => format!("期望 {desired} 个，允许 {least} 到 {most} 个"),
    },
    field: "每个方块是一个节点：颜色是它的 Pod 中最紧急的状态，填充是它有多少个 Pod",
    field_near: |from, to, all| format!("完整显示第 {from} 到 {to} 个节点，共 {all} 个"),
    field_look: "完整显示哪些节点",
    field_head: ["Pod", "个数"],
    field_unbound: "还没有节点",
    field_down: "未就绪的节点",
    field_all: "全部",
    owner: |owner| match owner {
        Owner::Workload(set) => set.name().to_owned(),
        Owner::Nobody => "独立的对象".into(),
        Owner::Claims => "PVC".into(),
        Owner::Nodes => "节点".into(),
    },
    counted: |name, count| format!("{name}（{count}）"),
    zoom_in: "放大（+）",
    zoom_out: "缩小（-）",
    even: "匀速",
    even_note: "关闭时，看过多次的步骤会放得更快，第一百个 Pod 不用和第一个一样久。打开时，每一步用时相同。",
    to_watch: |millis| format!("播放需要 {}", duration(millis.div_ceil(1_000) * 1_000)),
    mark: |is_fault, at, headline| format!("{}，{}：{headline}", if is_fault { "故障" } else { "命令" }, instant(at)),
    more_lanes: |count| format!("还有 {count} 个，没有画出"),
    whole_run: "显示整个过程（0）",
    brush_note: "沿刻度拖动，或按住 Shift 再按方向键，然后按 Enter，放大选中的一段",
    brushed: |from, to| format!("已选择第 {from} 步到第 {to} 步。按 Enter 放大，按 Escape 取消。"),
    headless: "无头",
    headless_note: "它的名称直接指向 Pod，每个 Pod 在它下面有自己的名称",
    address_note: "所有就绪的 Pod 共用一个地址",
    unselected: "没有选择器",
    endpoints: "端点",
    endpoints_of: |ready, all| match all {
        0 => "没有端点".into(),
        all => format!("{ready}/{all} 个端点就绪"),
    },
    endpoint_state: |state| match state {
        EndpointState::Ready => "接收流量",
        EndpointState::NotReady => "未就绪",
        EndpointState::Draining => "正在终止，仍在服务",
        EndpointState::Terminating => "正在终止",
    },
    named_below: |name| format!("名称 {name}"),
    pressure: |condition| match condition {
        "MemoryPressure" => "内存压力".into(),
        "DiskPressure" => "磁盘压力".into(),
        "PIDPressure" => "PID 压力".into(),
        other => other.to_owned(),
    },
    grace: |left, whole| match left {
        0 => "宽限期已过".into(),
        left => format!("剩余 {}，共 {}", duration(left), duration(whole)),
    },
    grace_note: "宽限期：到期后仍在运行的进程会被强制结束",
    still_traps: "仍然存在的陷阱",
    tables: TableWords {
        workloads: "这一步的工作负载",
        workload_head: ["类型", "名称", "就绪", "修订版本", "备注"],
        services: "这一步的 Service",
        service_head: ["Service", "地址", "就绪的端点", "端点"],
        endpoint: |name, state| format!("{name} {state}"),
        claims: "这一步的 PVC",
        claim_head: ["PVC", "状态", "大小", "卷"],
        nodes: "这一步的节点",
        node_head: ["节点", "状态", "CPU", "内存", "Pod", "污点和标签"],
        verdicts: "各 DaemonSet 对节点的判断",
        verdict_head: ["DaemonSet", "节点", "判断", "原因"],
        field: "这一步所有节点上的 Pod",
    },
    export: ExportWords {
        menu: "导出",
        svg: ("把舞台存为 SVG", "放大也清晰，可以编辑和打印。"),
        png: ("把舞台存为 PNG", "两倍大小的图片。"),
        video: ("把过程存为视频", "从这里播放到结尾并录制。"),
        markdown: ("把过程存为 Markdown", "每一步及其原因，可用作课程笔记。"),
        recording: |percent| format!("正在录制，{percent} %"),
        stop: "停止并保留已录制的部分",
        failed: "这个浏览器无法生成它。",
    },
    gallery: "每种元素的每种状态",
    gallery_note: "供设计者和图片测试使用：由页面自己的组件和固定的数据构成。",
};

fn scheduling_outcome(outcome: &SchedulingOutcome) -> String {
    match outcome {
        SchedulingOutcome::Bound { .. } => "调度器选择了".into(),
        SchedulingOutcome::Chosen { .. } => "先为它制备卷；调度器已选择".into(),
        SchedulingOutcome::Waits => "它在等待节点。下面是各节点现在的结论。".into(),
        SchedulingOutcome::Named(_) => "没有经过调度器：Pod 创建时就写了 spec.nodeName".into(),
        SchedulingOutcome::Foreign(name) => format!("它由调度器 {name} 负责，这里不模拟。"),
        SchedulingOutcome::Gated(gates) => {
            format!("这些 schedulingGates 去掉之前，调度器不理会它：{}。", gates.join("、"))
        }
        SchedulingOutcome::Over => "它一直没有得到节点。".into(),
    }
}

fn plugin_scores(plugin: &str) -> &'static str {
    match plugin {
        "TaintToleration" => "TaintToleration：Pod 不容忍的 PreferNoSchedule 污点越少越好",
        "NodeAffinity" => "NodeAffinity：满足的优选节点亲和性越多越好",
        "NodeResourcesFit" => "NodeResourcesFit：剩余的 CPU 和内存越多越好",
        "PodTopologySpread" => "PodTopologySpread：节点所在拓扑域里的同类 Pod 越少越好",
        "InterPodAffinity" => "InterPodAffinity：想靠近的 Pod 在附近，想分开的 Pod 在远处",
        "NodeResourcesBalancedAllocation" => "NodeResourcesBalancedAllocation：CPU 和内存的用量越均衡越好",
        _ => "调度器的一个插件",
    }
}

fn refusal_plugin(plugin: Plugin) -> &'static str {
    match plugin {
        Plugin::NodeUnschedulable => "节点不可调度",
        Plugin::NodeName => "Pod 指定了另一个节点",
        Plugin::TaintToleration => "不容忍污点",
        Plugin::NodeAffinity => "不符合节点选择器或节点亲和性",
        Plugin::NodePorts => "主机端口已占用",
        Plugin::NodeResourcesFit => "剩余资源不够",
        Plugin::VolumeRestrictions => "另一个 Pod 独占这个 PVC",
        Plugin::VolumeBinding => "这里得不到卷",
        Plugin::VolumeZone => "卷在另一个可用区",
        Plugin::PodTopologySpread => "所在的拓扑域会太满",
        Plugin::InterPodAffinity => "相邻的 Pod 不符合要求",
    }
}

fn refusal_cause(cause: &RefusalCause) -> String {
    match cause {
        RefusalCause::Taint(taint) => format!("不容忍污点 {taint}"),
        RefusalCause::Label { key, wanted } => format!("没有标签 {key}={wanted}"),
        RefusalCause::Resource { name, requested, free, .. } => {
            format!("{name} 剩余 {}，请求 {}", amount(name, *free), amount(name, *requested))
        }
        RefusalCause::Port(port) => format!("主机端口 {port} 已占用"),
        RefusalCause::Skew { topology_key, domain, skew, max_skew, .. } => {
            format!("{topology_key}={domain} 会比最空的拓扑域多 {skew} 个，最多允许 {max_skew} 个")
        }
        RefusalCause::NoDomain { topology_key } => format!("没有标签 {topology_key}"),
        RefusalCause::Neighbours { topology_key, domain } => {
            format!("{topology_key}={domain} 里的 Pod 不符合它的亲和性")
        }
    }
}

fn bounds(bounds: &RolloutBounds) -> String {
    let (make, lose) = (bounds.may_make(), bounds.may_lose());
    format!("最多 {} 个 Pod，至少 {} 个可用：还可以启动 {make} 个，停止 {lose} 个", bounds.most, bounds.fewest)
}
