// Whether an answer is the recorded one: status, the headers that mean something, and the body or the stream.
import { z } from 'zod';

import { differences } from '../compare';
import type { Answer } from './answer';
import { withoutListedChanges } from './listed-changes';
import { normalise } from './normalise';
import { COMPARED_HEADERS } from './not-compared';
import type { Recording } from './recording';

type Response = NonNullable<Recording['response']>;

/** The places where they differ; empty when they are alike. */
export function compareAnswer(recorded: Response, answer: Answer): string[] {
  return differences(
    normalise({
      status: recorded.status,
      headers: headersOf(recorded.headers),
      body: settled(recordedBody(recorded)),
    }),
    normalise({
      status: answer.status,
      headers: headersOf(answer.headers),
      body: settled(ourBody(recorded, answer)),
    }),
  );
}

/** Our answer's body, parsed as the recorded one was. */
export function ourBody(recorded: Response, answer: Answer): unknown {
  const text = answer.text();
  if (recorded.events !== undefined) return { events: lines(text), ended: answer.ended() };
  return recorded.body === undefined ? text : parsed(text);
}

export function recordedBody({ body, text, events, endedBy }: Response): unknown {
  if (events !== undefined) return { events, ended: endedBy === 'server-end' };
  return body ?? text ?? '';
}

/** A stream without what changed listed fields alone; any other body as it is. */
function settled(body: unknown): unknown {
  const stream = z.object({ events: z.array(z.unknown()), ended: z.boolean() }).safeParse(body).data;
  return stream ? { ...stream, events: withoutListedChanges(stream.events) } : body;
}

function lines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(parsed);
}

/** A text that is no JSON is compared as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function headersOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    COMPARED_HEADERS.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
