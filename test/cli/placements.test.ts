import { json } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

const PLACEMENT = {
  name: 'aks',
  backend: 'kubernetes',
  gpus: [{ sku: 'T4', counts: [1] }],
  limits: { workloads: 4, creates: [] },
  held: { workloads: 0, cores: 0 },
  free: { workloads: 4 },
  health: 'ok',
  refuses: [],
};

test('a placement names what costs there without a job, with its price an hour', async () => {
  const standing = [{ what: 'node a (pool gpunp) is idle', perHour: 0.526, todo: 'Let it go.' }];
  const ran = await runGpujobs(['placements'], () => json({ placements: [{ ...PLACEMENT, standing }] }));
  expect(ran.out).toContain('aks costs without a job: node a (pool gpunp) is idle, $0.53 an hour');
});
