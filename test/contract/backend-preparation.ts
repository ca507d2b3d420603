// The contract of a compute backend whose create is two calls.
import type { CreateRequest, WorkloadRef } from '../../domain/ports/compute-backend';
import { NEW_YEAR } from '../support/rows';
import {
  type BackendStage,
  created,
  prepared,
  type PreparingJob,
  refOn,
  removedOn,
  requestOf,
  shownOn,
} from './backend-stage';

export function describePreparation(stageOf: () => BackendStage, { spec, secrets }: PreparingJob): void {
  const requestFor = (ref: WorkloadRef): CreateRequest => requestOf(ref, spec, secrets);

  test('a preparation runs nothing however often it is made, and is shown as such', async () => {
    const stage = stageOf();
    const ref = refOn(stage);
    for (let time = 0; time < 3; time += 1)
      expect(await prepared(stage, requestFor(ref))).toEqual({ kind: 'ready' });
    await stage.advance(stage.untilRunning);
    expect([stage.creates(), await stage.starts()]).toEqual([0, 0]);
    expect(await stage.backend.observe(ref)).toEqual({ kind: 'prepared' });
    expect(await stage.backend.create(requestFor(ref))).toEqual({ kind: 'accepted' });
    await stage.advance(stage.untilRunning);
    expect(await shownOn(stage, ref)).toMatchObject({ started: 'yes' });
    expect(await stage.starts()).toBe(1);
  });

  test('a preparation is listed and removed like a workload', async () => {
    const stage = stageOf();
    const ref = refOn(stage);
    await prepared(stage, requestFor(ref));
    expect((await stage.backend.list('owner1')).workloads).toEqual([
      { ref, createdAt: NEW_YEAR, expiresAt: NEW_YEAR + 61_000 },
    ]);
    expect(await removedOn(stage, ref)).toEqual(['delete']);
    expect((await stage.backend.list('owner1')).workloads).toEqual([]);
  });

  test('a create without what must go before it is refused, and runs nothing', async () => {
    const stage = stageOf();
    const ref = refOn(stage);
    expect((await stage.backend.create(requestFor(ref))).kind).toBe('refused');
    await prepared(stage, requestFor(ref));
    await removedOn(stage, ref);
    expect((await stage.backend.create(requestFor(ref))).kind).toBe('refused');
    await stage.advance(stage.untilRunning);
    expect(await stage.starts()).toBe(0);
  });

  test('a name that is not ours is not prepared over', async () => {
    const stage = stageOf();
    const theirs = refOn(stage, 1, 'owner2');
    await created(stage, theirs, spec, secrets);
    await stage.advance(stage.untilRunning);
    const ours = requestFor(refOn(stage, 1, 'owner1'));
    expect(await prepared(stage, ours)).toMatchObject({ kind: 'refused', reason: { code: 'name-taken' } });
    expect(await shownOn(stage, theirs)).toMatchObject({ phase: 'running' });
    expect((await stage.backend.list('owner1')).workloads).toEqual([]);
  });
}
