// The fields of a pod and of its container, and what becomes of each.
import { type FieldRules, ignored, inside, READ, refused, SILENT, warning } from './field-rules';

const ONE_CONTAINER = 'is refused: a job is one container; put what it does into the image or the command';
const HOST = "is refused: a job gets nothing of its host's";
const USER = 'has no effect: the program runs as the user that the image names';
const NAMES = 'is refused: names are resolved as the platform resolves them';
const CLUSTER_ONLY = 'has no effect: where a job runs is decided by its placements';

/** Of a pod and of a container alike. */
const SECURITY_RULES: FieldRules = {
  privileged: refused(HOST, [false]),
  capabilities: inside({ add: refused(HOST), drop: ignored('has no effect') }),
  sysctls: refused(HOST),
  procMount: refused(HOST, ['Default']),
  runAsUser: warning(USER),
  runAsGroup: warning(USER),
  fsGroup: warning(USER),
  supplementalGroups: warning(USER),
  runAsNonRoot: ignored(USER, [false]),
  readOnlyRootFilesystem: ignored('has no effect: the program may write to its own file system', [false]),
  allowPrivilegeEscalation: SILENT,
  fsGroupChangePolicy: SILENT,
  supplementalGroupsPolicy: SILENT,
  seccompProfile: ignored('has no effect: the platform isolates the program its own way'),
  appArmorProfile: ignored('has no effect: the platform isolates the program its own way'),
  seLinuxOptions: ignored('has no effect: the platform isolates the program its own way'),
  windowsOptions: refused('is refused: jobs run on Linux'),
};

export const POD_RULES: FieldRules = {
  containers: READ,
  volumes: READ,
  restartPolicy: READ,
  activeDeadlineSeconds: READ,
  nodeSelector: READ,
  tolerations: READ,
  imagePullSecrets: READ,
  os: inside({ name: refused('is refused: jobs run on Linux', ['linux']) }),
  initContainers: refused(ONE_CONTAINER),
  ephemeralContainers: refused(ONE_CONTAINER),
  serviceAccountName: READ,
  serviceAccount: READ,
  securityContext: inside(SECURITY_RULES),
  hostNetwork: refused(HOST, [false]),
  hostPID: refused(HOST, [false]),
  hostIPC: refused(HOST, [false]),
  hostUsers: SILENT,
  hostAliases: refused(NAMES),
  dnsConfig: refused(NAMES),
  dnsPolicy: ignored('has no effect: names are resolved as the platform resolves them', [
    'ClusterFirst',
    'Default',
  ]),
  hostname: ignored('has no effect: the platform names the host'),
  subdomain: ignored('has no effect: the platform names the host'),
  setHostnameAsFQDN: ignored('has no effect: the platform names the host', [false]),
  resourceClaims: refused('is refused: ask for GPUs by the limit nvidia.com/gpu'),
  resources: refused("is refused: name the resources in the container's own"),
  affinity: warning(`${CLUSTER_ONLY}; for AKS say it by nodeSelector and tolerations, which are kept`),
  topologySpreadConstraints: ignored(CLUSTER_ONLY),
  nodeName: warning(CLUSTER_ONLY),
  schedulerName: ignored(CLUSTER_ONLY, ['default-scheduler']),
  schedulingGates: READ,
  priorityClassName: ignored('has no effect: jobs start oldest first'),
  priority: ignored('has no effect: jobs start oldest first', [0]),
  preemptionPolicy: SILENT,
  runtimeClassName: ignored('has no effect: the placement brings the GPU runtime along'),
  terminationGracePeriodSeconds: ignored(
    'has no effect: a program that must be stopped has as long as the platform gives it',
    [30],
  ),
  automountServiceAccountToken: ignored("has no effect: no token of a cluster's is mounted", [false]),
  enableServiceLinks: SILENT,
  overhead: SILENT,
  readinessGates: ignored('has no effect: nothing asks whether a job is ready'),
  shareProcessNamespace: SILENT,
};

const PROBE = 'has no effect: a program that hangs is ended by `deadlines.running` (activeDeadlineSeconds)';

export const CONTAINER_RULES: FieldRules = {
  name: SILENT,
  image: READ,
  command: READ,
  args: READ,
  env: READ,
  resources: READ,
  volumeMounts: READ,
  envFrom: READ,
  workingDir: READ,
  volumeDevices: refused('is refused: a job mounts files, not devices; mount the volume by volumeMounts'),
  lifecycle: refused('is refused: do it in the command'),
  restartPolicy: refused(ONE_CONTAINER),
  restartPolicyRules: refused('is refused: say which exit codes are tried again in podFailurePolicy'),
  securityContext: inside(SECURITY_RULES),
  ports: ignored('has no effect: nothing can connect to a job'),
  imagePullPolicy: ignored('has no effect: the platform pulls the image for each attempt, or has it cached'),
  livenessProbe: ignored(PROBE),
  readinessProbe: ignored('has no effect: nothing asks whether a job is ready'),
  startupProbe: ignored(PROBE),
  stdin: ignored('has no effect: nobody types into a job', [false]),
  stdinOnce: ignored('has no effect: nobody types into a job', [false]),
  tty: ignored('has no effect: nobody types into a job', [false]),
  terminationMessagePath: SILENT,
  terminationMessagePolicy: SILENT,
  resizePolicy: SILENT,
};
