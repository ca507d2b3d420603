// What the host's process and the worker's say to each other. They are one program's two halves on one machine.
import { z } from 'zod';

import type { LogLine } from '../../../standins/functions-host/app/app-log';
import type {
  Invocation,
  InvocationResult,
  LoadedFunction,
} from '../../../standins/functions-host/app/function-app';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Values of the app pass through unread; what of them is wrong shows where they are used. */
const invocation = z.custom<Invocation>(isObject);

const fromWorker = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('loaded'),
    functions: z.custom<readonly LoadedFunction[]>(Array.isArray),
    /** Processor time when the load began: Node and the program around the app. */
    beforeMs: z.number(),
    processorMs: z.number(),
  }),
  z.object({
    kind: z.literal('result'),
    id: z.string(),
    result: z.custom<InvocationResult>(isObject),
    processorMs: z.number(),
  }),
  z.object({ kind: z.literal('log'), line: z.custom<LogLine>(isObject) }),
]);
export type FromWorker = z.infer<typeof fromWorker>;

export function parseToWorker(message: unknown): Invocation {
  return invocation.parse(message);
}

export function parseFromWorker(message: unknown): FromWorker {
  return fromWorker.parse(message);
}
