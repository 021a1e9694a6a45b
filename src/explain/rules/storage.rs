//! The rules of claims and volumes that are asked for by name, grow, are lost, or are attached elsewhere.

rules! {
    RESERVING {
        "volume-reserving",
        "A claim that names its volume",
        "指定了卷的 PVC",
        "A claim may name the volume that it wants in `volumeName`. It is bound to that one alone, if class, \
         size and access modes fit; otherwise it waits.",
        "PVC 可以在 `volumeName` 里写明要哪个卷。存储类、大小和访问模式都相符，就只与它绑定，否则一直等。",
        "concepts/storage/persistent-volumes/#reserving-a-persistentvolume",
        "pkg/controller/volume/persistentvolume/pv_controller.go: checkVolumeSatisfyClaim"
    }
    SELECTOR {
        "claim-selector",
        "A claim that asks for labels",
        "要求标签的 PVC",
        "A claim with a selector is bound only to a volume with matching labels. Nothing is provisioned for \
         it.",
        "带选择器的 PVC 只与标签匹配的卷绑定，不会为它动态创建卷。",
        "concepts/storage/persistent-volumes/#selector",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncUnboundClaim"
    }
    DEFAULT_CLASS {
        "default-storage-class",
        "The default class is given afterwards",
        "事后补上默认的 StorageClass",
        "A claim that names no storage class gets the default one, if there is one. An empty name (`\"\"`) \
         means something else: no class at all, so nothing is provisioned.",
        "没有写存储类的 PVC 会得到默认的存储类（如果有）。写空串（`\"\"`）是另一个意思：不要任何存储类，\
         也就不会动态创建卷。",
        "concepts/storage/persistent-volumes/#retroactive-default-storageclass-assignment",
        "pkg/controller/volume/persistentvolume/pv_controller.go: assignDefaultStorageClass"
    }
    LOST {
        "claim-lost",
        "A claim that lost its volume",
        "失去了卷的 PVC",
        "A claim whose volume has disappeared is Lost, and it stays so: the data are gone, and no other \
         volume takes the place.",
        "卷消失后，PVC 变为 Lost，而且一直如此：数据没了，也不会有别的卷顶上来。",
        "concepts/storage/persistent-volumes/#phase",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncBoundClaim"
    }
    VOLUME_PROTECTION {
        "volume-in-use-protection",
        "A bound volume is not removed",
        "绑定中的卷不会移除",
        "A volume that is bound to a claim can be deleted, but it is only marked. It goes when it is bound to \
         none any more.",
        "已绑定 PVC 的卷可以删除，但只是打上标记，等不再绑定任何 PVC 时才真正消失。",
        "concepts/storage/persistent-volumes/#storage-object-in-use-protection",
        "pkg/controller/volume/pvprotection/pv_protection_controller.go: processPV"
    }
    EXPANSION {
        "claim-expansion",
        "Claims that grow",
        "PVC 扩容",
        "A claim may be made larger, never smaller, and only if its storage class allows it. The volume grows \
         first, the file system on the node after that.",
        "PVC 只能调大，不能调小，而且存储类要允许。先是卷变大，然后是节点上的文件系统。",
        "concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims",
        "pkg/controller/volume/expand/expand_controller.go: syncHandler"
    }
    MULTI_ATTACH {
        "volume-multi-attach",
        "One node at a time",
        "一次只能挂接一个节点",
        "A volume with the access mode `ReadWriteOnce` is attached to one node at a time. A pod on another \
         node waits until the volume is detached, which a node that does not answer can delay for minutes.",
        "访问模式为 `ReadWriteOnce` 的卷同一时间只挂在一个节点上。另一个节点上的 Pod 要等它卸下，而节点没有应答时，\
         这可能拖上好几分钟。",
        "concepts/storage/persistent-volumes/#access-modes",
        "pkg/controller/volume/attachdetach/reconciler/reconciler.go: attachDesiredVolumes"
    }
}
