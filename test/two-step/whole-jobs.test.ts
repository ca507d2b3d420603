// Whole jobs on a platform that no generic code knows: prepared, started, followed by position, stopped and deleted.
import { RetryableError } from '../../domain/errors';
import { cancel } from '../../jobs/job/cancel';
import { createJobsWorld, isGone, nameOf, PRINTS_AND_ENDS, REGION, STEPS, textOf } from './jobs-world';
import { clientOf } from './stage';
import { createTwoStepBackend } from './two-step-backend';
import { ENTRYPOINT } from './two-step-service';

const MINUTE = 60_000;

test('a job is prepared, started once, its log archived to the byte, and nothing of it is left', async () => {
  const world = await createJobsWorld();
  const jobId = await world.submit();
  const job = await world.until(jobId, isGone);
  expect(job).toMatchObject({ outcome: 'Succeeded', exitCode: 0, attempts: [{ placement: STEPS }] });
  expect(await world.logOf(jobId)).toBe(textOf(PRINTS_AND_ENDS));
  expect([world.programs.length, world.asked.filter((call) => call === 'start').length]).toEqual([1, 1]);
  expect(world.service.holds(nameOf(jobId))).toBe(false);
  expect(world.failures).toEqual([]);
});

test('args without a command follow the image’s entrypoint, and a placement that can not append is no place for them', async () => {
  const world = await createJobsWorld();
  const jobId = await world.submit({ args: ['--epochs', '3'] });
  await world.until(jobId, isGone);
  expect(world.programs).toEqual([[...ENTRYPOINT, '--epochs', '3']]);
  const records = await world.ports.jobs.read(jobId);
  expect(records?.job.row.plan?.placements).toEqual([STEPS]);
});

test('a program that fails ends its job with its exit code', async () => {
  const world = await createJobsWorld({ script: { prints: [], exit: { atMs: 1_000, code: 3 } } });
  const jobId = await world.submit();
  expect(await world.until(jobId, isGone)).toMatchObject({
    outcome: 'Failed',
    exitCode: 3,
    reason: { code: 'exit-code', class: 'user' },
    attempts: [{ placement: STEPS }],
  });
});

test('a job that is canceled before its preparation is never prepared', async () => {
  const world = await createJobsWorld();
  const jobId = await world.submit();
  await cancel(world.ports, jobId);
  expect(await world.until(jobId, isGone)).toMatchObject({ outcome: 'Canceled' });
  expect(world.asked).not.toContain('define');
});

test('a job that is canceled after its preparation is never started, and its definition is deleted before it counts as gone', async () => {
  const world = await createJobsWorld({ times: { defineMs: 3 * MINUTE } });
  const jobId = await world.submit();
  await world.pass(MINUTE);
  expect(world.service.holds(nameOf(jobId))).toBe(true);
  await cancel(world.ports, jobId);
  expect(await world.until(jobId, isGone)).toMatchObject({ outcome: 'Canceled' });
  expect(world.asked).not.toContain('start');
  expect(world.service.holds(nameOf(jobId))).toBe(false);
});

test('a job that is canceled while its image is pulled is stopped, and its program never runs', async () => {
  const world = await createJobsWorld({ times: { pullMs: 5 * MINUTE } });
  const jobId = await world.submit();
  await world.until(jobId, ({ attempts }) => attempts[0]?.phase === 'pulling');
  await cancel(world.ports, jobId);
  expect(await world.until(jobId, isGone)).toMatchObject({ outcome: 'Canceled' });
  await world.pass(10 * MINUTE);
  expect(world.programs).toEqual([]);
});

test('a start that is refused leaves its definition due, never gone while it stands; the next placement is tried', async () => {
  const world = await createJobsWorld({
    service: { refusesStart: () => ({ code: 'NoCapacity', message: 'There is no room for it now.' }) },
  });
  const jobId = await world.submit();
  const job = await world.until(jobId, isGone);
  expect(job).toMatchObject({
    outcome: 'Succeeded',
    attempts: [
      { placement: STEPS, reason: { code: 'capacity' }, cleanup: 'gone' },
      { placement: REGION, exitCode: 0, cleanup: 'gone' },
    ],
  });
  const cleanups = world.stored.filter(({ number }) => number === 1).map(({ cleanup }) => cleanup);
  expect([...new Set(cleanups)]).toEqual(['none', 'due', 'requested', 'gone']);
  expect(world.programs).toEqual([]);
  expect(world.service.holds(nameOf(jobId))).toBe(false);
});

test('a definition that the platform fails is removed, and the next placement is tried', async () => {
  const world = await createJobsWorld({ service: { failsDefinition: () => 'No such environment.' } });
  const jobId = await world.submit();
  const job = await world.until(jobId, isGone);
  expect(job).toMatchObject({
    outcome: 'Succeeded',
    attempts: [{ placement: STEPS }, { placement: REGION }],
  });
  expect(job.attempts[0]?.reason?.message).toContain('No such environment.');
  expect(world.asked).not.toContain('start');
  expect(world.service.holds(nameOf(jobId))).toBe(false);
});

test('a job that Container Instances refuses runs in two steps next', async () => {
  const world = await createJobsWorld({ aci: { quotas: { ContainerGroups: 0 } } });
  const jobId = await world.submit({ placements: [REGION, STEPS] });
  expect(await world.until(jobId, isGone)).toMatchObject({
    outcome: 'Succeeded',
    attempts: [
      { placement: REGION, reason: { code: 'quota' } },
      { placement: STEPS, exitCode: 0 },
    ],
  });
});

test('a definition that takes minutes is waited for, and prepared with the same marks each time', async () => {
  const marks = new Set<string>();
  const world = await createJobsWorld({
    times: { defineMs: 215_000 },
    onCall: (call, name, service) => {
      if (call !== 'definition') return;
      const shown = service.definition(name);
      if (shown.ok) marks.add(JSON.stringify(shown.body.marks));
    },
  });
  const jobId = await world.submit();
  expect(await world.until(jobId, isGone)).toMatchObject({ outcome: 'Succeeded', attempts: [{ number: 1 }] });
  expect(marks.size).toBe(1);
});

test('the time of a run begins with its program, not when the platform says that it runs', async () => {
  const world = await createJobsWorld({
    times: { pullMs: 2 * MINUTE },
    script: { prints: [], exit: { atMs: 50_000, code: 0 } },
  });
  // Longer than the program, shorter than pull and program together.
  const jobId = await world.submit({ deadlines: { running: 100 } });
  await world.until(jobId, ({ attempts }) => attempts[0]?.phase === 'pulling');
  const running = await world.until(jobId, ({ state }) => state === 'Running');
  expect(world.programs).toHaveLength(1);
  expect(running.attempts[0]?.phase).toBe('running');
  expect(await world.until(jobId, isGone)).toMatchObject({ outcome: 'Succeeded' });
});

test('a start whose answer is lost is found, and not sent again', async () => {
  let isLost = false;
  const world = await createJobsWorld({
    onCall: (call, name, service) => {
      if (call !== 'start' || isLost) return;
      isLost = true;
      service.start(name);
      throw new RetryableError('No answer came in time.');
    },
  });
  const jobId = await world.submit();
  expect(await world.until(jobId, isGone)).toMatchObject({ outcome: 'Succeeded', attempts: [{ number: 1 }] });
  expect([world.programs.length, world.asked.filter((call) => call === 'start').length]).toEqual([1, 1]);
});

test('a definition that no row knows is swept when it is old enough, and no stranger’s', async () => {
  const world = await createJobsWorld();
  const { id: owner } = await world.ports.owner.get();
  const backend = createTwoStepBackend(STEPS, clientOf(world.service));
  const jobId = `j${'0'.repeat(19)}`;
  const request = (of: string, attempt: number) => ({
    ref: { name: nameOf(jobId, attempt), placement: STEPS, owner: of, jobId, attempt },
    spec: { image: 'example/program:1' },
    secrets: {},
    createdAt: world.now(),
    expiresAt: world.now() + 24 * 60 * MINUTE,
    timeoutMs: 10_000,
  });
  await backend.prepare?.(request(owner, 1));
  await backend.prepare?.(request('somebody-else', 2));
  await world.pass(14 * MINUTE);
  expect(world.service.holds(nameOf(jobId, 1))).toBe(true);
  await world.pass(3 * MINUTE);
  expect(world.service.holds(nameOf(jobId, 1))).toBe(false);
  expect(world.service.holds(nameOf(jobId, 2))).toBe(true);
});
