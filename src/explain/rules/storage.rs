//! The rules of claims and volumes that are asked for by name, grow, are lost, or are attached elsewhere.

rules! {
    RESERVING {
        "volume-reserving",
        "A claim that names its volume",
        "指定了卷的 PVC",
        "concepts/storage/persistent-volumes/#reserving-a-persistentvolume",
        "pkg/controller/volume/persistentvolume/pv_controller.go: checkVolumeSatisfyClaim"
    }
    SELECTOR {
        "claim-selector",
        "A claim that asks for labels",
        "要求标签的 PVC",
        "concepts/storage/persistent-volumes/#selector",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncUnboundClaim"
    }
    DEFAULT_CLASS {
        "default-storage-class",
        "The default class is given afterwards",
        "事后补上默认的 StorageClass",
        "concepts/storage/persistent-volumes/#retroactive-default-storageclass-assignment",
        "pkg/controller/volume/persistentvolume/pv_controller.go: assignDefaultStorageClass"
    }
    LOST {
        "claim-lost",
        "A claim that lost its volume",
        "失去了卷的 PVC",
        "concepts/storage/persistent-volumes/#phase",
        "pkg/controller/volume/persistentvolume/pv_controller.go: syncBoundClaim"
    }
    VOLUME_PROTECTION {
        "volume-in-use-protection",
        "A bound volume is not removed",
        "绑定中的卷不会移除",
        "concepts/storage/persistent-volumes/#storage-object-in-use-protection",
        "pkg/controller/volume/pvprotection/pv_protection_controller.go: processPV"
    }
    EXPANSION {
        "claim-expansion",
        "Claims that grow",
        "PVC 扩容",
        "concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims",
        "pkg/controller/volume/expand/expand_controller.go: syncHandler"
    }
    MULTI_ATTACH {
        "volume-multi-attach",
        "One node at a time",
        "一次只能挂接一个节点",
        "concepts/storage/persistent-volumes/#access-modes",
        "pkg/controller/volume/attachdetach/reconciler/reconciler.go: attachDesiredVolumes"
    }
}
