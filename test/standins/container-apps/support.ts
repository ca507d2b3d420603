// The stand-in under virtual time, with containers that follow scripts.
import { z } from 'zod';

import type { Fault } from '../../../standins/container-apps/faults/fault';
import {
  type ContainerAppsSettings,
  DEFAULT_CONTAINER_APPS_SETTINGS,
} from '../../../standins/container-apps/settings';
import { type ContainerAppsStandIn, createContainerApps } from '../../../standins/container-apps/stand-in';
import type { Switches } from '../../../standins/container-apps/switches';
import type { Times } from '../../../standins/container-apps/times';
import type { ContainerStart, ImageStanding } from '../../../standins/containers/runtime';
import { createScriptedRuntime, type Script } from '../../../standins/containers/scripted';
import type { VolumeFolders } from '../../../standins/containers/volume-folders';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';
import type { Handler } from '../../../standins/wire/handler';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';
export const GROUP = 'gpu-jobs';
export const WORKSPACE = '00000000-0000-0000-0000-0000000000cc';
const PROVIDER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft.App`;
export const ENVIRONMENT = `${PROVIDER}/managedEnvironments/env`;
const START = Date.UTC(2026, 0, 5, 12);

export const HELLO: Script = { prints: [{ atMs: 0, text: 'hello\n' }], exit: { atMs: 5_000, code: 0 } };
export const NEVER_ENDS: Script = { prints: [{ atMs: 0, text: 'hello\n' }] };

export function exits(code: number): Script {
  return { prints: [], exit: { atMs: 1_000, code } };
}

export interface StageOptions {
  readonly settings?: Partial<ContainerAppsSettings>;
  readonly times?: Partial<Times>;
  readonly switches?: Partial<Switches>;
  /** What each start of a program does, in order; the last goes on. */
  readonly scripts?: readonly Script[];
  readonly standingOf?: (image: string) => ImageStanding;
  readonly volumeFolders?: VolumeFolders;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Stage {
  readonly standIn: ContainerAppsStandIn;
  readonly handle: Handler;
  /** Every start of a program, in order. */
  readonly starts: readonly ContainerStart[];
  readonly now: () => number;
  /** Lets virtual time pass, in milliseconds. */
  readonly pass: (ms: number) => void;
  /** A request below the provider, `/jobs/train`, with version 2026-07-01. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly fault: (fault: Fault) => void;
}

export function setStage(options: StageOptions = {}): Stage {
  const time = createVirtualTime(START);
  const { clock, timers } = time;
  const { scripts = [HELLO] } = options;
  const starts: ContainerStart[] = [];
  let made = 0;
  const next = (prefix: string): string => `${prefix}${String(++made).padStart(4, '0')}`;
  const standIn = createContainerApps({
    clock,
    timers,
    newId: () => `00000000-0000-0000-0000-${String(++made).padStart(12, '0')}`,
    names: {
      execution: () => next('abc'),
      replica: () => next('x'),
      operation: () => `11111111-0000-0000-0000-${String(++made).padStart(12, '0')}`,
    },
    runtime: createScriptedRuntime(
      timers,
      (start) => {
        starts.push(start);
        return scripts[Math.min(starts.length, scripts.length) - 1] ?? HELLO;
      },
      options.standingOf,
    ),
    volumeFolders: options.volumeFolders,
    settings: {
      ...DEFAULT_CONTAINER_APPS_SETTINGS,
      environments: [
        {
          subscription: SUBSCRIPTION,
          resourceGroup: GROUP,
          name: 'env',
          location: 'eastus',
          profiles: { Consumption: 'Consumption', t4: 'Consumption-GPU-NC8as-T4' },
          workspace: WORKSPACE,
        },
      ],
      ...options.settings,
      times: { ...DEFAULT_CONTAINER_APPS_SETTINGS.times, ...options.times },
      switches: { ...DEFAULT_CONTAINER_APPS_SETTINGS.switches, ...options.switches },
    },
  });
  return {
    standIn,
    handle: standIn.handle,
    starts,
    now: () => clock.now(),
    pass: (ms) => {
      const until = clock.now() + ms;
      while (time.runNext(until));
    },
    send: (method, path, body) =>
      request(standIn.handle, method, `${PROVIDER}${path}?api-version=2026-07-01`, body),
    fault: (fault) => {
      const refusal = standIn.inject(fault);
      if (refusal !== undefined) throw new Error(refusal);
    },
  };
}

/** A request to any address of the stand-in, with its body read as JSON where it is some. */
export async function request(
  handle: Handler,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const answer = await handle({
    method,
    url: new URL(path, 'http://127.0.0.1'),
    headers,
    body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
  });
  let text = answer.body?.toString() ?? '';
  answer.stream?.open({
    write: (chunk) => (text += chunk.toString()),
    end: () => undefined,
    abort: () => undefined,
  });
  return { status: answer.status, headers: answer.headers ?? {}, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export interface JobParts {
  readonly container?: Readonly<Record<string, unknown>>;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

export function jobBody({ container, configuration, properties }: JobParts = {}): Record<string, unknown> {
  return {
    location: 'eastus',
    properties: {
      environmentId: ENVIRONMENT,
      configuration: {
        triggerType: 'Manual',
        replicaTimeout: 3_600,
        replicaRetryLimit: 0,
        manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
        ...configuration,
      },
      template: {
        containers: [
          {
            name: 'program',
            image: 'example/program:1',
            resources: { cpu: 0.5, memory: '1Gi' },
            ...container,
          },
        ],
      },
      ...properties,
    },
  };
}

/** Longer than a PUT takes. */
const UNTIL_READY = 10_000;
/** Longer than a start takes until its container runs. */
export const UNTIL_RUNNING = 6_000;

/** Makes a job and waits until it can be started. */
export async function makeJob(stage: Stage, name = 'train', parts: JobParts = {}): Promise<void> {
  const { status, body } = await stage.send('PUT', `/jobs/${name}`, jobBody(parts));
  if (status !== 201) throw new Error(`The PUT was answered ${status}: ${JSON.stringify(body)}`);
  stage.pass(UNTIL_READY);
}

/** Starts a job; the execution's name. */
export async function start(stage: Stage, name = 'train', body?: unknown): Promise<string> {
  const answer = await stage.send('POST', `/jobs/${name}/start`, body);
  return z.object({ name: z.string() }).parse(answer.body).name;
}

const executionSchema = z.object({
  name: z.string(),
  properties: z.looseObject({
    status: z.string(),
    startTime: z.string(),
    endTime: z.string().optional(),
    reason: z.string().optional(),
    detailedStatus: z.unknown().optional(),
  }),
});
export type ShownExecution = z.infer<typeof executionSchema>;

export async function executions(stage: Stage, name = 'train'): Promise<ShownExecution[]> {
  const { body } = await stage.send('GET', `/jobs/${name}/executions`);
  return z.object({ value: z.array(executionSchema) }).parse(body).value;
}

/** The status of each execution, in the order of the list. */
export async function statuses(stage: Stage, name = 'train'): Promise<string[]> {
  return (await executions(stage, name)).map(({ properties }) => properties.status);
}

/** The rows of a query, each by its columns' names. */
export async function rows(stage: Stage, query: string): Promise<Record<string, unknown>[]> {
  const answer = await request(stage.handle, 'POST', `/v1/workspaces/${WORKSPACE}/query`, { query });
  const table = z
    .object({
      tables: z.tuple([
        z.object({ columns: z.array(z.object({ name: z.string() })), rows: z.array(z.array(z.unknown())) }),
      ]),
    })
    .parse(answer.body).tables[0];
  return table.rows.map((row) =>
    Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index]])),
  );
}
