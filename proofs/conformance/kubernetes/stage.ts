// Plays one scene: sends what was recorded, in this cluster's ids, and compares what comes.
import { ConnectionLost, type WireRequest } from '../../../standins/wire/handler';
import { type Answer, readAnswer } from './answer';
import type { Cluster } from './cluster';
import { compareAnswer, ourBody, recordedBody } from './compare';
import { jobBody } from './job-body';
import { createPodNames } from './pod-names';
import type { Recording } from './recording';
import type { Play } from './scene';
import { createTranslation } from './translate';

/** Longer than any recorded answer took (M30: 60 s; F23: 75 s). */
const LONGEST_ANSWER_MS = 120_000;

/** From the server's cache, so that it is answered while its storage hangs. */
const ALL_PODS = '/api/v1/pods?resourceVersion=0';

export interface StagePorts {
  readonly recordings: ReadonlyMap<string, Recording>;
  /** The bearer token of who asks; undefined: none. */
  readonly tokenOf: (as: string | undefined) => string | undefined;
  /** Called once for each recording that a scene asks for and the folder has. */
  readonly onCompared: (id: string, differences: readonly string[]) => void;
}

export function playOn(cluster: Cluster, { recordings, tokenOf, onCompared }: StagePorts): Play {
  const translation = createTranslation();
  const pods = createPodNames([...recordings.values()]);
  const opened = new Map<string, Answer>();
  let serviceAccountToken: string | undefined;

  const exchange = async (request: WireRequest): Promise<Answer | 'lost'> => {
    let result: Answer | 'lost' | undefined;
    let failure: Error | undefined;
    void Promise.resolve()
      .then(() => cluster.handle(request))
      .then(
        (response) => (result = readAnswer(response)),
        (error: unknown) => {
          if (error instanceof ConnectionLost) result = 'lost';
          else failure = error instanceof Error ? error : new Error(String(error));
        },
      );
    await cluster.passUntil(() => result !== undefined || failure !== undefined, LONGEST_ANSWER_MS);
    if (failure !== undefined) throw failure;
    if (result === undefined) throw new Error(`No answer to ${request.method} ${request.url.pathname}.`);
    return result;
  };

  const asAdmin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const patch = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = await exchange(
      wire(method, path, { authorization: `Bearer ${tokenOf('admin') ?? ''}`, 'content-type': patch }, body),
    );
    if (answer === 'lost') throw new Error(`${method} ${path} got no answer.`);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text()}`);
    return JSON.parse(answer.text());
  };

  /** Meets the pods that are new. Resolves to the present version. */
  const version = async (): Promise<string> => {
    const list = await asAdmin('GET', ALL_PODS);
    pods.learn(list);
    return pods.versionOf(list);
  };

  const requestOf = async ({ request }: Recording): Promise<WireRequest> => {
    const now = await version();
    const apply = (text: string): string => pods.apply(translation.apply(text, now));
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    delete headers['authorization'];
    const token =
      request.as?.startsWith('serviceaccount') === true ? serviceAccountToken : tokenOf(request.as);
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const { body } = request;
    const sent =
      body === undefined ? undefined : typeof body === 'string' ? body : apply(JSON.stringify(body));
    return wire(
      request.method,
      apply(request.path),
      headers,
      sent === undefined ? undefined : unfolded(sent),
    );
  };

  const judge = (recording: Recording, answer: Answer | 'lost'): void => {
    const { id, response, error } = recording;
    if (response === undefined || answer === 'lost') {
      const alike = (response === undefined) === (answer === 'lost');
      onCompared(
        id,
        alike
          ? []
          : [
              `recorded ${error?.code ?? response?.status}, here ${answer === 'lost' ? 'no answer' : answer.status}`,
            ],
      );
      return;
    }
    const here = ourBody(response, answer);
    pods.learnFrom(here);
    const expected = pods.inResponse(response);
    translation.learn(recordedBody(expected), here);
    serviceAccountToken ??= tokenIn(here);
    onCompared(id, compareAnswer(expected, answer));
  };

  const each = async (
    ids: readonly string[],
    play: (recording: Recording) => Promise<void>,
  ): Promise<void> => {
    for (const id of ids) {
      const recording = recordings.get(id);
      if (recording) await play(recording);
    }
  };

  const ask = async (recording: Recording, justBefore: () => Promise<void>): Promise<void> => {
    const request = await requestOf(recording);
    await justBefore();
    const answer = await exchange(request);
    if (answer !== 'lost') await cluster.passUntil(() => answer.ended(), LONGEST_ANSWER_MS);
    pods.learn(await asAdminIfUp());
    judge(recording, answer);
  };

  return {
    ask: (...ids) => each(ids, (recording) => ask(recording, () => Promise.resolve())),
    askUnder: ({ kind, ...options }, id) =>
      each([id], (recording) => ask(recording, () => cluster.fault(kind, options))),
    open: (...ids) =>
      each(ids, async (recording) => {
        const answer = await exchange(await requestOf(recording));
        if (answer === 'lost') throw new Error(`${recording.id} got no answer.`);
        opened.set(recording.id, answer);
      }),
    close: (...ids) =>
      each(ids, async (recording) => {
        const answer = opened.get(recording.id);
        if (!answer) throw new Error(`${recording.id} was not opened.`);
        pods.learn(await asAdminIfUp());
        judge(recording, answer);
        answer.close();
      }),
    pass: (ms) => cluster.pass(ms),
    send: asAdmin,
    now: () => Promise.resolve(cluster.now()),
    createJob: async (job) => {
      await asAdmin('POST', `/apis/batch/v1/namespaces/${job.namespace ?? 'gpu-jobs'}/jobs`, jobBody(job));
      await cluster.settle();
    },
    meetPods: async () => {
      await version();
    },
    mark: async (recordedVersion) => translation.mark(recordedVersion, await version()),
    compact: async () => {
      cluster.compact();
      await cluster.settle();
    },
    fault: (name, options = {}) => cluster.fault(name, options),
  };

  /** The pods that there are, or none while the API is down. */
  async function asAdminIfUp(): Promise<unknown> {
    return asAdmin('GET', ALL_PODS).catch(() => ({ items: [] }));
  }
}

function wire(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): WireRequest {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { method, url: new URL(path, 'https://127.0.0.1:16443'), headers, body: Buffer.from(text) };
}

/** Long runs were folded when they were recorded: `<300000 x>`. */
function unfolded(text: string): string {
  return text.replace(/<(\d+) (.)>/g, (_found, count: string, character: string) =>
    character.repeat(Number(count)),
  );
}

function tokenIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('kind' in body) || body.kind !== 'TokenRequest')
    return undefined;
  if (!('status' in body) || typeof body.status !== 'object' || body.status === null) return undefined;
  return 'token' in body.status && typeof body.status.token === 'string' ? body.status.token : undefined;
}
