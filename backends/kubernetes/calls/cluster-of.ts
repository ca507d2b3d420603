// One placement's way to its cluster, in the few shapes in which this backend asks.
import type { PaceReport } from '../../../domain/placement/pace';
import type { ClusterAnswer, ClusterApi, ClusterRequest } from '../cluster/cluster-api';
import { paceReport } from '../pace-report';

/** A read or a delete that takes longer counts as unanswered, milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly text: string;
  readonly serverTime: number | undefined;
}

export interface Cluster {
  readonly namespace: string;
  /** Sends one request. Rejects where no answer came. */
  send(request: Omit<ClusterRequest, 'timeoutMs'> & { readonly timeoutMs?: number }): Promise<Answer>;
  /** The way itself, with what each answer says about rates told. */
  readonly api: ClusterApi;
}

/** `api` is called at the first request, so that nothing loads before it is needed. */
export function clusterOf(
  namespace: string,
  api: () => ClusterApi,
  onPace: (report: PaceReport) => void,
): Cluster {
  const paced: ClusterApi = {
    send: async (request) => {
      const answer = await api().send(request);
      onPace(paceReport(request.method, answer));
      return answer;
    },
  };
  return {
    namespace,
    api: paced,
    send: async (request) => textAnswer(await paced.send({ timeoutMs: REQUEST_TIMEOUT_MS, ...request })),
  };
}

function textAnswer({ status, body, serverTime }: ClusterAnswer): Answer {
  return {
    status,
    body,
    serverTime,
    // Made where it is read: a log of many megabytes never is.
    get text() {
      return body.toString('utf8');
    },
  };
}
