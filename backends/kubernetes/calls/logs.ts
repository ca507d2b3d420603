// Reads what the log of a workload's program has after a position.
import { messageOf } from '../../../domain/errors';
import type { LogCursor } from '../../../domain/logs/log-cursor';
import type { LogRead } from '../../../domain/logs/log-read';
import { CONTAINER_NAME, type WorkloadRef } from '../../../domain/ports/compute-backend';
import { askedFrom, mergedLog } from '../logs/log-merge';
import { positionOf } from '../logs/log-position';
import { servedLog } from '../logs/stamped-lines';
import type { Pod } from '../reading/objects';
import { containerOf } from '../reading/pod-times';
import { isSuccess } from '../reading/read-answer';
import { podsByAge } from '../reading/workload-of';
import { answerInWords } from '../status';
import type { Cluster } from './cluster-of';
import { podsOf } from './look';
import { logPath } from './paths';

/** Of a pod that is not on a node yet, the log is answered without a body. */
const NO_CONTENT = 204;

const MIB = 1024 * 1024;
/** What one answer has of what is new, bytes. Some of them are the times of its lines. */
const PORTION_BYTES = 4 * MIB;
/** The longest answer that is read, bytes: one that repeats a lot before it comes to what is new. */
const MOST_BYTES = 64 * MIB;

/** Resolves in any case, but for a defect of ours. `archived`: bytes after the cursor that are known already. */
export async function logs(
  cluster: Cluster,
  ref: WorkloadRef,
  from?: LogCursor,
  archived = 0,
): Promise<LogRead> {
  try {
    const [pod] = podsByAge(await podsOf(cluster, ref));
    return pod === undefined
      ? { kind: 'unavailable', why: `No pod of ${ref.name} is there.` }
      : await podLog(cluster, pod, from?.position, archived);
  } catch (error) {
    return { kind: 'unavailable', why: messageOf(error) };
  }
}

async function podLog(
  cluster: Cluster,
  pod: Pod,
  position: string | undefined,
  archived: number,
): Promise<LogRead> {
  const container = containerOf(pod);
  const incarnation = `${pod.metadata.uid}-${container?.restartCount ?? 0}`;
  const since = askedFrom(position, incarnation);
  const again = since === undefined || position === undefined ? 0 : positionOf(position).again;
  const startedAt = container?.state?.running?.startedAt ?? container?.state?.terminated?.startedAt;
  for (let most = PORTION_BYTES + again + archived; most <= MOST_BYTES; most *= 2) {
    const path = logPath(cluster.namespace, pod.metadata.name, {
      container: CONTAINER_NAME,
      timestamps: 'true',
      limitBytes: String(most),
      ...(since === undefined ? {} : { sinceTime: new Date(since * 1000).toISOString() }),
    });
    const answer = await cluster.send({ method: 'GET', path, mostBytes: most, cut: true });
    if (!isSuccess(answer) || answer.status === NO_CONTENT) {
      return { kind: 'unavailable', why: answerInWords(answer) };
    }
    const isCut = answer.body.length >= most;
    const served = servedLog(answer.body, isCut);
    if (served.kind === 'no-log') return { kind: 'unavailable', why: served.says };
    const merged = mergedLog({ incarnation, lines: served.lines, isCut, archived, startedAt }, position);
    if (merged !== undefined) return merged;
  }
  const why = `What is new in the log comes after more than ${MOST_BYTES / MIB} MiB that must be read again.`;
  return { kind: 'unavailable', why };
}
