// The answers to a submission over HTTP, on whichever route it came.
import type { HttpResponseInit } from '@azure/functions';

import type { Submitted } from '../../api/submissions';
import { refusalsInWords } from '../../domain/placement/refusals';
import type { SpecChange } from '../../domain/spec/spec-overrides';
import type { Note } from '../../formats/document';
import { problem } from './problem';

/**
 * `notes`: what became of the document's fields that a spec does not have. `changed`: what overrides changed of the
 * spec.
 */
export function accepted(
  id: string,
  {
    notes = [],
    changed = [],
  }: { readonly notes?: readonly Note[]; readonly changed?: readonly SpecChange[] },
): HttpResponseInit {
  const self = `/api/jobs/${id}`;
  return {
    status: 202,
    headers: { location: self },
    jsonBody: {
      id,
      state: 'Queued',
      links: { self, logs: `${self}/logs`, cancel: `${self}/cancel` },
      ...(notes.length === 0 ? {} : { notes: [...notes] }),
      ...(changed.length === 0 ? {} : { changed: [...changed] }),
    } satisfies Submitted,
  };
}

export function keyUsedAlready(jobId: string): HttpResponseInit {
  const detail = `The key has made job ${jobId} from another spec. Use a new key for a new job.`;
  return problem(409, 'Idempotency key used already', detail, { jobId });
}

export function noPlacement(refusals: Readonly<Record<string, string>>): HttpResponseInit {
  const errors = Object.entries(refusals).map(([placement, why]) => ({
    pointer: '/placements',
    placement,
    detail: why,
  }));
  return problem(400, 'No placement can hold the job', refusalsInWords(refusals), { errors });
}
