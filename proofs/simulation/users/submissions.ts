// The specs that people submit: small, short, of every kind, some of them wrong.
import type { Random } from '../../../standins/kernel/random';
import type { World } from '../world/world';
import { PROGRAM_VARIABLE, randomProgram } from './program';

/** A secret that may be read only in the workload's own environment. */
export const SECRET = 'sim-literal-secret-5e1f';

/**
 * If a workload with such an image were ever asked for, its create would take effect late or be shown late (arm.ts).
 */
export const LATE_IMAGE = 'registry.example/late';

export interface Submission {
  readonly key: string;
  readonly door: 'http' | 'queue';
  readonly spec: Readonly<Record<string, unknown>>;
  /** Repetitions with the same key and, if `other`, another spec. */
  readonly again: readonly { readonly afterMs: number; readonly other: boolean }[];
  readonly atMs: number;
  readonly cancelAfterMs?: number;
  readonly valid: boolean;
}

/** What a placement has of the GPUs that it gives only by name. */
export interface ByName {
  readonly placement: string;
  readonly sku: string;
}

/**
 * `among`: the placements among which half of the specs name an order of their own; absent: one at most is named.
 * `byName`: some of the specs ask for it; absent: nothing is to be had by name alone.
 */
export function randomSubmission(
  { random, times }: World,
  index: number,
  withinMs: number,
  among?: readonly string[],
  byName?: ByName,
): Submission {
  const valid = !random.chance(0.06);
  const door = random.pick(['http', 'queue'] as const);
  return {
    key: `key-${index}`,
    door,
    spec: valid
      ? {
          ...validSpec(random, index, door, times.unknownFateS, among !== undefined),
          ...(among !== undefined && random.chance(0.5) ? { placements: someOf(random, among) } : {}),
          ...(byName === undefined ? {} : anyOrNamed(random, byName)),
        }
      : invalidSpec(random, index, times.unknownFateS),
    again: Array.from({ length: random.chance(0.25) ? random.int(1, 2) : 0 }, () => ({
      afterMs: random.int(0, random.pick([50, 60_000, 400_000])),
      other: random.chance(0.3),
    })),
    atMs: random.int(0, withinMs),
    ...(random.chance(0.25) ? { cancelAfterMs: random.int(0, random.pick([2_000, 120_000, 900_000])) } : {}),
    valid,
  };
}

function validSpec(
  random: Random,
  index: number,
  door: string,
  leastS: number,
  mayPrintMuch: boolean,
): Record<string, unknown> {
  const secret = door === 'http' && random.chance(0.3) ? { TOKEN: { secure: SECRET } } : {};
  return {
    image: `registry.example/program-${index}:1`,
    name: `job-${index}`,
    env: { [PROGRAM_VARIABLE]: JSON.stringify(randomProgram(random, mayPrintMuch)), ...secret },
    resources: { cpu: 1, memoryGb: 1 },
    ...(random.chance(0.6) ? { gpu: { count: 1, sku: 'V100' } } : {}),
    deadlines: {
      queued: random.pick([120, 600, 86_400]),
      provisioning: random.int(leastS, leastS * 1.2),
      pulling: random.int(50, 120),
      running: random.chance(0.05) ? 3_600 : random.pick([30, 60, 120, 240, 600]),
      archiving: random.int(20, 100),
    },
    retry: {
      attempts: random.int(1, 3),
      rerunAfterStart: random.chance(0.5),
      exitCodes: random.chance(0.3) ? [3, 42] : [],
    },
    ...(random.chance(0.3) ? { placements: [random.pick(['one', 'two'])] } : {}),
    labels: { index: String(index) },
  };
}

/** Some ask for any GPU, which never is the one to be had by name; some for that one, where it is. */
function anyOrNamed(random: Random, { placement, sku }: ByName): Record<string, unknown> {
  const kind = random.pick(['neither', 'any', 'named', 'named']);
  if (kind === 'any') return { gpu: { count: 1 } };
  return kind === 'named' ? { gpu: { count: random.int(1, 2), sku }, placements: [placement] } : {};
}

/** Two of them or more, in any order. */
function someOf(random: Random, all: readonly string[]): string[] {
  const left = [...all];
  const most = random.int(2, all.length);
  return Array.from({ length: most }, () => left.splice(random.int(0, left.length - 1), 1)).flat();
}

function invalidSpec(random: Random, index: number, leastS: number): Record<string, unknown> {
  return random.pick<Record<string, unknown>>([
    { image: '', name: `job-${index}` },
    { image: `registry.example/program-${index}:1`, gpu: { count: 3 } },
    { image: `registry.example/program-${index}:1`, placements: ['nowhere'] },
    { image: `registry.example/program-${index}:1`, unknown: true },
    // Shorter than a create's fate may stay unknown. It must be refused, because that fate may well come late.
    { image: `${LATE_IMAGE}-${index}:1`, deadlines: { provisioning: random.int(30, leastS / 2) } },
  ]);
}
