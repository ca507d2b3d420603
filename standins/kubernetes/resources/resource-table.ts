// What the API server of v1.36 serves, as its discovery lists it (recorded: A05, A07 in test/fixtures/kubernetes).
//
// A line is a resource: its plural, kind, scope (N namespaced, C of the cluster), verbs (`*`: all eight), short names,
// categories, and its subresources as `name=kind:verbs`. `-` stands for none; `status` alone for the usual one.

export interface GroupTable {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly lines: readonly string[];
}

/** In the order in which discovery lists the groups. */
export const GROUP_TABLES: readonly GroupTable[] = [
  {
    group: '',
    version: 'v1',
    lines: [
      'bindings Binding N create - -',
      'componentstatuses ComponentStatus C get,list cs -',
      'configmaps ConfigMap N * cm -',
      'endpoints Endpoints N * ep -',
      'events Event N * ev -',
      'limitranges LimitRange N * limits -',
      'namespaces Namespace C create,delete,get,list,patch,update,watch ns - finalize=Namespace:update status',
      'nodes Node C * no - proxy=NodeProxyOptions:create,delete,get,patch,update status',
      'persistentvolumeclaims PersistentVolumeClaim N * pvc - status',
      'persistentvolumes PersistentVolume C * pv - status',
      'pods Pod N * po all attach=PodAttachOptions:create,get binding=Binding:create ephemeralcontainers=Pod:get,patch,update ' +
        'eviction=policy/v1/Eviction:create exec=PodExecOptions:create,get log=Pod:get ' +
        'portforward=PodPortForwardOptions:create,get proxy=PodProxyOptions:create,delete,get,patch,update resize=Pod:get,patch,update status',
      'podtemplates PodTemplate N * - -',
      'replicationcontrollers ReplicationController N * rc all scale=autoscaling/v1/Scale:get,patch,update status',
      'resourcequotas ResourceQuota N * quota - status',
      'secrets Secret N * - -',
      'serviceaccounts ServiceAccount N * sa - token=authentication.k8s.io/v1/TokenRequest:create',
      'services Service N * svc all proxy=ServiceProxyOptions:create,delete,get,patch,update status',
    ],
  },
  {
    group: 'apiregistration.k8s.io',
    version: 'v1',
    lines: ['apiservices APIService C * - api-extensions status'],
  },
  {
    group: 'apps',
    version: 'v1',
    lines: [
      'controllerrevisions ControllerRevision N * - -',
      'daemonsets DaemonSet N * ds all status',
      'deployments Deployment N * deploy all scale=autoscaling/v1/Scale:get,patch,update status',
      'replicasets ReplicaSet N * rs all scale=autoscaling/v1/Scale:get,patch,update status',
      'statefulsets StatefulSet N * sts all scale=autoscaling/v1/Scale:get,patch,update status',
    ],
  },
  {
    group: 'events.k8s.io',
    version: 'v1',
    lines: ['events Event N * ev -'],
  },
  {
    group: 'authentication.k8s.io',
    version: 'v1',
    lines: ['selfsubjectreviews SelfSubjectReview C create - -', 'tokenreviews TokenReview C create - -'],
  },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    lines: [
      'localsubjectaccessreviews LocalSubjectAccessReview N create - -',
      'selfsubjectaccessreviews SelfSubjectAccessReview C create - -',
      'selfsubjectrulesreviews SelfSubjectRulesReview C create - -',
      'subjectaccessreviews SubjectAccessReview C create - -',
    ],
  },
  {
    group: 'autoscaling',
    version: 'v2',
    lines: ['horizontalpodautoscalers HorizontalPodAutoscaler N * hpa all status'],
  },
  {
    group: 'autoscaling',
    version: 'v1',
    lines: ['horizontalpodautoscalers HorizontalPodAutoscaler N * hpa all status'],
  },
  {
    group: 'batch',
    version: 'v1',
    lines: ['cronjobs CronJob N * cj all status', 'jobs Job N * - all status'],
  },
  {
    group: 'certificates.k8s.io',
    version: 'v1',
    lines: [
      'certificatesigningrequests CertificateSigningRequest C * csr - approval=CertificateSigningRequest:get,patch,update status',
    ],
  },
  {
    group: 'networking.k8s.io',
    version: 'v1',
    lines: [
      'ingressclasses IngressClass C * - -',
      'ingresses Ingress N * ing - status',
      'ipaddresses IPAddress C * ip -',
      'networkpolicies NetworkPolicy N * netpol -',
      'servicecidrs ServiceCIDR C * - - status',
    ],
  },
  {
    group: 'policy',
    version: 'v1',
    lines: ['poddisruptionbudgets PodDisruptionBudget N * pdb - status'],
  },
  {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    lines: [
      'clusterrolebindings ClusterRoleBinding C * - -',
      'clusterroles ClusterRole C * - -',
      'rolebindings RoleBinding N * - -',
      'roles Role N * - -',
    ],
  },
  {
    group: 'storage.k8s.io',
    version: 'v1',
    lines: [
      'csidrivers CSIDriver C * - -',
      'csinodes CSINode C * - -',
      'csistoragecapacities CSIStorageCapacity N * - -',
      'storageclasses StorageClass C * sc -',
      'volumeattachments VolumeAttachment C * - - status',
      'volumeattributesclasses VolumeAttributesClass C * vac -',
    ],
  },
  {
    group: 'admissionregistration.k8s.io',
    version: 'v1',
    lines: [
      'mutatingadmissionpolicies MutatingAdmissionPolicy C * - api-extensions',
      'mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding C * - api-extensions',
      'mutatingwebhookconfigurations MutatingWebhookConfiguration C * - api-extensions',
      'validatingadmissionpolicies ValidatingAdmissionPolicy C * - api-extensions status',
      'validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding C * - api-extensions',
      'validatingwebhookconfigurations ValidatingWebhookConfiguration C * - api-extensions',
    ],
  },
  {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    lines: ['customresourcedefinitions CustomResourceDefinition C * crd,crds api-extensions status'],
  },
  {
    group: 'scheduling.k8s.io',
    version: 'v1',
    lines: ['priorityclasses PriorityClass C * pc -'],
  },
  {
    group: 'coordination.k8s.io',
    version: 'v1',
    lines: ['leases Lease N * - -'],
  },
  {
    group: 'node.k8s.io',
    version: 'v1',
    lines: ['runtimeclasses RuntimeClass C * - -'],
  },
  {
    group: 'discovery.k8s.io',
    version: 'v1',
    lines: ['endpointslices EndpointSlice N * - -'],
  },
  {
    group: 'resource.k8s.io',
    version: 'v1',
    lines: [
      'deviceclasses DeviceClass C * - -',
      'resourceclaims ResourceClaim N * - - status',
      'resourceclaimtemplates ResourceClaimTemplate N * - -',
      'resourceslices ResourceSlice C * - -',
    ],
  },
  {
    group: 'flowcontrol.apiserver.k8s.io',
    version: 'v1',
    lines: [
      'flowschemas FlowSchema C * - - status',
      'prioritylevelconfigurations PriorityLevelConfiguration C * - - status',
    ],
  },
];
