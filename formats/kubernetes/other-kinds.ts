// Kubernetes objects that run programs and are no Job or Pod: what is said of each, and how a job is made of it.
import { isMapping, type Reader } from '../reader';
import { shown } from './shown';

interface OtherKind {
  /** The API group, without its version; several kinds are known by their group alone. */
  readonly group?: RegExp;
  readonly kinds?: readonly string[];
  readonly advice: string;
}

const AS_A_JOB = 'as a Job of batch/v1';
const ENDLESS = `It runs until somebody removes it, and a job ends: if its program ends by itself, submit its pod template ${AS_A_JOB} with restartPolicy Never`;
const STEPS = `Submit its steps one after the other, each ${AS_A_JOB}; what comes after what is for whoever submits them to say`;

/** The first that fits counts. */
const OTHER_KINDS: readonly OtherKind[] = [
  {
    group: /^batch\.volcano\.sh$/,
    kinds: ['Job'],
    advice: `Submit each of its tasks by itself, its pod template ${AS_A_JOB}; no queue of Volcano's is needed, for the runner has its own`,
  },
  {
    group: /^trainer\.kubeflow\.org$/,
    advice: `Write the image, command, args, env and resources of its trainer ${AS_A_JOB}. A job is one container, so several nodes in step are not run; several GPUs of one node are`,
  },
  {
    kinds: ['PyTorchJob', 'TFJob', 'MPIJob', 'JAXJob', 'PaddleJob', 'XGBoostJob', 'MXJob'],
    advice: `Submit the pod template of one worker ${AS_A_JOB}. A job is one container, so several workers in step are not run; several GPUs of one node are (torchrun --standalone --nproc-per-node=N)`,
  },
  {
    group: /^jobset\.x-k8s\.io$/,
    advice: `Submit each of its replicatedJobs by itself: the template there is that of a Job of batch/v1`,
  },
  {
    group: /^ray\.io$/,
    advice: `A Ray cluster of several pods is not run: submit the container of its head ${AS_A_JOB}, with the program as its command; ray.init() then starts Ray within that container`,
  },
  {
    kinds: ['Workflow', 'WorkflowTemplate', 'CronWorkflow', 'Pipeline', 'PipelineRun', 'Task', 'TaskRun'],
    advice: STEPS,
  },
  {
    kinds: ['SparkApplication', 'ScheduledSparkApplication', 'FlinkDeployment', 'DaskCluster', 'DaskJob'],
    advice: `Several pods in step are not run: submit what one container can do ${AS_A_JOB}`,
  },
  {
    kinds: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Rollout'],
    advice: ENDLESS,
  },
  { group: /(^|\.)(knative\.dev|kserve\.io|leaderworkerset\.x-k8s\.io)$/, advice: ENDLESS },
  {
    group: /(^|\.)(kueue\.x-k8s\.io|scheduling\.(x-k8s\.io|volcano\.sh|sigs\.k8s\.io|k8s\.io))$/,
    advice:
      "It says how others wait and starts nothing: submit the Job or the Pod that it is about; the runner's own admission takes its place",
  },
];

/**
 * Why an object can't be taken that runs programs in its own way; undefined for one that runs none, such as a
 * ConfigMap.
 */
export function refusalOfOther(object: Reader): string | undefined {
  const kind = shown(object.at('kind').value) ?? '';
  const apiVersion = shown(object.at('apiVersion').value) ?? '';
  const templates = templatesIn(object.value);
  const advice = kind === 'CronJob' ? cronAdvice(object.at('spec')) : adviceFor(kind, groupOf(apiVersion));
  if (advice === undefined && templates.length === 0) return undefined;
  const what = `is ${STARTS_WITH_A_VOWEL.test(kind) ? 'an' : 'a'} ${kind} of ${apiVersion}, which is not taken: only a Job of batch/v1 or a Pod of v1 is`;
  const where = kind === 'CronJob' ? '' : whereIn(templates);
  return `${what}. ${advice ?? `Submit its pod template ${AS_A_JOB}`}.${where}`;
}

/** `batch.volcano.sh` of `batch.volcano.sh/v1alpha1`; nothing of `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function adviceFor(kind: string, group: string): string | undefined {
  return OTHER_KINDS.find(
    (other) =>
      (other.group === undefined || other.group.test(group)) &&
      (other.kinds === undefined || other.kinds.includes(kind)),
  )?.advice;
}

const OVERLAPS: Readonly<Record<string, string>> = { Allow: 'allow', Forbid: 'skip', Replace: 'replace' };

/** Its own schedule in the words of ours. */
function cronAdvice(spec: Reader): string {
  const zone = shown(spec.at('timeZone').value);
  const policy = shown(spec.at('concurrencyPolicy').value) ?? 'Allow';
  const options = [
    `--cron '${shown(spec.at('schedule').value) ?? '…'}'`,
    ...(zone === undefined ? [] : [`--time-zone ${zone}`]),
    `--overlap ${OVERLAPS[policy] ?? 'allow'}`,
  ];
  return `Make a schedule of it, with its jobTemplate written ${AS_A_JOB} in FILE: \`gpujobs schedule add NAME ${options.join(' ')} FILE\`, or PUT /api/schedules/NAME`;
}

/** As it is spoken: an MPIJob. */
const STARTS_WITH_A_VOWEL = /^([AEIO]|MPI|MX|XG)/;

/** At most so many places are named. */
const MOST_PLACES = 4;

function whereIn(templates: readonly string[]): string {
  const [only, ...more] = templates;
  if (only === undefined) return '';
  if (more.length === 0) return ` Its pod template is at ${only}.`;
  const left = templates.length - MOST_PLACES;
  return ` Its pod templates are at ${templates.slice(0, MOST_PLACES).join(', ')}${left > 0 ? ` and ${left} more` : ''}.`;
}

/** Where in a value pod templates stand: `spec.tasks[0].template`. */
function templatesIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => templatesIn(item, `${path}[${index}]`));
  if (!isMapping(value)) return [];
  const spec = value['spec'];
  const isTemplate = path !== '' && isMapping(spec) && Array.isArray(spec['containers']);
  if (isTemplate) return [path];
  return Object.entries(value).flatMap(([key, member]) =>
    templatesIn(member, path === '' ? key.slice(0, 80) : `${path}.${key.slice(0, 80)}`),
  );
}
