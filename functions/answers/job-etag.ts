// The version of a job as HTTP tells it: what conditional requests compare.
import { createHash } from 'node:crypto';

import { jobView } from '../../api/views/job-view';
import type { JobRecords } from '../../domain/ports/job-store';

/** Weak: the cost so far grows with time and is left out, all else of the view is in. */
export function jobEtag(records: JobRecords): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(jobView(records)))
    .digest('base64url');
  return `W/"${hash.slice(0, 22)}"`;
}

/** Whether an If-None-Match header names this version (RFC 9110, weak comparison). */
export function isKnownBy(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const opaque = etag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => ['*', opaque].includes(tag.trim().replace(/^W\//, '')));
}
