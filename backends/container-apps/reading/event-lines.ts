// The event stream of a job as rows of the platform's log. Pure.
import { z } from 'zod';

import { jsonOf } from '../../json-of';
import type { SystemRow } from './sight';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** docs/facts/container-apps.md#event-stream; of a container app. */
const lineSchema = z.object({ Msg: text, Reason: text, RevisionName: text, ReplicaName: text });

/** What the stream says of itself before the platform's lines. */
const ITS_OWN: readonly string[] = ['StartingGettingEvents', 'ConnectedToEventsServer'];

/**
 * The rows of one execution, in their order. `isOnly`: the job has no other, so that every line is of it; else only
 * those that name it are. What is no such line is passed over.
 */
export function eventRows(stream: string, execution: string, isOnly: boolean): SystemRow[] {
  return stream.split('\n').flatMap((line) => {
    const parsed = lineSchema.safeParse(jsonOf(line));
    if (!parsed.success) return [];
    const { Msg, Reason, RevisionName, ReplicaName } = parsed.data;
    if (ITS_OWN.includes(Reason)) return [];
    const isOfIt = isOnly || [RevisionName, ReplicaName, Msg].some((named) => named.includes(execution));
    return isOfIt ? [{ reason: Reason, text: Msg }] : [];
  });
}
