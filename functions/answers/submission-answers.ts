// The answers to a submission over HTTP, on whichever route it came.
import type { HttpResponseInit } from '@azure/functions';

import type { SubmittedGroup } from '../../api/groups';
import type { Submitted } from '../../api/submissions';
import { groupLinks } from '../../api/views/group-view';
import { GROUP_ID } from '../../domain/group/group';
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

/** `notes`: what became of the document's fields that a spec does not have. */
export function acceptedGroup(
  { groupId, members }: { readonly groupId: string; readonly members: number },
  notes: readonly Note[],
): HttpResponseInit {
  const links = groupLinks(groupId);
  return {
    status: 202,
    headers: { location: links.self },
    jsonBody: {
      id: groupId,
      state: 'Queued',
      members,
      links,
      ...(notes.length === 0 ? {} : { notes: [...notes] }),
    } satisfies SubmittedGroup,
  };
}

/** `id`: of the job or the group that the key has made. */
export function keyUsedAlready(id: string): HttpResponseInit {
  const isGroup = GROUP_ID.test(id);
  const detail = `The key has made ${isGroup ? 'group' : 'job'} ${id} from another spec. Use a new key for a new job.`;
  return problem(409, 'Idempotency key used already', detail, isGroup ? { groupId: id } : { jobId: id });
}

export function noPlacement(refusals: Readonly<Record<string, string>>): HttpResponseInit {
  const errors = Object.entries(refusals).map(([placement, why]) => ({
    pointer: '/placements',
    placement,
    detail: why,
  }));
  return problem(400, 'No placement can hold the job', refusalsInWords(refusals), { errors });
}
