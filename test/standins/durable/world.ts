// An engine in virtual time, driven by a test.
import { createDurableEngine, type DurableEngine } from '../../../standins/durable/engine';
import type { HistoryEvent } from '../../../standins/durable/history/history';
import type { DurableInvoker } from '../../../standins/durable/worker/invoker';
import type { Journal } from '../../../standins/kernel/journal';
import { createMemoryJournal } from '../../../standins/kernel/memory-journal';
import { createVirtualTime, type VirtualTime } from '../../../standins/kernel/virtual-time';

export interface World {
  readonly engine: DurableEngine;
  readonly time: VirtualTime;
  readonly logged: string[];
  /** Runs everything that is due within `ms`. */
  pass(ms: number): Promise<void>;
  /** Sends a request to the RPC front. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  history(instanceId: string): HistoryEvent[];
  /** The instance's `runtimeStatus` and `output`. */
  end(instanceId: string): { status: string | undefined; output: unknown };
}

export interface WorldOptions {
  readonly invoker: DurableInvoker;
  readonly journal?: Journal;
  readonly startMs?: number;
  readonly idPrefix?: string;
  readonly maxConcurrentActivities?: number;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const time = createVirtualTime(options.startMs ?? Date.UTC(2026, 0, 1, 12));
  const logged: string[] = [];
  let ids = 0;
  const engine = createDurableEngine({
    journal: options.journal ?? createMemoryJournal(),
    clock: time.clock,
    timers: time.timers,
    newId: () => `${options.idPrefix ?? 'a'}${String(++ids).padStart(31, '0')}`,
    invoker: options.invoker,
    hubName: 'Test',
    log: (level, message) => logged.push(`${level}: ${message}`),
    ...(options.maxConcurrentActivities === undefined
      ? {}
      : { maxConcurrentActivities: options.maxConcurrentActivities }),
  });
  await engine.start();
  const idle = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    engine,
    time,
    logged,
    pass: async (ms) => {
      const end = time.clock.now() + ms;
      await idle();
      while (time.runNext(end)) await idle();
    },
    ask: async (method, path, body) => {
      const url = new URL(`/durabletask/${path}`, 'http://127.0.0.1:7071');
      const headers: Record<string, string> =
        body === undefined ? {} : { 'content-type': 'application/json' };
      const text = body === undefined ? '' : JSON.stringify(body);
      const response = await engine.fronts.rpc({ method, url, headers, body: Buffer.from(text) });
      const answer = response.body?.toString() ?? '';
      return { status: response.status, body: answer === '' ? null : (JSON.parse(answer) as unknown) };
    },
    history: (instanceId) => {
      const row = engine.store.row(instanceId);
      return row === undefined ? [] : engine.store.history(row);
    },
    end: (instanceId) => {
      const row = engine.store.row(instanceId);
      return { status: row?.status, output: row?.output === null ? null : parse(row?.output) };
    },
  };
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
