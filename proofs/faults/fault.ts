// What can go wrong with a call, and which fault can happen to which kind of call.

/**
 * Of any call:
 * - `fail-before`: it fails and had no effect
 * - `fail-after`: it takes effect, its answer is lost
 * - `late`: the caller is stopped for seconds to minutes after the effect
 * - `slow`: the effect itself comes late
 * - `twice`: it takes effect twice, as when a client repeats a request whose answer was lost
 * - `crash-before`, `crash-after`: the caller's process dies
 *
 * Of a request to ARM: `throttled` (429), `server-error` (5xx, without effect), `lost-answer` (takes effect, no answer
 * until the client's limit), `forbidden` (403), `group-missing` (the resource group's 404), `transitioning` (409). Of a
 * create also `capacity` (409), `late-effect` (no answer; created minutes later) and `hidden` (created, but reads
 * answer 404 for a while). Of a read `stray-404`. Of a delete `ignored` (answered, but nothing happens).
 *
 * Of a request to the platform in two steps (`two-step.*`): the same, as far as they have a meaning there. So of a
 * request to a cluster's API server (`kube.*`); of the POST of a Job also `denied` and `webhook-down` (an admission
 * webhook refuses it, or can't be reached). `taken`: a stranger makes a Job of that name just before. Of a delete
 * `replaced`: somebody removes the object just before, and a stranger makes another of its name. Of a GET `stray-404`:
 * the 404 of a path that is not served, which says nothing of the object.
 *
 * Of a Job (`platform.job`), when it is created: `unpullable`, `stuck` (an endless pull), `failed-create` (the
 * namespace's quota leaves its pod no room for a while), `no-node` (no pool grows for a while). Of a Job that stands
 * (`platform.pod`): `lost` (somebody deletes it), `pod-deleted`, `evicted`, `spot` (its node is to go), `node-lost`
 * (the machine is gone), `node-removed` (its object too), `kubelet-down`, `slow-pulls`.
 *
 * Of a request about a job of Container Apps (`apps.*`): as of ARM. A definition (`platform.app-definition`): `fails`,
 * `slow` and `stuck` (it stays InProgress for long, or for good), `unpullable`. An execution, when it is started
 * (`platform.app-execution`): `second-execution` (the platform starts another beside it), `stuck` (Processing for
 * good), `stays-running` (it is said to run although its program has ended), `platform-failure` (it fails before a
 * pull), `forgotten` (it is shown no more), `no-node` and `no-quota` (no room for a while). What stands
 * (`platform.app`): `lost` (somebody deletes all of it), `forgotten`, `stopped` (somebody stops the execution).
 *
 * Of an orchestration: `fails`, `terminated`, `purged`, `suspended`. Of an activity: `hangs`, `twice` (on two hosts).
 */
export type FaultKind =
  | 'fail-before'
  | 'fail-after'
  | 'late'
  | 'slow'
  | 'twice'
  | 'crash-before'
  | 'crash-after'
  | 'throttled'
  | 'server-error'
  | 'lost-answer'
  | 'forbidden'
  | 'group-missing'
  | 'transitioning'
  | 'capacity'
  | 'capacity-later'
  | 'late-effect'
  | 'hidden'
  | 'stray-404'
  | 'ignored'
  | 'fails'
  | 'terminated'
  | 'purged'
  | 'suspended'
  | 'hangs'
  | 'restarted'
  | 'lost'
  | 'unpullable'
  | 'stuck'
  | 'denied'
  | 'webhook-down'
  | 'taken'
  | 'replaced'
  | 'failed-create'
  | 'no-node'
  | 'pod-deleted'
  | 'evicted'
  | 'spot'
  | 'node-lost'
  | 'node-removed'
  | 'kubelet-down'
  | 'slow-pulls'
  | 'second-execution'
  | 'stays-running'
  | 'platform-failure'
  | 'forgotten'
  | 'no-quota'
  | 'stopped';

const OF_ANY_CALL: readonly FaultKind[] = [
  'fail-before',
  'fail-after',
  'late',
  'slow',
  'twice',
  'crash-before',
  'crash-after',
];
const OF_ANY_REQUEST: readonly FaultKind[] = [
  'throttled',
  'server-error',
  'lost-answer',
  'forbidden',
  'group-missing',
  'late',
  'crash-before',
  'crash-after',
];

/** Of a request to the platform in two steps, or to a cluster. */
const OF_OTHER_REQUEST: readonly FaultKind[] = [
  'throttled',
  'server-error',
  'lost-answer',
  'forbidden',
  'late',
  'crash-before',
  'crash-after',
];

/** Calls that have faults of their own. */
const OF_CALL: Readonly<Record<string, readonly FaultKind[]>> = {
  'arm.put': [...OF_ANY_REQUEST, 'transitioning', 'capacity', 'late-effect', 'hidden'],
  'arm.get': [...OF_ANY_REQUEST, 'stray-404'],
  'arm.delete': [...OF_ANY_REQUEST, 'transitioning', 'ignored', 'twice'],
  'arm.list': OF_ANY_REQUEST,
  'arm.logs': OF_ANY_REQUEST,
  'arm.usages': OF_ANY_REQUEST,
  'arm.operation': OF_ANY_REQUEST,
  'two-step.define': [...OF_OTHER_REQUEST, 'twice'],
  'two-step.definition': OF_OTHER_REQUEST,
  'two-step.start': [...OF_OTHER_REQUEST, 'capacity', 'late-effect', 'hidden'],
  'two-step.executions': OF_OTHER_REQUEST,
  'two-step.stop': [...OF_OTHER_REQUEST, 'ignored', 'twice'],
  'two-step.undefine': [...OF_OTHER_REQUEST, 'ignored', 'twice'],
  'two-step.log': OF_OTHER_REQUEST,
  'two-step.everything': OF_OTHER_REQUEST,
  'kube.post-jobs': [...OF_OTHER_REQUEST, 'denied', 'webhook-down', 'late-effect', 'taken'],
  'kube.post-secrets': [...OF_OTHER_REQUEST, 'twice'],
  'kube.patch-secrets': [...OF_OTHER_REQUEST, 'twice'],
  'kube.delete-jobs': [...OF_OTHER_REQUEST, 'twice', 'replaced'],
  'kube.delete-pods': [...OF_OTHER_REQUEST, 'twice'],
  'kube.delete-secrets': [...OF_OTHER_REQUEST, 'twice', 'replaced'],
  'kube.get-jobs': [...OF_OTHER_REQUEST, 'taken', 'stray-404'],
  'kube.get-pods': OF_OTHER_REQUEST,
  'kube.get-secrets': [...OF_OTHER_REQUEST, 'stray-404'],
  'kube.list-jobs': OF_OTHER_REQUEST,
  'kube.list-pods': OF_OTHER_REQUEST,
  'kube.list-secrets': OF_OTHER_REQUEST,
  'kube.list-events': OF_OTHER_REQUEST,
  'kube.list-resourcequotas': OF_OTHER_REQUEST,
  'kube.log': OF_OTHER_REQUEST,
  'apps.put-job': [...OF_ANY_REQUEST, 'transitioning', 'twice'],
  'apps.get-job': [...OF_ANY_REQUEST, 'stray-404'],
  'apps.delete-job': [...OF_ANY_REQUEST, 'transitioning', 'ignored', 'twice'],
  'apps.list-jobs': OF_ANY_REQUEST,
  'apps.start': [...OF_ANY_REQUEST, 'transitioning', 'late-effect', 'hidden'],
  'apps.stop': [...OF_ANY_REQUEST, 'transitioning', 'ignored', 'twice'],
  'apps.list-executions': OF_ANY_REQUEST,
  'apps.list-replicas': OF_ANY_REQUEST,
  'apps.token': OF_ANY_REQUEST,
  'apps.stream': OF_ANY_REQUEST,
  'apps.query': OF_ANY_REQUEST,
  'apps.usages': OF_ANY_REQUEST,
  'durable.commit': ['crash-before', 'crash-after'],
  'durable.episode': ['fails', 'terminated', 'purged', 'suspended'],
  'durable.activity': ['hangs', 'twice', 'fail-after', 'crash-before', 'crash-after'],
  'platform.group': ['capacity-later', 'unpullable', 'stuck', 'restarted'],
  'platform.definition': ['fails', 'unpullable', 'stuck'],
  'platform.execution': ['stuck'],
  'platform.workload': ['lost'],
  'platform.app-definition': ['fails', 'slow', 'stuck', 'unpullable'],
  'platform.app-execution': [
    'second-execution',
    'stuck',
    'stays-running',
    'platform-failure',
    'forgotten',
    'no-node',
    'no-quota',
  ],
  'platform.app': ['lost', 'forgotten', 'stopped'],
  'platform.job': ['unpullable', 'stuck', 'failed-create', 'no-node'],
  'platform.pod': [
    'lost',
    'pod-deleted',
    'evicted',
    'spot',
    'node-lost',
    'node-removed',
    'kubelet-down',
    'slow-pulls',
  ],
};

/** A workload that is followed, or is to be removed, may answer a stray 404; nothing else ever does. */
const FOLLOWED: readonly string[] = ['provisioning', 'pulling', 'running', 'due', 'settle', 'requested'];

/** A fault of this kind, at a call of this name about something in this state. */
export interface Fault {
  readonly kind: FaultKind;
  readonly call: string;
  readonly state: string;
}

/** In one line: `kind call state`. */
export function textOfFault({ kind, call, state }: Fault): string {
  return `${kind} ${call} ${state}`;
}

/** The fault that textOfFault wrote as this text. Throws RangeError for any other text. */
export function faultOf(text: string): Fault {
  const [name, call = '', state = ''] = text.split(' ');
  const kind = faultsOf(call, state).find((known) => known === name);
  if (kind !== undefined && state !== '') return { kind, call, state };
  throw new RangeError(
    `The fault "${text}" is unknown, must be "kind call state" with one of ${faultsOf(call, state).join(', ')}.`,
  );
}

/** The faults that may happen to a call of this name, `<port>.<method>`, about something in this state. */
export function faultsOf(call: string, state: string): readonly FaultKind[] {
  const kinds = OF_CALL[call] ?? OF_ANY_CALL;
  return (call === 'arm.get' || call === 'apps.get-job') && !FOLLOWED.includes(state)
    ? kinds.filter((kind) => kind !== 'stray-404')
    : kinds;
}
