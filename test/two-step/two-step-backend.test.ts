// The backend in two steps keeps the contract of all backends, and the parts that no other backend has.
import { type BackendStage, refOn, requestOf, SPEC, TOO_LARGE } from '../contract/backend-stage';
import { describeComputeBackend } from '../contract/compute-backend';
import { HELLO, setTwoStepStage, TIMES } from './stage';
import { createTwoStepBackend } from './two-step-backend';
import { twoStepFacts } from './two-step-facts';
import { ENTRYPOINT } from './two-step-service';

const PLACEMENT = 'anywhere';

function onService(): BackendStage {
  const { client, advance, asked, programs, refuseStarts } = setTwoStepStage();
  return {
    backend: createTwoStepBackend(PLACEMENT, client),
    facts: twoStepFacts(),
    placement: PLACEMENT,
    advance,
    preparing: { spec: SPEC, secrets: {} },
    untilReady: TIMES.defineMs,
    untilRunning: TIMES.pullMs,
    runs: HELLO.exit?.atMs ?? 0,
    untilGone: TIMES.stopMs + TIMES.deleteMs,
    creates: () => asked.filter((call) => call === 'start').length,
    starts: () => programs.length,
    commandLine: () => programs.at(-1) ?? [],
    entrypoint: ENTRYPOINT,
    invalid: TOO_LARGE,
    refuseCreates: refuseStarts,
  };
}

describeComputeBackend('A platform in two steps', onService);

test('lines of one second are told apart by how many were taken', async () => {
  const { client, advance } = setTwoStepStage({
    // The program starts at a whole second: the first three lines, all alike, end in it, the last in the next one.
    prints: [100, 200, 700, 1_100].map((atMs) => ({ atMs, text: 'same\n' })),
  });
  const backend = createTwoStepBackend(PLACEMENT, client);
  const ref = refOn(onService());
  await backend.prepare?.(requestOf(ref));
  advance(TIMES.defineMs);
  await backend.create(requestOf(ref));
  advance(TIMES.pullMs);
  let archived = '';
  let position: string | undefined;
  const served: string[] = [];
  for (const ms of [250, 250, 250, 1_000]) {
    advance(ms);
    const cursor = position === undefined ? undefined : { at: archived.length, position };
    const read = await backend.logs(ref, cursor);
    if (read.kind !== 'after') throw new Error(`the log is ${read.kind}`);
    served.push(read.bytes.toString());
    archived += read.bytes.toString();
    position = read.position;
  }
  expect(served).toEqual(['same\nsame\n', '', 'same\n', 'same\n']);
});

test('a start that takes effect when its definition is gone is present all the same, and is removed', async () => {
  const { client, service, advance } = setTwoStepStage();
  const backend = createTwoStepBackend(PLACEMENT, client);
  const ref = refOn(onService());
  await backend.prepare?.(requestOf(ref));
  advance(TIMES.defineMs);
  const effect = service.accept(ref.name);
  await backend.remove(ref);
  advance(TIMES.deleteMs);
  expect(await backend.observe(ref)).toEqual({ kind: 'absent' });
  if (typeof effect === 'function') effect();
  expect(await backend.observe(ref)).toMatchObject({ kind: 'present', workload: { started: 'perhaps' } });
  const sent: string[] = [];
  for (let step = 0; step < 3; step += 1) {
    sent.push((await backend.remove(ref)).sent);
    advance(TIMES.stopMs + TIMES.deleteMs);
  }
  expect(sent).toEqual(['stop', 'delete', 'nothing']);
  expect(await backend.observe(ref)).toEqual({ kind: 'absent' });
});
