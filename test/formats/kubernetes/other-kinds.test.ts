// Objects that run programs in their own way: one error each, which names the kind and says how a job is made of it.
import { stringify } from 'yaml';

import { problemsOf } from './support';

const POD = { spec: { containers: [{ name: 'a', image: 'a:1' }] } };

/** What stands in the field, its pods where each kind keeps them, and what its error must name. */
const OTHERS: readonly (readonly [string, string, object, readonly string[]])[] = [
  [
    'batch.volcano.sh/v1alpha1',
    'Job',
    { tasks: [{ template: POD }, { template: POD }] },
    ['spec.tasks[0].template, spec.tasks[1].template', 'each of its tasks'],
  ],
  [
    'kubeflow.org/v1',
    'PyTorchJob',
    { pytorchReplicaSpecs: { Worker: { template: POD } } },
    ['a PyTorchJob of kubeflow.org/v1', 'spec.pytorchReplicaSpecs.Worker.template', 'torchrun --standalone'],
  ],
  ['kubeflow.org/v1', 'TFJob', { tfReplicaSpecs: { Worker: { template: POD } } }, ['one worker']],
  [
    'kubeflow.org/v2beta1',
    'MPIJob',
    { mpiReplicaSpecs: { Launcher: { template: POD }, Worker: { template: POD } } },
    ['an MPIJob', 'one worker'],
  ],
  [
    'trainer.kubeflow.org/v1alpha1',
    'TrainJob',
    { runtimeRef: { name: 'torch' }, trainer: { numNodes: 2 } },
    ['a TrainJob of trainer.kubeflow.org/v1alpha1', 'trainer'],
  ],
  [
    'jobset.x-k8s.io/v1alpha2',
    'JobSet',
    { replicatedJobs: [{ name: 'w', template: { spec: { template: POD } } }] },
    ['replicatedJobs', 'spec.replicatedJobs[0].template.spec.template'],
  ],
  [
    'ray.io/v1',
    'RayJob',
    { entrypoint: 'python a.py', rayClusterSpec: { headGroupSpec: { template: POD } } },
    ['head', 'spec.rayClusterSpec.headGroupSpec.template'],
  ],
  ['apps/v1', 'Deployment', { template: POD }, ['a job ends', 'spec.template']],
  ['kueue.x-k8s.io/v1beta1', 'Workload', { podSets: [{ template: POD }] }, ["runner's own admission"]],
  [
    'scheduling.volcano.sh/v1beta1',
    'PodGroup',
    { minMember: 4 },
    ['a PodGroup of', "runner's own admission"],
  ],
  ['scheduling.x-k8s.io/v1alpha1', 'PodGroup', { minMember: 4 }, ["runner's own admission"]],
  ['argoproj.io/v1alpha1', 'Workflow', { templates: [{ container: { image: 'a:1' } }] }, ['steps']],
  [
    'example.com/v1',
    'EvalRun',
    { runner: { template: POD } },
    ['an EvalRun of example.com/v1', 'Submit its pod template as a Job of batch/v1', 'spec.runner.template'],
  ],
];

describe('an object that is no Job or Pod', () => {
  test.each(OTHERS)('%s %s is one error that says what to do', (apiVersion, kind, spec, says) => {
    const problems = problemsOf(
      stringify({ apiVersion, kind, metadata: { name: 'x' }, spec }, { aliasDuplicateObjects: false }),
    );
    expect(problems).toHaveLength(1);
    for (const part of [...says, 'only a Job of batch/v1 or a Pod of v1'])
      expect(problems[0]).toContain(part);
  });

  test('CronJob gets the schedule that it would be, as a command line', () => {
    const spec = {
      schedule: '0 3 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { template: POD } },
    };
    const [only, ...more] = problemsOf(stringify({ apiVersion: 'batch/v1', kind: 'CronJob', spec }));
    expect(more).toEqual([]);
    expect(only).toContain(
      "`gpujobs schedule add NAME --cron '0 3 * * *' --time-zone Europe/Berlin --overlap skip FILE`, or PUT /api/schedules/NAME",
    );
    expect(only).toContain('its jobTemplate written as a Job of batch/v1');
  });

  test('is named also beside objects that run nothing, and each by itself if there are several', () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap' };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: POD } };
    const list = { apiVersion: 'v1', kind: 'List', items: [config, deployment, deployment] };
    expect(
      problemsOf(stringify(list, { aliasDuplicateObjects: false })).map((problem) => problem.slice(0, 24)),
    ).toEqual(['/items/1: is a Deploymen', '/items/2: is a Deploymen']);
  });
});

test("a Job of Kubernetes' own group in another version is refused for the version alone", () => {
  const job = {
    apiVersion: 'batch/v1beta1',
    kind: 'Job',
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } },
  };
  expect(problemsOf(stringify(job))).toEqual(['/apiVersion: is "batch/v1beta1", must be batch/v1 for a Job']);
});
