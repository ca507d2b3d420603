// JobLists in memory, for tests and simulations: each call is one step.
import { TerminalError } from '../../../domain/errors';
import { guardKey, keyRange, listPrefix, placeIn } from '../../../domain/lists/job-list-key';
import type { JobSummary } from '../../../domain/lists/job-summary';
import { type JobLists, type JobRange, listingsOf, type SummaryPage } from '../../../domain/ports/job-lists';
import type { Versioned } from '../../../domain/ports/job-store';
import { step } from './step';

export class MemoryJobLists implements JobLists {
  readonly #jobs = new Map<string, { readonly text: string; readonly etag: string }>();
  #writes = 0;

  read(jobId: string): Promise<Versioned<JobSummary> | undefined> {
    return step(() => this.listed(jobId));
  }

  write(
    summary: JobSummary,
    previous: Versioned<JobSummary> | undefined,
  ): Promise<{ readonly kind: 'done'; readonly etag: string } | { readonly kind: 'changed' }> {
    return step(() => {
      if (this.#jobs.get(summary.id)?.etag !== previous?.etag) return { kind: 'changed' };
      const etag = `"${(this.#writes += 1)}"`;
      this.#jobs.set(summary.id, { text: JSON.stringify(summary), etag });
      return { kind: 'done', etag };
    });
  }

  page(range: JobRange, limit: number, continuation?: string): Promise<SummaryPage> {
    return step(() => {
      if (!Number.isInteger(limit) || limit < 1) throw new TerminalError(`No page of ${limit} jobs`);
      const { after, before } = keyRange(range, continuation);
      const prefix = listPrefix(range.listing);
      const found = [...this.#jobs.keys()]
        .map((jobId) => this.listed(jobId)?.row)
        .filter((job) => job !== undefined)
        .flatMap((job) => {
          if (range.listing.kind === 'id') return [{ job, key: guardKey(job.id) }];
          const isListed = listingsOf(job).some((listing) => listPrefix(listing) === prefix);
          return isListed ? [{ job, key: `${prefix}${placeIn(range.listing, job)}` }] : [];
        })
        .filter(({ key }) => key > after && key < before)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const jobs = found.slice(0, limit).map(({ job }) => job);
      const last = jobs.at(-1);
      return {
        jobs,
        ...(found.length > limit && last !== undefined ? { continuation: placeIn(range.listing, last) } : {}),
      };
    });
  }

  /** For checkers: what the lists say of a job, without a step. */
  listed(jobId: string): Versioned<JobSummary> | undefined {
    const found = this.#jobs.get(jobId);
    return found === undefined ? undefined : { row: JSON.parse(found.text) as JobSummary, etag: found.etag };
  }
}
