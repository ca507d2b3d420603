// A cluster whose pods run by scripts, and what watches of its Jobs and pods saw, beside what was recorded.
import type { ContainerStart, ImageStanding } from '../../../standins/containers/runtime';
import type { Script } from '../../../standins/containers/scripted';
import { createScriptedRuntime } from '../../../standins/containers/scripted';
import { DEFAULT_LIFE, type LifeSettings } from '../../../standins/kubernetes/life-settings';
import {
  at,
  isList,
  isObject,
  type Json,
  listAt,
  parseJson,
  textAt,
} from '../../../standins/kubernetes/store/json';
import { RECORDED_CLUSTER } from './recorded-cluster';
import { comparable, recording } from './recordings';
import { setStage, type Stage } from './support';

/** The node of the recordings: one GPU, tainted. */
const GPU_POOL: LifeSettings['pools'][number] = {
  name: 'gpunp',
  min: 1,
  max: 1,
  instanceType: 'Standard_NC6s_v3',
  allocatable: { cpu: '6', memory: '112Gi', pods: '30', 'nvidia.com/gpu': '1' },
  taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
};

/** What was on the recorded node from the start. */
const PRESENT = ['busybox:local', 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu'];

export interface LifeStage extends Stage {
  /** Creates the Job that a recording created. */
  create(id: string): Promise<string>;
  submit(job: Json): Promise<string>;
  /** The pods of a Job, in the order of their names. */
  pods(job: string): readonly Json[];
}

export function setLifeStage(
  script: Script | ((start: ContainerStart) => Script),
  life: Partial<LifeSettings> = {},
  standing?: (image: string) => ImageStanding,
): LifeStage {
  const stage = setStage(
    { ...RECORDED_CLUSTER, life: { ...DEFAULT_LIFE, pools: [GPU_POOL], presentImages: PRESENT, ...life } },
    (timers) => createScriptedRuntime(timers, typeof script === 'function' ? script : () => script, standing),
  );
  const submit = async (body: Json): Promise<string> => {
    const made = await stage.ask('POST', '/apis/batch/v1/namespaces/gpu-jobs/jobs', { body });
    if (made.status !== 201) throw new Error(`The Job was refused: ${made.text}`);
    return textAt(made.body, 'metadata', 'name') ?? '';
  };
  return {
    ...stage,
    submit,
    create: (id) => submit(parseJson(JSON.stringify(recording(id).request.body))),
    pods: (job) =>
      stage.standIn.store
        .list('pods', 'gpu-jobs')
        .items.filter(({ metadata }) => metadata.labels?.['job-name'] === job),
  };
}

/** Fields of the same story that differ from run to run, or that a kubelet writes by chance. */
const PASSING = [
  'containerID',
  'imageID',
  'podIP',
  'podIPs',
  'hostIP',
  'hostIPs',
  'resources',
  'observedGeneration',
  'volumeMounts',
];

/**
 * What events tell of an object's life, as it is compared: without what a kubelet writes by chance, equal neighbours
 * once. The spec is the API's matter, but for the node.
 */
export function story(events: readonly Json[], podName: RegExp): readonly Json[] {
  const told = events.flatMap((event) => {
    const object = at(event, 'object');
    if (object === undefined || textAt(event, 'type') === 'BOOKMARK') return [];
    const { metadata, status } = isObject(object) ? object : {};
    const nodeName = textAt(object, 'spec', 'nodeName');
    const told = { metadata: metadata ?? null, nodeName, status: status ?? null };
    return [{ type: textAt(event, 'type') ?? '', object: plain(comparable(told), podName) }];
  });
  return told.filter((one, index) => JSON.stringify(one) !== JSON.stringify(told[index - 1]));
}

function plain(value: Json, podName: RegExp): Json {
  if (typeof value === 'string') return value.replaceAll(podName, '$1<suffix>').replace(/\d+ms/g, '<ms>');
  if (isList(value)) return value.map((one) => plain(one, podName));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !PASSING.includes(name) && member !== undefined)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, member]) => [name, plain(member ?? null, podName)]),
  );
}

export function recordedStory(id: string, podName: RegExp): readonly Json[] {
  return story(listAt(parseJson(JSON.stringify(recording(id).response)), 'events'), podName);
}
