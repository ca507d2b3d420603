// Plays a scene on a stand-in of its own, under virtual time.
import { z } from 'zod';

import type { MadeUpNames } from '../../../standins/container-apps/context';
import {
  DEFAULT_CONTAINER_APPS_SETTINGS,
  type GivenEnvironment,
} from '../../../standins/container-apps/settings';
import { createContainerApps } from '../../../standins/container-apps/stand-in';
import { createScriptedRuntime } from '../../../standins/containers/scripted';
import { createRandom } from '../../../standins/kernel/random';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';
import type { Handler } from '../../../standins/wire/handler';
import { type Answer, readAnswer } from '../kubernetes/answer';
import { compareAnswer, compareRows } from './compare';
import type { Recording } from './recording';
import type { OwnRequest, Play, Scene } from './scene';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const WORKSPACE = '33333333-3333-3333-3333-333333333333';
const ARM = 'https://management.azure.com';

export interface StageParts {
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly onCompared: (id: string, differences: readonly string[]) => void;
}

/** Rejects where the scene breaks off. */
export async function playScene(scene: Scene, { recordings, onCompared }: StageParts): Promise<void> {
  const time = createVirtualTime(Date.parse(scene.from));
  const standIn = createStandIn(scene, time);
  const named = (id: string): Recording => {
    const recording = recordings.get(id);
    if (!recording) throw new Error(`There is no recording ${id}.`);
    return recording;
  };
  let token = '';
  const send = async (request: OwnRequest, origin = ARM): Promise<Answer> => {
    const answer = await answered(standIn.handle, request, origin, token);
    const found = /"token":"([^"]+)"/.exec(answer.text())?.[1];
    token = found ?? token;
    return answer;
  };
  const passUntil = (at: number): void => {
    while (time.runNext(at));
  };
  const on: Play = {
    ask: async (...ids) => {
      for (const id of ids) {
        const recording = named(id);
        const { method, host, path, query, body } = recording.request;
        const search = new URLSearchParams(query ?? {}).toString();
        const answer = await send(
          { method: method ?? 'GET', path: `${path ?? '/'}${search === '' ? '' : `?${search}`}`, body },
          `https://${host ?? 'management.azure.com'}`,
        );
        onCompared(id, compareAnswer(recording, answer));
      }
    },
    askInPlace: async (id, request, inner) => {
      const recording = named(id);
      const answer = await send(request);
      const error: unknown = inner === undefined ? undefined : errorIn(answer);
      const shown = error === undefined ? answer : { ...answer, text: () => JSON.stringify(error) };
      onCompared(id, compareAnswer(recording, shown));
    },
    query: async (id, query, columns) => {
      const answer = await send({
        method: 'POST',
        path: `/v1/workspaces/${WORKSPACE}/query`,
        body: { query },
      });
      onCompared(id, compareRows(named(id).response.body, rowsIn(answer), columns));
    },
    until: (clock) => passUntil(Date.parse(`${scene.from.slice(0, 10)}T${clock}Z`)),
    pass: (ms) => passUntil(time.clock.now() + ms),
    send: async (request) => {
      const answer = await send(request);
      if (answer.status >= 400)
        throw new Error(`${request.method} ${request.path} was answered ${answer.status}: ${answer.text()}`);
    },
    fault: (fault) => {
      const refusal = standIn.inject(fault);
      if (refusal !== undefined) throw new Error(refusal);
    },
  };
  try {
    await scene.play(on);
  } finally {
    await standIn.close();
  }
}

function createStandIn(scene: Scene, { clock, timers }: ReturnType<typeof createVirtualTime>) {
  let ids = 0;
  const names = namesOf(scene);
  return createContainerApps({
    clock,
    timers,
    newId: () => `99999999-9999-9999-9999-${String(++ids).padStart(12, '0')}`,
    names,
    runtime: createScriptedRuntime(
      timers,
      () => scene.program ?? { prints: [] },
      (image) => {
        const why = scene.unpullable?.[image];
        return why === undefined ? { kind: 'known' } : { kind: 'unpullable', why };
      },
    ),
    settings: {
      ...DEFAULT_CONTAINER_APPS_SETTINGS,
      environments: scene.environments ?? usualEnvironments(scene.region),
      ...scene.settings,
      times: { ...DEFAULT_CONTAINER_APPS_SETTINGS.times, ...scene.times },
      switches: { ...DEFAULT_CONTAINER_APPS_SETTINGS.switches, ...scene.switches },
    },
    streamOrigin: (region) => `https://${region}.azurecontainerapps.dev`,
  });
}

function namesOf({ names = {} }: Scene): MadeUpNames {
  const random = createRandom(1);
  const [executions, replicas, operations] = [names.executions, names.replicas, names.operations].map(
    (list) => [...(list ?? [])],
  );
  let made = 0;
  return {
    execution: () => executions?.shift() ?? random.hex(7),
    replica: () => replicas?.shift() ?? random.hex(5),
    operation: () => operations?.shift() ?? `88888888-8888-8888-8888-${String(++made).padStart(12, '0')}`,
  };
}

export function usualEnvironments(location: string): GivenEnvironment[] {
  return ['rg1', 'rg-env'].map((resourceGroup) => ({
    subscription: SUBSCRIPTION,
    resourceGroup,
    name: 'env1',
    location,
    profiles: { Consumption: 'Consumption' },
    workspace: WORKSPACE,
  }));
}

/** The same of the older kind, without profiles. */
export function environmentsWithoutProfiles(location: string): GivenEnvironment[] {
  return usualEnvironments(location).map(({ subscription, resourceGroup, name, workspace }) => ({
    subscription,
    resourceGroup,
    name,
    location,
    ...(workspace !== undefined && { workspace }),
  }));
}

async function answered(
  handle: Handler,
  { method, path, body }: OwnRequest,
  origin: string,
  token: string,
): Promise<Answer> {
  const url = new URL(path, origin);
  const response = await handle({
    method,
    url,
    headers: { host: url.host, authorization: `Bearer ${token}` },
    body: body === undefined || body === null ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
  });
  return readAnswer(response);
}

function errorIn(answer: Answer): unknown {
  const body: unknown = JSON.parse(answer.text());
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
}

const tablesSchema = z.object({
  tables: z
    .array(
      z.object({
        columns: z.array(z.object({ name: z.string() })),
        rows: z.array(z.array(z.unknown())),
      }),
    )
    .min(1),
});

/** The rows of the answer to a query, each with its columns' names. */
function rowsIn(answer: Answer): Record<string, unknown>[] {
  const parsed = tablesSchema.safeParse(JSON.parse(answer.text()));
  if (!parsed.success) throw new Error(`The query was answered ${answer.status}: ${answer.text()}`);
  const [table] = parsed.data.tables;
  return (table?.rows ?? []).map((row) =>
    Object.fromEntries((table?.columns ?? []).map(({ name }, index) => [name, row[index]])),
  );
}
