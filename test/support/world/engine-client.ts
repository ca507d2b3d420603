// The three calls of a Durable client that the product makes, answered by an engine in the same process.
import { type DurableClient, OrchestrationRuntimeStatus } from 'durable-functions';
import { z } from 'zod';

import type { DurableEngine } from '../../../standins/durable/engine';

const BASE = 'http://durable/durabletask';
const statusSchema = z.object({ runtimeStatus: z.enum(OrchestrationRuntimeStatus) });

export function engineClient(engine: DurableEngine): DurableClient {
  const ask = async (
    method: string,
    path: string,
    input?: unknown,
  ): Promise<{ status: number; body: string }> => {
    const body = Buffer.from(input === undefined ? '' : JSON.stringify(input));
    const headers = { 'content-type': 'application/json' };
    const answer = await engine.managementApi({ method, url: new URL(`${BASE}/${path}`), headers, body });
    return { status: answer.status, body: String(answer.body ?? '') };
  };
  const client = {
    startNew: async (name: string, options: { instanceId: string; input: unknown }) => {
      const answer = await ask('POST', `orchestrators/${name}/${options.instanceId}`, options.input);
      if (answer.status >= 300) throw new Error(`The operation failed: ${answer.body}`);
      return options.instanceId;
    },
    getStatus: async (instanceId: string) => {
      const answer = await ask('GET', `instances/${instanceId}?showInput=false`);
      if (answer.status === 404) throw new Error(`DurableClient error: HTTP 404: ${answer.body}`);
      return statusSchema.parse(JSON.parse(answer.body));
    },
    raiseEvent: async (instanceId: string, event: string, data: unknown) => {
      await ask('POST', `instances/${instanceId}/raiseEvent/${event}`, data);
    },
  };
  return client as unknown as DurableClient; // The product's starter calls these three alone.
}
