// A process that dies at any call of a job's story in two steps: there is one program, its whole log, and nothing left.
import type { Ports } from '../../jobs/ports';
import { dyingPorts, type Life } from '../support/app/dying-ports';
import { createJobsWorld, isGone, nameOf, STEPS, textOf } from './jobs-world';

const HOUR = 3_600_000;
const SCRIPT = {
  prints: [100, 200, 4_000].map((atMs) => ({ atMs, text: 'the same again\n' })),
  exit: { atMs: 5_000, code: 0 },
};

/** Of all calls that the activities make of their ports, backends included, one is the last of its process. */
function dyingOnce(at: number, effect: 'before' | 'after') {
  const lives: Life[] = [];
  const calls = (): number => lives.reduce((sum, life) => sum + life.calls, 0);
  const around = (ports: Ports): Ports => {
    const backends = Object.fromEntries(
      ports.placements.map(({ name }) => [`backend ${name}`, ports.backendOf(name)]),
    );
    const { ports: dying, life } = dyingPorts({ ...ports, ...backends }, at - calls(), effect);
    lives.push(life);
    const backendOf = (name: string): ReturnType<Ports['backendOf']> => {
      const members: Readonly<Record<string, unknown>> = dying;
      return members[`backend ${name}`] as ReturnType<Ports['backendOf']>;
    };
    return { ...dying, pace: ports.pace, backendOf };
  };
  return { around, calls, hasDied: () => lives.some(({ dead }) => dead) };
}

async function run(at: number, effect: 'before' | 'after') {
  const process = dyingOnce(at, effect);
  const times = { defineMs: 1_000, pullMs: 1_000, stopMs: 500, deleteMs: 1_000 };
  const world = await createJobsWorld({ script: SCRIPT, times, around: process.around });
  const jobId = await world.submit({ placements: [STEPS] });
  const job = await world.until(jobId, isGone, 2 * HOUR);
  const last = job.attempts.length;
  return {
    calls: process.calls(),
    hasDied: process.hasDied(),
    told: {
      outcome: job.outcome,
      programs: world.programs.length,
      log: await world.logOf(jobId, last),
      left: job.attempts.filter(({ number }) => world.service.holds(nameOf(jobId, number))).length,
    },
  };
}

test.each(['before', 'after'] as const)(
  'a death %s the effect of any call costs neither the job nor a byte, and runs nothing twice',
  async (effect) => {
    const whole = { outcome: 'Succeeded', programs: 1, log: textOf(SCRIPT), left: 0 };
    const undisturbed = await run(Infinity, effect);
    expect(undisturbed.told).toEqual(whole);
    expect(undisturbed.calls).toBeGreaterThan(20);
    for (let at = 1; at <= undisturbed.calls; at += 1) {
      const { told, hasDied } = await run(at, effect);
      expect({ at, hasDied, ...told }).toEqual({ at, hasDied: true, ...whole });
    }
  },
  120_000,
);
