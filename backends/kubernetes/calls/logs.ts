// Reads what the log of a workload's program has after a position.
import { messageOf } from '../../../domain/errors';
import type { LogCursor } from '../../../domain/logs/log-cursor';
import type { LogRead } from '../../../domain/logs/log-read';
import { CONTAINER_NAME, type WorkloadRef } from '../../../domain/ports/compute-backend';
import { askedFrom, mergedLog } from '../logs/log-merge';
import { stampedLines } from '../logs/stamped-lines';
import type { Pod } from '../reading/objects';
import { containerOf } from '../reading/pod-times';
import { podsByAge } from '../reading/workload-of';
import { answerInWords } from '../status';
import { type Cluster, isSuccess } from './cluster-of';
import { podsOf } from './look';
import { logPath } from './paths';

/** Of a pod that is not on a node yet, the log is answered without a body. */
const NO_CONTENT = 204;

/** Resolves in any case, but for a defect of ours. */
export async function logs(cluster: Cluster, ref: WorkloadRef, from?: LogCursor): Promise<LogRead> {
  try {
    const [pod] = podsByAge(await podsOf(cluster, ref));
    return pod === undefined
      ? { kind: 'unavailable', why: `No pod of ${ref.name} is there.` }
      : await podLog(cluster, pod, from);
  } catch (error) {
    return { kind: 'unavailable', why: messageOf(error) };
  }
}

async function podLog(cluster: Cluster, pod: Pod, from: LogCursor | undefined): Promise<LogRead> {
  const container = containerOf(pod);
  const incarnation = `${pod.metadata.uid}-${container?.restartCount ?? 0}`;
  const since = askedFrom(from?.position, incarnation);
  const path = logPath(cluster.namespace, pod.metadata.name, {
    container: CONTAINER_NAME,
    timestamps: 'true',
    ...(since === undefined ? {} : { sinceTime: new Date(since * 1000).toISOString() }),
  });
  const answer = await cluster.send({ method: 'GET', path });
  if (!isSuccess(answer) || answer.status === NO_CONTENT) {
    return { kind: 'unavailable', why: answerInWords(answer) };
  }
  const served = stampedLines(answer.body);
  if (served.kind === 'no-log') return { kind: 'unavailable', why: served.says };
  const startedAt = container?.state?.running?.startedAt ?? container?.state?.terminated?.startedAt;
  return mergedLog({ incarnation, lines: served.lines, startedAt }, from?.position);
}
