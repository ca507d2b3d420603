// What an answer of the API server tells about the rate of requests. Pure.
import type { PaceReport } from '../../domain/placement/pace';
import type { ClusterAnswer, ClusterRequest } from './cluster/cluster-api';

const KINDS: Readonly<Record<ClusterRequest['method'], PaceReport['kind']>> = {
  GET: 'read',
  POST: 'create',
  PATCH: 'create',
  DELETE: 'delete',
};

const TOO_MANY_REQUESTS = 429;

/** The API server tells of a limit only when it is reached (docs/facts/kubernetes.md#requests). */
export function paceReport(
  method: ClusterRequest['method'],
  { status, retryAfterS }: Pick<ClusterAnswer, 'status' | 'retryAfterS'>,
): PaceReport {
  const throttled = status === TOO_MANY_REQUESTS;
  const wait = throttled && retryAfterS !== undefined ? { retryAfterMs: retryAfterS * 1000 } : {};
  return { kind: KINDS[method], throttled, ...wait };
}
