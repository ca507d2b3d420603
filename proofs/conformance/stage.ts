// One engine alone in virtual time, on which a case or the list of requests is played.
import { createHash } from 'node:crypto';

import { createDurableEngine, type DurableEngine } from '../../standins/durable/engine';
import type { DurableInvoker } from '../../standins/durable/worker/invoker';
import { createMemoryJournal } from '../../standins/kernel/memory-journal';
import { createVirtualTime, type VirtualTime } from '../../standins/kernel/virtual-time';
import type { WireResponse } from '../../standins/wire/handler';
import type { AppTime } from './app-time';
import { delayAt } from './latency';
import { createRecorder, type Recorder } from './recorder';

export const ORIGIN = 'http://127.0.0.1:7071';
export const HUB = 'Conformance';
export const KEY = 'local';

interface Call {
  readonly method: string;
  /** A path below the base of the RPC front, or with a leading `/` an absolute one. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Stage {
  readonly engine: DurableEngine;
  readonly recorder: Recorder;
  readonly time: VirtualTime;
  /** Asks the RPC front, or for an address with a code the webhook front. Time passes until it answers. */
  call(call: Call): Promise<WireResponse>;
  /** Lets time pass until `isSo` holds, at most ten minutes. Resolves to whether it holds. */
  until(isSo: () => boolean): Promise<boolean>;
  /** Lets `ms` pass and waits until the engine is at rest. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 600_000;
/** The run's first instant. Any would do that is not in the year 2001, which belongs to the apps, and ends in 3 ms. */
const BEGIN = Date.parse('2026-03-02T08:30:07.003Z');

export async function createStage(app: DurableInvoker, appTime: AppTime): Promise<Stage> {
  const time = createVirtualTime(BEGIN);
  const recorder = createRecorder(app, appTime, time);
  let ids = 0;
  const engine = createDurableEngine({
    journal: createMemoryJournal(),
    clock: time.clock,
    // A timer fires a little late, as on any host.
    timers: {
      after: (delayMs, run) =>
        delayMs <= 0
          ? time.timers.after(0, run)
          : time.timers.after(delayMs + delayAt(time.clock.now() + delayMs), run),
    },
    // Ids that look like GUIDs without dashes and are the same in every run.
    newId: () => createHash('md5').update(String(ids++)).digest('hex'),
    invoker: recorder.invoker,
    hubName: HUB,
    webhookKey: KEY,
    log: () => undefined,
  });
  await engine.start();

  const pass = async (ms: number): Promise<void> => {
    const end = time.clock.now() + ms;
    await appTime.idle();
    while (time.runNext(end)) await appTime.idle();
  };
  const until = async (isSo: () => boolean): Promise<boolean> => {
    const end = time.clock.now() + PATIENCE_MS;
    for (;;) {
      await appTime.idle();
      if (isSo()) return true;
      if (!time.runNext(end)) return isSo();
    }
  };

  return {
    engine,
    recorder,
    time,
    pass,
    until,
    call: async ({ method, path, headers = {}, body }) => {
      const url = new URL(path.startsWith('/') ? path : `/durabletask/${path}`, ORIGIN);
      const front = url.searchParams.has('code') ? engine.fronts.webhooks : engine.fronts.rpc;
      let answer: WireResponse | undefined;
      let failure: unknown;
      const asked = Promise.resolve(front({ method, url, headers, body: Buffer.from(body ?? '') })).then(
        (response) => (answer = response),
        (error: unknown) => (failure = error),
      );
      await until(() => answer !== undefined || failure !== undefined);
      await asked;
      if (answer === undefined) throw failure;
      return answer;
    },
    stop: async () => {
      let stopped = false;
      const stopping = engine.stop().then(() => (stopped = true));
      await until(() => stopped);
      await stopping;
    },
  };
}

/** The JSON of an answer's body; null for an empty body. */
export function bodyOf(response: WireResponse): unknown {
  const text = response.body?.toString() ?? '';
  return text === '' ? null : (JSON.parse(text) as unknown);
}
