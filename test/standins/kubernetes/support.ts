// A cluster under virtual time, and requests to its API, those of the recordings among them.
import type { ContainerRuntime } from '../../../standins/containers/runtime';
import { createScriptedRuntime } from '../../../standins/containers/scripted';
import { createRandom } from '../../../standins/kernel/random';
import type { Timers } from '../../../standins/kernel/timers';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';
import type { KubernetesSettings } from '../../../standins/kubernetes/settings';
import { createKubernetesStandIn, type KubernetesStandIn } from '../../../standins/kubernetes/stand-in';
import { isObject, type Json, parseJson } from '../../../standins/kubernetes/store/json';
import type { NodeDisk } from '../../../standins/kubernetes/volumes/node-disk';
import type { WireResponse } from '../../../standins/wire/handler';
import { RECORDED_CLUSTER } from './recorded-cluster';
import { type Answer, comparable, recording } from './recordings';

interface Ask {
  readonly as?: 'runner' | 'viewer' | 'admin';
  readonly body?: Json;
  /** In place of the usual ones; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface Stage {
  readonly standIn: KubernetesStandIn;
  /** A request; by default the runner's. A stream is read until it ends, or as far as it has come. */
  ask(method: string, path: string, ask?: Ask): Promise<Seen>;
  /** Asks what a recording asked and returns what is compared. */
  play(id: string, changes?: { readonly path?: string }): Promise<Answer>;
  /** Opens a stream; `lines` are what has come of it. */
  follow(path: string, ask?: Ask): Promise<Followed>;
  /** Lets virtual time pass. */
  advance(ms: number): Promise<void>;
}

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text as JSON; null where it is none. */
  readonly body: Json;
}

interface Followed {
  readonly status: number;
  readonly lines: readonly Json[];
  readonly ended: () => 'open' | 'end' | 'abort';
  /** Goes away. */
  readonly leave: () => void;
}

/** Every program runs for a second and succeeds. */
function shortPrograms(timers: Timers): ContainerRuntime {
  return createScriptedRuntime(timers, () => ({ prints: [], exit: { atMs: 1000, code: 0 } }));
}

/** 2026-01-01 00:00 UTC, as in the recordings. */
const START = Date.UTC(2026, 0, 1);

export function setStage(
  settings: Partial<KubernetesSettings> = {},
  runtime: (timers: Timers) => ContainerRuntime = shortPrograms,
  disk?: NodeDisk,
): Stage {
  const time = createVirtualTime(START);
  let ids = 0;
  const standIn = createKubernetesStandIn({
    clock: time.clock,
    timers: time.timers,
    runtime: runtime(time.timers),
    ...(disk && { disk }),
    random: createRandom(1),
    newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    settings: { ...RECORDED_CLUSTER, ...settings },
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  };
  const advance = async (ms: number): Promise<void> => {
    const until = time.clock.now() + ms;
    while (time.runNext(until)) await settle();
    await settle();
  };
  const send = async (
    method: string,
    path: string,
    { as = 'runner', body, headers = {} }: Ask,
    raw?: string,
  ): Promise<WireResponse> => {
    const answer = Promise.resolve(
      standIn.handle({
        method,
        url: new URL(`http://127.0.0.1:6443${path}`),
        headers: defined({
          accept: 'application/json',
          authorization: `Bearer token-of-${as}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        }),
        body: Buffer.from(raw ?? (body === undefined ? '' : JSON.stringify(body))),
      }),
    );
    let over = false;
    void answer.finally(() => (over = true)).catch(() => undefined);
    for (let turn = 0; turn < 50 && !isTrue(over); turn += 1) await advance(turn < 3 ? 0 : 100);
    return answer;
  };
  const follow = async (path: string, ask: Ask = {}): Promise<Followed> =>
    followed(await send('GET', path, ask));

  return {
    standIn,
    advance,
    follow,
    ask: async (method, path, ask = {}) => seen(await send(method, path, ask)),
    play: async (id, changes = {}) => {
      const { request } = recording(id);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const known = headers['authorization'] !== undefined;
      const token = { authorization: known ? `Bearer token-of-${request.as ?? ''}` : undefined };
      const asked = { headers: { ...headers, ...token } };
      const answer = await send(request.method, changes.path ?? request.path, asked, bodyOf(request.body));
      return compared(answer, advance);
    },
  };
}

function defined(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The compiler does not see what other turns change. */
function isTrue(value: boolean): boolean {
  return value;
}

/** Long texts are recorded as `<300000 x>`. */
function bodyOf(body: unknown): string {
  if (body === undefined) return '';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.replace(/<(\d+) x>/g, (_all, count: string) => 'x'.repeat(Number(count)));
}

function seen({ status, headers = {}, body = '' }: WireResponse): Seen {
  const text = body.toString();
  const json = (headers['content-type'] ?? '').includes('json') ? parseJson(text) : null;
  return { status, headers, text, body: json };
}

function followed({ status, stream }: WireResponse): Followed {
  const lines: Json[] = [];
  let state: 'open' | 'end' | 'abort' = 'open';
  let rest = '';
  const leave = stream?.open({
    write: (chunk) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.map((part) => parseJson(part)));
    },
    end: () => (state = 'end'),
    abort: () => (state = 'abort'),
  });
  return { status, lines, ended: () => state, leave: leave ?? (() => undefined) };
}

async function compared(answer: WireResponse, advance: (ms: number) => Promise<void>): Promise<Answer> {
  const { status, headers = {}, stream } = answer;
  const warning = headers['warning'];
  const more = warning === undefined ? {} : { warning };
  if (stream) {
    const { lines } = followed(answer);
    await advance(120_000);
    return { status, events: lines.map(comparable), ...more };
  }
  const { text, body } = seen(answer);
  return isObject(body) ? { status, body: comparable(body), ...more } : { status, text, ...more };
}
