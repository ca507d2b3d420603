// What real controllers, schedulers and kubelets wrote, as the recordings hold it.
import { z } from 'zod';

import { recording } from './recordings';

const watchEvent = z.object({ type: z.string(), object: z.record(z.string(), z.unknown()) });

/** The JSON body of an answer. */
export function recordedBody(id: string): unknown {
  return recording(id).response?.body;
}

/** The body of an answer that is no JSON. */
export function recordedText(id: string): string {
  return recording(id).response?.text ?? '';
}

/** What a watch was told, in order. */
export function recordedWatch(id: string): readonly z.infer<typeof watchEvent>[] {
  return z.array(watchEvent).parse(recording(id).response?.events);
}
