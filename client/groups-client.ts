// Groups over HTTP: the jobs of one array, counted, listed and canceled.
import { canceledGroupSchema, type GroupView, groupViewSchema } from '../api/groups';
import { jobListSchema } from '../api/jobs';
import type { JobSummary } from '../domain/lists/job-summary';
import type { Transport } from './transport';

export interface GroupsClient {
  /** Rejects with an ApiError of status 404 when there is no such group. */
  get(id: string): Promise<GroupView>;
  /** All members that the lists know, by their indexes. One request for every 200. */
  members(id: string): Promise<readonly JobSummary[]>;
  /** May be repeated. Resolves to the ids of the members that were asked to end. */
  cancel(id: string): Promise<readonly string[]>;
}

const JOBS_A_PAGE = 200;

export function createGroupsClient(transport: Transport): GroupsClient {
  const path = (id: string): string => `/api/groups/${encodeURIComponent(id)}`;
  return {
    get: (id) => transport.ask({ method: 'GET', path: path(id) }, groupViewSchema),
    members: async (id) => {
      const jobs: JobSummary[] = [];
      let continuation: string | undefined;
      do {
        const query = { group: id, limit: JOBS_A_PAGE, continuation };
        const page = await transport.ask({ method: 'GET', path: '/api/jobs', query }, jobListSchema);
        jobs.push(...page.jobs);
        continuation = page.continuation;
      } while (continuation !== undefined);
      return jobs;
    },
    cancel: (id) =>
      transport
        .ask({ method: 'POST', path: `${path(id)}/cancel`, body: {} }, canceledGroupSchema)
        .then(({ canceled }) => canceled),
  };
}
