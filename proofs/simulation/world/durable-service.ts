// The Durable extension of one deployment: the real engine on a journal that survives its crashes, and a client of it.
import { type DurableClient, OrchestrationRuntimeStatus } from 'durable-functions';
import { z } from 'zod';

import { RetryableError } from '../../../domain/errors';
import type { OrchestrationStarter } from '../../../domain/ports/orchestration-starter';
import { createDurableStarter } from '../../../functions/durable/durable-starter';
import { createDurableEngine, type DurableEngine } from '../../../standins/durable/engine';
import type { DurableInvoker } from '../../../standins/durable/worker/invoker';
import { createMemoryJournal } from '../../../standins/kernel/memory-journal';
import { beginLife, type Life } from './life';
import type { World } from './world';

const RESTART_MS = [2_000, 15_000, 90_000] as const;
const BASE = 'http://durable/durabletask';

const statusSchema = z.object({ runtimeStatus: z.enum(OrchestrationRuntimeStatus) });

export class DurableService {
  readonly journal = createMemoryJournal();
  readonly #world: World;
  readonly #name: string;
  readonly #invoker: DurableInvoker;
  #engine: DurableEngine | undefined;
  #life: Life | undefined;

  constructor(world: World, name: string, invoker: DurableInvoker) {
    this.#world = world;
    this.#name = name;
    this.#invoker = invoker;
  }

  async start(): Promise<void> {
    const world = this.#world;
    const life = beginLife(world, `${this.#name}/durable`, () => {
      this.#engine = undefined;
      world.later(world.random.pick(RESTART_MS), () => void this.start());
    });
    this.#life = life;
    const { journal } = this;
    this.#engine = createDurableEngine({
      journal: {
        get: (key) => journal.get(key),
        entries: (prefix) => journal.entries(prefix),
        commit: (changes) =>
          life.call(
            'durable.commit',
            () => '-',
            () => journal.commit(changes),
          ),
        close: () => Promise.resolve(),
      },
      clock: world.time.clock,
      timers: {
        after: (delayMs, run) =>
          world.time.timers.after(delayMs, () => {
            if (life.isAlive()) run();
          }),
      },
      newId: () => world.newId(),
      invoker: {
        ...this.#invoker,
        runActivity: (name, input, instanceId) =>
          life.resumed(this.#invoker.runActivity(name, input, instanceId)),
      },
      hubName: 'simulation',
      log: (level, message) => world.tell(life.name, `${level}: ${message}`),
    });
    await this.#engine.start();
  }

  crash(): void {
    this.#life?.crash();
  }

  /** A client that behaves as the SDK's does. The product's own starter is built on it. */
  starter(): OrchestrationStarter {
    const client = {
      startNew: async (name: string, options: { instanceId: string; input: unknown }) => {
        const body = Buffer.from(JSON.stringify(options.input));
        const path = `orchestrators/${name}/${options.instanceId}`;
        const answer = await this.#ask('POST', path, body);
        if (answer.status >= 300) throw new Error(`The operation failed: ${answer.body}`);
        return options.instanceId;
      },
      getStatus: async (instanceId: string) => {
        const answer = await this.#ask('GET', `instances/${instanceId}?showInput=false`);
        if (answer.status === 404) throw new Error(`DurableClient error: HTTP 404: ${answer.body}`);
        return statusSchema.parse(JSON.parse(answer.body));
      },
      raiseEvent: async (instanceId: string, event: string, data: unknown) => {
        await this.#ask(
          'POST',
          `instances/${instanceId}/raiseEvent/${event}`,
          Buffer.from(JSON.stringify(data)),
        );
      },
    };
    return createDurableStarter(client as unknown as DurableClient); // The starter calls these three methods only.
  }

  /** Does to an instance what a person does: `terminate`, `suspend`, `purge`. */
  async steer(instanceId: string, what: 'terminate' | 'suspend' | 'purge'): Promise<void> {
    this.#world.tell('somebody', `${what}s ${instanceId}`);
    if (what === 'purge') await this.#ask('DELETE', `instances/${instanceId}`);
    else await this.#ask('POST', `instances/${instanceId}/${what}?reason=simulated`);
  }

  async #ask(
    method: string,
    path: string,
    body: Buffer = Buffer.alloc(0),
  ): Promise<{ status: number; body: string }> {
    const engine = this.#engine;
    if (engine === undefined) throw new RetryableError('connect ECONNREFUSED (the durable service is down)');
    const url = new URL(`${BASE}/${path}`);
    const headers = { 'content-type': 'application/json' };
    const answer = await engine.managementApi({ method, url, headers, body });
    return { status: answer.status, body: String(answer.body ?? '') };
  }
}
