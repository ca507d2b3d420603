// What clients meet while etcd does not answer: reads and writes that run into their time limit.
import type { Timer, Timers } from '../../kernel/timers';
import { ConnectionLost, type WireRequest, type WireResponse } from '../../wire/handler';
import { goJson, respondText } from '../answers/respond';
import { answerHealth, STORAGE_CHECKS } from '../api/health';

export interface StorageHang {
  /** `keepsWrites`: what timed out meanwhile is carried out when the storage answers again. */
  begin(keepsWrites: boolean): void;
  end(): void;
  /** The answer while it hangs; undefined where the API is to answer. Rejects with ConnectionLost. */
  answer(request: WireRequest): Promise<WireResponse> | WireResponse | undefined;
  /** Breaks off every request that still waits. */
  close(): void;
}

/** A kube-apiserver gives up a request after so long where it names no shorter `timeout` (--request-timeout). */
const LONGEST_MS = 60_000;

/** `carryOut`: does what a request asks for, without an answer to anybody. */
export function createStorageHang(timers: Timers, carryOut: (request: WireRequest) => void): StorageHang {
  let state: { readonly keepsWrites: boolean } | undefined;
  const kept: WireRequest[] = [];
  const waiting = new Map<Timer, () => void>();

  const timeOut = (request: WireRequest): Promise<WireResponse> =>
    new Promise((answer, lose) => {
      const lost = (): void => lose(new ConnectionLost('etcd does not answer.'));
      const timer = timers.after(timeoutOf(request), () => {
        waiting.delete(timer);
        if (isRead(request)) lost();
        else answer(respondText(504, TIMED_OUT));
      });
      waiting.set(timer, lost);
    });

  return {
    begin: (keepsWrites) => {
      state = { keepsWrites };
    },
    end: () => {
      state = undefined;
      for (const request of kept.splice(0)) carryOut(request);
    },
    answer: (request) => {
      if (!state) return undefined;
      const health = answerHealth(request, STORAGE_CHECKS);
      if (health) return health;
      if (!asksStorage(request)) return undefined;
      if (state.keepsWrites && !isRead(request)) kept.push(request);
      return timeOut(request);
    },
    close: () => {
      for (const [timer, lost] of waiting) {
        timer.cancel();
        lost();
      }
      waiting.clear();
    },
  };
}

/** A Status without its kind, and not said to be JSON (recorded: M21). */
const TIMED_OUT = `${goJson({
  metadata: {},
  status: 'Failure',
  message: 'Timeout: request did not complete within the allotted timeout',
  reason: 'Timeout',
  details: {},
  code: 504,
})}\n`;

function isRead({ method }: WireRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Objects are in etcd. What the server's own cache answers goes on: a watch, and a list at any version (`0`). */
function asksStorage(request: WireRequest): boolean {
  const { pathname, searchParams } = request.url;
  if (!/^\/(?:api\/[^/]+|apis\/[^/]+\/[^/]+)\/./.test(pathname)) return false;
  if (!isRead(request)) return true;
  return !searchParams.has('watch') && searchParams.get('resourceVersion') !== '0';
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `timeout=2s`, a duration as Go writes it; milliseconds. One that is none, or is longer, does not count. */
function timeoutOf({ url }: WireRequest): number {
  const text = url.searchParams.get('timeout') ?? '';
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return LONGEST_MS;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const ms = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0);
  return ms === 0 ? LONGEST_MS : Math.min(ms, LONGEST_MS);
}
