// A process that is killed at any request of a job on Container Apps, above all around its start: one program, its
// whole log, nothing left.
import { readLogs } from '../../../jobs/logs/read-logs';
import type { Fault } from '../../../standins/container-apps/faults/fault';
import type { WireRequest } from '../../../standins/wire/handler';
import { NEW_YEAR } from '../../support/rows';
import {
  type AppsWorld,
  createAppsWorld,
  HOUR,
  isGone,
  MINUTE,
} from '../../support/world/container-apps-world';
import { awayWhile, dyingAt } from '../../support/world/dying-process';

const PRINTS = [100, 200, 4_000].map((atMs, index) => ({ atMs, text: `line ${index}\n` }));
const SCRIPT = { prints: PRINTS, exit: { atMs: 5_000, code: 0 } };
const WHOLE = PRINTS.map(({ text }) => text).join('');

const isPut = ({ method }: WireRequest): boolean => method === 'PUT';
const isStart = ({ method, url }: WireRequest): boolean =>
  method === 'POST' && url.pathname.endsWith('/start');

interface Told {
  readonly outcome: string | undefined;
  /** By attempt: starts that were sent, and programs. */
  readonly starts: readonly number[];
  readonly programs: readonly number[];
  readonly log: string;
  readonly left: object;
}

async function untilGone(world: AppsWorld, submitted?: string): Promise<Told> {
  const jobId = submitted ?? (await world.submit());
  const { outcome, attempts } = await world.until(jobId, isGone, 3 * HOUR);
  const ledgers = attempts.map(({ number }) => world.ledgerOf(jobId, number));
  return {
    outcome,
    starts: ledgers.map(({ starts }) => starts),
    programs: ledgers.map(({ programs }) => programs.length),
    log: await world.logOf(jobId, attempts.length),
    left: world.stage.standIn.left(),
  };
}

const NOTHING = { jobs: [], executions: [] };

test.each(['before', 'after'] as const)(
  'a death %s the effect of any request costs neither the job nor a line, and runs nothing twice',
  async (effect) => {
    const run = async (at: number): Promise<{ told: Told; requests: number; hasDied: boolean }> => {
      const process = dyingAt((_request, n) => n === at, effect);
      const world = await createAppsWorld({ script: () => SCRIPT, ...process });
      return { told: await untilGone(world), requests: process.requests(), hasDied: process.hasDied() };
    };
    const { told: undisturbed, requests } = await run(Infinity);
    const whole = { outcome: 'Succeeded', log: WHOLE, left: NOTHING };
    expect(undisturbed).toEqual({ ...whole, starts: [1], programs: [1] });
    expect(requests).toBeGreaterThan(20);
    for (let at = 1; at <= requests; at += 1) {
      const { told, hasDied } = await run(at);
      const { starts, programs, ...rest } = told;
      expect({ at, hasDied, ...rest }).toEqual({ at, hasDied: true, ...whole });
      expect({ at, most: Math.max(...starts), programs: programs.reduce((sum, n) => sum + n, 0) }).toEqual({
        at,
        most: 1,
        programs: 1,
      });
    }
  },
  120_000,
);

describe('a process that is killed', () => {
  test.each(['before', 'after'] as const)(
    '%s the PUT of the definition is followed by one that starts it once',
    async (effect) => {
      const world = await createAppsWorld({ script: () => SCRIPT, ...dyingAt(isPut, effect) });
      const told = { outcome: 'Succeeded', starts: [1], programs: [1], log: WHOLE, left: NOTHING };
      expect(await untilGone(world)).toEqual(told);
    },
  );

  test('between PUT and start, its intent written, is followed by none that starts: the next attempt runs', async () => {
    const world = await createAppsWorld({ script: () => SCRIPT, ...dyingAt(isStart, 'before') });
    const told = { outcome: 'Succeeded', starts: [0, 1], programs: [0, 1], log: WHOLE, left: NOTHING };
    expect(await untilGone(world)).toEqual(told);
  });

  const FATES: readonly (readonly [string, readonly Fault[], readonly number[]])[] = [
    ['takes effect at once', [], [1]],
    ['takes effect after a minute', [late(MINUTE)], [1]],
    ['takes effect just under the time after which its fate is known', [late(599_000)], [1]],
    ['never takes effect', [{ kind: 'lost-answer', of: 'start', effect: false, count: 1 }], [0, 1]],
  ];
  test.each(FATES)(
    'between start and its answer runs one program, where the start %s',
    async (_fate, faults, programs) => {
      const world = await createAppsWorld({ faults, script: () => SCRIPT, ...dyingAt(isStart, 'after') });
      const starts = programs.map(() => 1);
      expect(await untilGone(world)).toEqual({
        outcome: 'Succeeded',
        starts,
        programs,
        log: WHOLE,
        left: NOTHING,
      });
    },
  );

  test('between start and its answer runs one program, where nobody is there until it has ended', async () => {
    const killed = dyingAt(isStart, 'after');
    const away = awayWhile(() => killed.hasDied() && world.now() < NEW_YEAR + 2 * HOUR);
    const world = await createAppsWorld({
      script: () => SCRIPT,
      around: (ports) => away.around(killed.around(ports)),
      way: (service) => away.way(killed.way(service)),
    });
    // The platform keeps no stream of a replica for two hours; that its text is missing stands in the archive.
    const told = { outcome: 'Succeeded', starts: [1], programs: [1], log: '', left: NOTHING };
    const jobId = await world.submit();
    expect(await untilGone(world, jobId)).toEqual(told);
    const ref = { jobId, attempt: 1, container: 'program' };
    const log = await readLogs(world.ports.logArchive, ref, { from: 0, maxBytes: 10 });
    expect(log).toMatchObject({ final: true, gaps: [{ at: 0 }] });
  });

  test('after the answer of the start, before it is written, leaves one program and no second start', async () => {
    // The first read after the start is that of the next step.
    let started = false;
    const isAfterStart = (request: WireRequest): boolean => {
      const isNext = started;
      started ||= isStart(request);
      return isNext;
    };
    const world = await createAppsWorld({ script: () => SCRIPT, ...dyingAt(isAfterStart, 'before') });
    const told = { outcome: 'Succeeded', starts: [1], programs: [1], log: WHOLE, left: NOTHING };
    expect(await untilGone(world)).toEqual(told);
  });
});

function late(ms: number): Fault {
  return { kind: 'late-start', ms, answer: 'ok', count: 1 };
}
