// What the simulation knows of looks: what each showed and when, by the clock of the process that looked.
import type { Observation, WorkloadRef } from '../../../domain/ports/compute-backend';
import { LooksSeen } from '../../../proofs/simulation/seen/looks-seen';
import { telling } from './telling';

const REF: WorkloadRef = { name: 'j-1', placement: 'one', owner: 'o', jobId: 'j', attempt: 1 };

test('a look is known by its workload, its instant and what it told', async () => {
  const looks = new LooksSeen();
  const observation: Observation = { kind: 'absent' };
  const backend = looks.watch(() => telling(observation), { now: () => 5_000 })('one');
  expect(await backend.observe(REF)).toBe(observation);
  expect(looks.told('j-1', 5_000, 'unreadable', 'absent')).toBe(true);
  expect(looks.told('j-1', 5_000, 'unreadable')).toBe(false);
  expect(looks.told('j-1', 5_001, 'absent')).toBe(false);
  expect(looks.told('j-2', 5_000, 'absent')).toBe(false);
  expect(looks.told('j-1', undefined, 'absent')).toBe(false);
});

test('two looks of one millisecond both count', async () => {
  const looks = new LooksSeen();
  const clock = { now: () => 5_000 };
  await looks
    .watch(
      () => telling({ kind: 'absent' }),
      clock,
    )('one')
    .observe(REF);
  await looks
    .watch(
      () => telling({ kind: 'foreign' }),
      clock,
    )('one')
    .observe(REF);
  expect(looks.told('j-1', 5_000, 'absent')).toBe(true);
  expect(looks.told('j-1', 5_000, 'foreign')).toBe(true);
});
