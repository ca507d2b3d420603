import { podSchema } from '../../../../backends/kubernetes/reading/objects';
import { workloadOf } from '../../../../backends/kubernetes/reading/workload-of';

test('a pod that was evicted before its container started is evicted, not lost', () => {
  const pod = podSchema.parse({
    metadata: { name: 'j1-1-abcde', uid: 'u1' },
    status: {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: memory. ',
      containerStatuses: [{ restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } }],
    },
  });
  expect(workloadOf({ job: undefined, pods: [pod], events: [], now: 0 })).toMatchObject({
    phase: 'ended',
    started: 'no',
    failure: { code: 'evicted' },
  });
});
