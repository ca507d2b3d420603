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

test('a placement says what specs may name there', async () => {
  const offers = {
    volumes: [
      { name: 'data', readOnly: true },
      { name: 'results', readOnly: false, images: ['docker.io/library/python:*'] },
    ],
    identities: [{ name: 'trainer' }],
    outputs: 'volume',
    checkpoints: true,
  };
  const ran = await runGpujobs(['placements'], () => json({ placements: [{ ...PLACEMENT, offers }] }));
  expect(ran.out).toContain(
    'aks offers volumes data (read-only), results (for docker.io/library/python:*); identities trainer; outputs on a volume; checkpoints\n',
  );
});

test('a placement that offers nothing by name says so, and an older deployment says nothing', async () => {
  const offers = { volumes: [], identities: [], outputs: 'none', checkpoints: false };
  const none = await runGpujobs(['placements'], () => json({ placements: [{ ...PLACEMENT, offers }] }));
  expect(none.out).toContain('aks offers no volume, identity or place for outputs\n');
  const older = await runGpujobs(['placements'], () => json({ placements: [PLACEMENT] }));
  expect(older.out).not.toContain('offers');
});
