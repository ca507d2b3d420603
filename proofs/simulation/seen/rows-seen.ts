// Watches the rows of all jobs: for the states that faults aim at, and for the public view.
import type { JobView } from '../../../api/jobs';
import { jobView } from '../../../api/views/job-view';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { CancelRow, JobRow } from '../../../domain/job/job';
import { attemptOfName } from '../../../domain/job/names';
import type { JobRecords, JobStore, RowChange } from '../../../domain/ports/job-store';

interface SeenJob {
  job: JobRow;
  cancel: CancelRow | undefined;
  readonly attempts: Map<number, AttemptRow>;
}

/** Called at every change that can be seen from outside. */
export type OnChange = (jobId: string, view: JobView) => void;

export class RowsSeen {
  readonly #jobs = new Map<string, SeenJob>();
  readonly #onChange: OnChange;

  constructor(onChange: OnChange) {
    this.#onChange = onChange;
  }

  /** The same store, watched. */
  watch(store: JobStore): JobStore {
    return {
      read: (jobId) => store.read(jobId),
      insert: async (row) => {
        const inserted = await store.insert(row);
        if (inserted === 'inserted') {
          this.#jobs.set(row.jobId, { job: row, cancel: undefined, attempts: new Map() });
          this.#changed(row.jobId);
        }
        return inserted;
      },
      commit: async (jobId, changes) => {
        const done = await store.commit(jobId, changes);
        if (done === 'done') this.#take(jobId, changes);
        return done;
      },
    };
  }

  jobIds(): string[] {
    return [...this.#jobs.keys()];
  }

  job(jobId: string): JobRow | undefined {
    return this.#jobs.get(jobId)?.job;
  }

  attempt(jobId: string, number: number): AttemptRow | undefined {
    return this.#jobs.get(jobId)?.attempts.get(number);
  }

  view(jobId: string): JobView | undefined {
    const records = this.records(jobId);
    return records === undefined ? undefined : jobView(records);
  }

  records(jobId: string): JobRecords | undefined {
    const seen = this.#jobs.get(jobId);
    if (seen === undefined) return undefined;
    const attempts = [...seen.attempts.values()].map((row) => ({ row, etag: '' }));
    return { job: { row: seen.job, etag: '' }, cancel: seen.cancel, attempts };
  }

  /** The state of the job, or of this attempt of it, in one word. */
  stateOf(jobId: string | undefined, number?: number): string {
    if (jobId === undefined) return '-';
    const seen = this.#jobs.get(jobId);
    if (seen === undefined) return 'no-row';
    const attempt = seen.attempts.get(number ?? seen.job.attempt);
    if (attempt === undefined) return seen.job.state;
    if (attempt.verdict === undefined) {
      if (attempt.intent.kind === 'none' && seen.job.state !== 'active') return seen.job.state;
      if (attempt.intent.kind === 'none') return attempt.preparedAt === undefined ? 'create' : 'prepare';
      return attempt.seen ? attempt.phase : 'look';
    }
    if (attempt.cleanup === 'none') return 'archiving';
    if (attempt.cleanup === 'requested') return seen.job.state === 'active' ? 'settle' : 'requested';
    return attempt.cleanup;
  }

  /** The state of the job, whatever its attempts do. */
  jobStateOf(jobId: string | undefined): string {
    if (jobId === undefined) return '-';
    return this.#jobs.get(jobId)?.job.state ?? 'no-row';
  }

  stateOfName(name: string): string {
    const of = attemptOfName(name);
    return of === undefined ? '-' : this.stateOf(of.jobId, of.attempt);
  }

  #take(jobId: string, changes: readonly RowChange[]): void {
    const seen = this.#jobs.get(jobId);
    if (seen === undefined) return;
    for (const change of changes) {
      if (change.kind === 'replace-job') seen.job = change.row;
      else if (change.kind === 'insert-cancel') seen.cancel ??= change.row;
      else seen.attempts.set(change.row.number, change.row);
    }
    this.#changed(jobId);
  }

  #changed(jobId: string): void {
    const view = this.view(jobId);
    if (view !== undefined) this.#onChange(jobId, view);
  }
}
