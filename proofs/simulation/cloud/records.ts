// The records of all platforms of a run as one. One name may stand on one platform for a job and on another for a
// stranger.
import type { CloudListener, CloudRecord, GroupFacts } from './cloud-record';

export class Records {
  readonly #records: readonly CloudRecord[];

  constructor(records: readonly CloudRecord[]) {
    this.#records = records;
  }

  set listener(listener: CloudListener) {
    for (const record of this.#records) record.listener = listener;
  }

  /** The latest workload of each name on each platform. */
  get groups(): readonly GroupFacts[] {
    return this.#records.flatMap((record) => [...record.groups.values()]);
  }

  /** How many workloads there ever were. */
  get count(): number {
    return this.#records.reduce((sum, { groups, past }) => sum + groups.size + past.length, 0);
  }

  /** The workload of this name that carries a job's tags, if there is one. */
  group(name: string): GroupFacts | undefined {
    const found = this.#records.flatMap((record) => record.group(name) ?? []);
    return found.find(({ tags }) => tags['gpu-jobs-job'] !== undefined) ?? found[0];
  }

  /**
   * What the attempt of this name was on its platform. A preparation that never began may stand where the workload was
   * removed: a process that stood still has sent it late. The attempt was then the workload before it.
   */
  ofAttempt(name: string): GroupFacts | undefined {
    const latest = this.group(name);
    if (latest === undefined || latest.begun) return latest;
    const earlier = this.#records.flatMap(({ past }) =>
      past.filter((one) => one.name === name && one.begun && one.tags['gpu-jobs-job'] !== undefined),
    );
    return earlier.at(-1) ?? latest;
  }

  /** Whether a process was shown how its program ended, at this instant of that process's clock. */
  wasEndShown(name: string, at: number): boolean {
    return this.#records.some((record) => record.wasEndShown(name, at));
  }

  isLatePreparation(group: GroupFacts): boolean {
    return this.#records.some(
      (record) => record.group(group.name) === group && record.isLatePreparation(group),
    );
  }

  /** All workloads on the same platform, this one included. */
  groupsBeside(group: GroupFacts): readonly GroupFacts[] {
    const record = this.#records.find((one) => one.group(group.name) === group);
    return record === undefined ? [] : [...record.groups.values()];
  }

  /** How many creates the deployment has sent for this name. */
  creates(deployment: string, name: string): number {
    return this.#records.reduce((sum, { puts }) => sum + (puts.get(`${deployment} ${name}`) ?? 0), 0);
  }

  isUndeletable(name: string): boolean {
    return this.#records.some(({ undeletable }) => undeletable.has(name));
  }

  /** When the last delete of it was sent, whatever became of it, epoch milliseconds; 0: never. */
  deleteSentAt(name: string): number {
    return Math.max(...this.#records.map((record) => record.deleteSentAt(name) ?? 0));
  }
}
