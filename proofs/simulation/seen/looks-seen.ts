// Watches what each look at a workload told the process that took it. A verdict is judged by that, not by its words.
import type { Clock } from '../../../domain/ports/clock';
import type { Observation } from '../../../domain/ports/compute-backend';
import type { Ports } from '../../../jobs/ports';

export class LooksSeen {
  /** By workload and instant. Two processes may look at one workload in the same millisecond of their clocks. */
  readonly #kinds = new Map<string, Set<Observation['kind']>>();

  /** The backends of one process, watched. `clock` is the one by which that process dates its verdicts. */
  watch(backendOf: Ports['backendOf'], clock: Pick<Clock, 'now'>): Ports['backendOf'] {
    return (placement) => {
      const backend = backendOf(placement);
      return {
        ...backend,
        observe: async (ref) => {
          const observation = await backend.observe(ref);
          const key = keyOf(ref.name, clock.now());
          const kinds = this.#kinds.get(key) ?? new Set();
          this.#kinds.set(key, kinds.add(observation.kind));
          return observation;
        },
      };
    };
  }

  /**
   * Whether a look at this workload showed one of these at this instant, epoch milliseconds by the clock of the process
   * that looked.
   */
  told(name: string, at: number | undefined, ...kinds: readonly Observation['kind'][]): boolean {
    const told = at === undefined ? undefined : this.#kinds.get(keyOf(name, at));
    return told !== undefined && kinds.some((kind) => told.has(kind));
  }
}

function keyOf(name: string, at: number): string {
  return `${name} ${at}`;
}
