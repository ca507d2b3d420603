// The whole stand-in under virtual time, and requests to it as a client sends them.
import { z } from 'zod';

import type { AciSettings } from '../../../standins/aci/settings';
import { DEFAULT_ACI_SETTINGS } from '../../../standins/aci/settings';
import { createStandIn, type StandIn } from '../../../standins/arm/stand-in';
import { createScriptedRuntime } from '../../../standins/containers/scripted';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';
import type { Handler } from '../../../standins/wire/handler';
import { advance } from '../../support/advance';
import { SUBSCRIPTION } from '../../support/placements';

/** 2026-01-05 12:00 UTC. */
const START = Date.UTC(2026, 0, 5, 12);

export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/jobs`;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Stage extends StandIn {
  readonly advance: (ms: number) => void;
  /** An address without a version gets that of the day. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<Answer>;
}

export function setStage(
  settings: Partial<AciSettings> = {},
  accessible = true,
  containerApps?: Handler,
): Stage {
  const time = createVirtualTime(START);
  let ids = 0;
  const standIn = createStandIn({
    clock: time.clock,
    timers: time.timers,
    newId: () => `00000000-0000-0000-0000-${String(++ids).padStart(12, '0')}`,
    runtime: createScriptedRuntime(
      time.timers,
      () => ({ prints: [], exit: { atMs: 1_000, code: 0 } }),
      () => (accessible ? { kind: 'known' } : { kind: 'inaccessible' }),
    ),
    settings: { ...DEFAULT_ACI_SETTINGS, ...settings },
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'gpu-jobs',
    containerApps,
  });
  return {
    ...standIn,
    advance: (ms) => advance(time, ms),
    send: async (method, path, body) => {
      const url = new URL(path, 'https://localhost:7443');
      if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', '2022-09-01');
      const answer = await standIn.handle({
        method,
        url,
        headers: {},
        body: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
      });
      const text = String(answer.body ?? '');
      return {
        status: answer.status,
        headers: answer.headers ?? {},
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
    },
  };
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** `404 ResourceGroupNotFound`. */
export function refusal({ status, body }: Answer): string {
  return `${status} ${errorSchema.parse(body).error.code}`;
}

export function messageOf({ body }: Answer): string {
  return errorSchema.parse(body).error.message;
}
