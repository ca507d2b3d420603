// The streams of the stand-in over a real socket: the genuine fetch reads them, and none may be left open.
import { z } from 'zod';

import type { BodyStream, Handler } from '../../../standins/wire/handler';
import { type RunningServer, serve } from '../../../standins/wire/node-server';
import { executions, type Stage } from './support';

const tokenSchema = z.object({ properties: z.object({ token: z.string() }) });

/** A token for the streams of a job, `/jobs/train`, or of the environment, `/managedEnvironments/env`. */
export async function tokenOf(stage: Stage, path = '/jobs/train'): Promise<string> {
  return tokenSchema.parse((await stage.send('POST', `${path}/getAuthToken`)).body).properties.token;
}

const replicasSchema = z.object({
  value: z.tuple([
    z.object({ properties: z.object({ containers: z.tuple([z.object({ logStreamEndpoint: z.url() })]) }) }),
  ]),
});

/** The path of the log stream of the only container of the newest execution. */
export async function logPath(stage: Stage): Promise<string> {
  const [execution] = await executions(stage);
  const { body } = await stage.send('GET', `/jobs/train/executions/${execution?.name ?? ''}/replicas`);
  const [replica] = replicasSchema.parse(body).value;
  return new URL(replica.properties.containers[0].logStreamEndpoint).pathname;
}

/** The path of the event stream of a job or an environment. */
export async function eventsPath(stage: Stage, path: string): Promise<string> {
  const { body } = await stage.send('GET', path);
  const { properties } = z.object({ properties: z.object({ eventStreamEndpoint: z.url() }) }).parse(body);
  return new URL(properties.eventStreamEndpoint).pathname;
}

export interface Reading {
  readonly status: number;
  readonly contentType: string | null;
  /** Waits for the next line; undefined: the stream has ended. */
  next(): Promise<string | undefined>;
  /** Waits for the end; all lines from now to there. */
  rest(): Promise<string[]>;
  /** Goes away before the end. */
  leave(): void;
}

export interface StreamServer {
  /** Begins to read. `query`: `follow=true&output=text`. */
  read(path: string, query: string, token?: string): Promise<Reading>;
  /** How many streams write or could still write. */
  open(): number;
  /** How often a stream wrote although its reader had gone, or it had ended. */
  writesToNobody(): number;
  close(): Promise<void>;
}

export async function serveStreams(stage: Stage): Promise<StreamServer> {
  const watch: Watch = { open: new Set(), writesToNobody: 0 };
  const server: RunningServer = await serve(watched(stage.handle, watch), {
    port: 0,
    onError: (error) => {
      throw error;
    },
  });
  return {
    read: async (path, query, token) => {
      const leaving = new AbortController();
      const response = await fetch(`${server.origin}${path}?${query}`, {
        signal: leaving.signal,
        ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      });
      return reading(response, leaving);
    },
    open: () => watch.open.size,
    writesToNobody: () => watch.writesToNobody,
    close: () => server.close(),
  };
}

interface Watch {
  /** Streams that have neither ended nor been told that their reader is gone. */
  readonly open: Set<BodyStream>;
  writesToNobody: number;
}

function watched(handle: Handler, watch: Watch): Handler {
  return async (request) => {
    const answer = await handle(request);
    return answer.stream ? { ...answer, stream: watchedStream(answer.stream, watch) } : answer;
  };
}

function watchedStream(stream: BodyStream, watch: Watch): BodyStream {
  const over = (): void => void watch.open.delete(stream);
  return {
    open: (sink) => {
      watch.open.add(stream);
      const cancel = stream.open({
        write: (chunk) => {
          if (watch.open.has(stream)) sink.write(chunk);
          else watch.writesToNobody += 1;
        },
        end: () => {
          over();
          sink.end();
        },
        abort: () => {
          over();
          sink.abort();
        },
      });
      return () => {
        over();
        cancel();
      };
    },
  };
}

function reading(response: Response, leaving: AbortController): Reading {
  const { body } = response;
  if (!body) throw new Error('The answer has no body.');
  const chunks = body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  let text = '';
  const next = async (): Promise<string | undefined> => {
    for (;;) {
      const [line, ...more] = text.split('\n');
      if (more.length > 0) {
        text = more.join('\n');
        return line;
      }
      const chunk = await chunks.next();
      if (chunk.done === true) {
        const last = text === '' ? undefined : text;
        text = '';
        return last;
      }
      text += chunk.value;
    }
  };
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    next,
    rest: async () => {
      const lines: string[] = [];
      for (let line = await next(); line !== undefined; line = await next()) lines.push(line);
      return lines;
    },
    leave: () => leaving.abort(),
  };
}
