// The columns of tables, as kubectl prints them, and an object's cells in them.
import type { Resource } from '../resources/resources';
import { at, type Json, type JsonObject, listAt, objectAt, textAt, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { humanDuration } from './human-duration';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** 0: always shown; 1: with `-o wide`. */
  readonly priority: 0 | 1;
  readonly cell: (object: KubeObject, nowMs: number) => Json;
}

const NAME: Column = {
  name: 'Name',
  type: 'string',
  description:
    'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
  priority: 0,
  cell: ({ metadata }) => metadata.name,
};

const AGE: Column = {
  name: 'Age',
  type: 'string',
  description:
    'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
  priority: 0,
  cell: ({ metadata }, nowMs) => humanDuration(nowMs - Date.parse(metadata.creationTimestamp)),
};

function column(name: string, description: string, cell: Column['cell'], priority: 0 | 1 = 0): Column {
  return { name, type: 'string', description, priority, cell };
}

const JOB: readonly Column[] = [
  NAME,
  column('Status', 'Status of the job.', jobStatus),
  column(
    'Completions',
    'The number of pods which reached phase Succeeded. The value increases monotonically for a given spec. However, it may decrease in reaction to scale down of elastic indexed jobs.',
    (job) => `${textOf(at(job, 'status', 'succeeded') ?? 0)}/${textOf(at(job, 'spec', 'completions') ?? 1)}`,
  ),
  column('Duration', 'Time required to complete the job.', (job, nowMs) => {
    const started = textAt(job, 'status', 'startTime');
    if (started === undefined) return '';
    const ended = textAt(job, 'status', 'completionTime');
    return humanDuration((ended === undefined ? nowMs : Date.parse(ended)) - Date.parse(started));
  }),
  AGE,
  column(
    'Containers',
    'Names of each container in the template.',
    (job) => fieldsOfContainers(job, 'name'),
    1,
  ),
  column(
    'Images',
    'Images referenced by each container in the template.',
    (job) => fieldsOfContainers(job, 'image'),
    1,
  ),
  column(
    'Selector',
    'A label query over pods that should match the pod count. Normally, the system sets this field for you. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
    (job) =>
      Object.entries(objectAt(job, 'spec', 'selector', 'matchLabels'))
        .map(([name, value]) => `${name}=${textOf(value)}`)
        .join(','),
    1,
  ),
];

const POD: readonly Column[] = [
  NAME,
  column('Ready', 'The aggregate readiness state of this pod for accepting traffic.', (pod) => {
    const ready = listAt(pod, 'status', 'containerStatuses').filter((one) => at(one, 'ready') === true);
    return `${ready.length}/${listAt(pod, 'spec', 'containers').length}`;
  }),
  column('Status', 'The aggregate status of the containers in this pod.', podStatus),
  column(
    'Restarts',
    'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    (pod) =>
      String(
        listAt(pod, 'status', 'containerStatuses').reduce(
          (sum: number, one) => sum + Number(at(one, 'restartCount') ?? 0),
          0,
        ),
      ),
  ),
  AGE,
  column(
    'IP',
    'podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated.',
    (pod) => textAt(pod, 'status', 'podIP') ?? '<none>',
    1,
  ),
  column(
    'Node',
    'NodeName indicates in which node this pod is scheduled.',
    (pod) => textAt(pod, 'spec', 'nodeName') ?? '<none>',
    1,
  ),
  column(
    'Nominated Node',
    'The node that the pod waits for, after others were preempted there.',
    (pod) => textAt(pod, 'status', 'nominatedNodeName') ?? '<none>',
    1,
  ),
  column(
    'Readiness Gates',
    'If specified, all readiness gates will be evaluated for pod readiness.',
    () => '<none>',
    1,
  ),
];

const EVENT: readonly Column[] = [
  column(
    'Last Seen',
    'The time at which the most recent occurrence of this event was recorded.',
    (event, nowMs) => {
      const last =
        textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? event.metadata.creationTimestamp;
      return humanDuration(nowMs - Date.parse(last));
    },
  ),
  column(
    'Type',
    'Type of this event (Normal, Warning), new types could be added in the future',
    (event) => textAt(event, 'type') ?? '',
  ),
  column(
    'Reason',
    "This should be a short, machine understandable string that gives the reason for the transition into the object's current status.",
    (event) => textAt(event, 'reason') ?? '',
  ),
  column(
    'Object',
    'The object that this event is about.',
    (event) =>
      `${(textAt(event, 'involvedObject', 'kind') ?? '').toLowerCase()}/${textAt(event, 'involvedObject', 'name') ?? ''}`,
  ),
  column('Message', 'A human-readable description of the status of this operation.', (event) =>
    (textAt(event, 'message') ?? '').trim(),
  ),
];

const NODE: readonly Column[] = [
  NAME,
  column('Status', 'The status of the node', (node) => {
    const ready = listAt(node, 'status', 'conditions').find((one) => at(one, 'type') === 'Ready');
    const state = ready === undefined ? 'Unknown' : at(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
    return at(node, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
  }),
  column('Roles', 'The roles of the node', () => '<none>'),
  AGE,
  column(
    'Version',
    'Kubelet Version reported by the node.',
    (node) => textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '',
  ),
];

const NAMESPACE: readonly Column[] = [
  NAME,
  column('Status', 'The status of the namespace', (namespace) => textAt(namespace, 'status', 'phase') ?? ''),
  AGE,
];

const SECRET: readonly Column[] = [
  NAME,
  column(
    'Type',
    'Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
    (secret) => textAt(secret, 'type') ?? '',
  ),
  column('Data', 'The number of entries of the secret.', (secret) =>
    String(Object.keys(objectAt(secret, 'data')).length),
  ),
  AGE,
];

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Job: JOB,
  Pod: POD,
  Event: EVENT,
  Node: NODE,
  Namespace: NAMESPACE,
  Secret: SECRET,
};

export function columnsOf({ kind }: Resource): readonly JsonObject[] {
  return columns(kind).map(({ name, type, description, priority }) => ({
    name,
    type,
    format: name === 'Name' ? 'name' : '',
    description,
    priority,
  }));
}

export function cellsOf({ kind }: Resource, object: KubeObject, nowMs: number): readonly Json[] {
  return columns(kind).map(({ cell }) => cell(object, nowMs));
}

function columns(kind: string): readonly Column[] {
  return COLUMNS[kind] ?? [NAME, AGE];
}

function fieldsOfContainers(job: KubeObject, field: string): string {
  return listAt(job, 'spec', 'template', 'spec', 'containers')
    .map((container) => textAt(container, field) ?? '')
    .join(',');
}

/** The newest of the conditions that say how a Job stands, as kubectl shows it. */
function jobStatus(job: KubeObject): string {
  const holds = (type: string): boolean =>
    listAt(job, 'status', 'conditions').some(
      (one) => at(one, 'type') === type && at(one, 'status') === 'True',
    );
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (holds('Suspended')) return 'Suspended';
  if (holds('FailureTarget')) return 'FailureTarget';
  return holds('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

/** What kubectl shows of a pod: why its first container that tells something waits or ended, else the pod's phase. */
function podStatus(pod: KubeObject): string {
  const lost = textAt(pod, 'status', 'reason');
  if (pod.metadata.deletionTimestamp !== undefined) return lost === 'NodeLost' ? 'Unknown' : 'Terminating';
  for (const container of listAt(pod, 'status', 'containerStatuses')) {
    const waiting = textAt(container, 'state', 'waiting', 'reason');
    if (waiting !== undefined) return waiting;
    const ended = objectAt(container, 'state', 'terminated');
    const reason = textAt(ended, 'reason');
    if (reason !== undefined) return reason;
    if (ended['exitCode'] !== undefined)
      return ended['signal'] === undefined
        ? `ExitCode:${textOf(ended['exitCode'])}`
        : `Signal:${textOf(ended['signal'])}`;
  }
  return lost ?? textAt(pod, 'status', 'phase') ?? 'Unknown';
}
