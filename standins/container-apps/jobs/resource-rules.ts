// How much CPU and memory the containers of a job may ask for together, by the profile that they run on.
import { ArmFault } from '../../wire/arm-error';
import { profileType } from '../environments/profile-types';
import type { ContainerSpec } from './container-spec';

/** Steps of the consumption plan: 0.25 vCPU with 0.5 GiB each (docs/facts/container-apps.md#cpu-and-memory). */
const CPU_STEP = 0.25;
const GIB_PER_CPU = 2;
/** The largest pair without profiles, and with them. */
const MOST_CPU = { withoutProfiles: 2, withProfiles: 4 } as const;

/**
 * `type`: the type of the job's profile; undefined in an environment without profiles. Throws 400. The refusal and its
 * words are reported of container apps; whether a job uses the same is not known.
 */
export function checkResources(containers: readonly ContainerSpec[], type: string | undefined): void {
  const cpu = sum(containers.map(({ resources }) => resources.cpu));
  const memory = sum(containers.map(({ resources }) => gibibytes(resources.memory)));
  const profile = type === undefined ? undefined : profileType(type);
  if (!profile || profile.name === 'Consumption') {
    const pairs = allowedPairs(MOST_CPU[profile ? 'withProfiles' : 'withoutProfiles']);
    if (!pairs.some((pair) => pair.cpu === cpu && pair.memory === memory))
      throw wrongTotal(cpu, memory, pairs);
    return;
  }
  if (cpu > 0 && cpu <= profile.cores && memory > 0 && memory <= profile.memoryGiB) return;
  throw new ArmFault(
    400,
    'ContainerAppInvalidResourceTotal',
    `The total requested CPU and memory resources for this application (CPU: ${shown(cpu)}, memory: ${tenths(memory)}) is invalid. Total CPU and memory must not exceed what workload profile type '${profile.name}' has: [cpu: ${profile.cores}, memory: ${profile.memoryGiB}Gi]`,
  );
}

/** GiB of a text such as `0.5Gi`. Throws 400 for another. */
function gibibytes(memory: string): number {
  const found = /^(\d+(?:\.\d+)?)Gi$/.exec(memory)?.[1];
  if (found === undefined)
    throw new ArmFault(
      400,
      'ContainerAppInvalidResource',
      `Memory '${memory}' is invalid. It must be a number of GiB, such as '0.5Gi'.`,
    );
  return Number(found);
}

interface Pair {
  readonly cpu: number;
  readonly memory: number;
}

function allowedPairs(mostCpu: number): Pair[] {
  return Array.from({ length: mostCpu / CPU_STEP }, (_, index) => {
    const cpu = (index + 1) * CPU_STEP;
    return { cpu, memory: cpu * GIB_PER_CPU };
  });
}

function wrongTotal(cpu: number, memory: number, pairs: readonly Pair[]): ArmFault {
  const list = pairs.map((pair) => `[cpu: ${tenths(pair.cpu)}, memory: ${tenths(pair.memory)}Gi]`).join('; ');
  return new ArmFault(
    400,
    'ContainerAppInvalidResourceTotal',
    `The total requested CPU and memory resources for this application (CPU: ${shown(cpu)}, memory: ${tenths(memory)}) is invalid. Total CPU and memory for all containers defined in a Container App must add up to one of the following CPU - Memory combinations: ${list}`,
  );
}

/** With one digit at least, as the reported sentence writes them: `1.0`, `0.25`. */
function tenths(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : shown(value);
}

function shown(value: number): string {
  return String(Number(value.toFixed(4)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
