// The two clients by which the ACI backend reaches the simulated ARM: Azure's own, and a thin one at a tenth of the
// cost.
import type { ContainerGroup, ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import { ContainerInstanceManagementClient as GenuineClient } from '@azure/arm-containerinstance';
import { RestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';

import type { AciClients } from '../../../backends/aci/aci-backend';
import type { WireRequest, WireResponse } from '../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../standins/wire/sdk-http-client';
import { SUBSCRIPTION } from './cloud';

export type Send = (request: WireRequest) => Promise<WireResponse>;

const ORIGIN = 'https://management.azure.com';

/** Azure's client over the simulated wire. It retries nothing, because its waits would take real time. */
export function genuineClients(send: Send): AciClients {
  const credential = {
    getToken: () => Promise.resolve({ token: 'simulated', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  };
  const client = new GenuineClient(credential, SUBSCRIPTION, {
    endpoint: ORIGIN,
    httpClient: createHandlerHttpClient(send),
    retryOptions: { maxRetries: 0 },
  });
  return { creating: client, reading: client };
}

const listSchema = z.object({ value: z.array(z.unknown()) });
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

type OnResponse = (raw: {
  request: { method: string };
  status: number;
  bodyAsText: string;
  headers: { get(name: string): string | undefined };
}) => void;
interface Options {
  readonly onResponse?: OnResponse;
}

/** A client with the six calls that the backend makes and nothing else. */
export function thinClients(send: Send): AciClients {
  const call = async (method: string, path: string, body: unknown, options?: Options): Promise<unknown> => {
    const url = new URL(`${ORIGIN}/subscriptions/${SUBSCRIPTION}${path}?api-version=2023-05-01`);
    const answer = await send({
      method,
      url,
      headers: {},
      body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
    });
    const text = String(answer.body ?? '');
    options?.onResponse?.({
      request: { method },
      status: answer.status,
      bodyAsText: text,
      headers: { get: (name) => answer.headers?.[name] },
    });
    if (answer.status >= 300) throw restError(answer.status, text);
    return text === '' ? undefined : JSON.parse(text);
  };
  const at = (resourceGroup: string, name: string): string =>
    `/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerInstance/containerGroups/${name}`;
  const client = {
    containerGroups: {
      beginCreateOrUpdate: (rg: string, name: string, group: ContainerGroup, options?: Options) =>
        call('PUT', at(rg, name), wireOf(group), options),
      get: async (rg: string, name: string) => modelOf(await call('GET', at(rg, name), undefined)),
      beginDelete: (rg: string, name: string) => call('DELETE', at(rg, name), undefined),
      listByResourceGroup: async function* (rg: string, options?: Options) {
        const path = at(rg, '').replace(/\/$/, '');
        const { value } = listSchema.parse(await call('GET', path, undefined, options));
        for (const group of value) yield modelOf(group);
      },
    },
    containers: {
      listLogs: (rg: string, name: string, container: string) =>
        call('GET', `${at(rg, name)}/containers/${container}/logs`, undefined),
    },
    location: {
      listUsage: async function* (region: string, options?: Options) {
        const path = `/providers/Microsoft.ContainerInstance/locations/${region}/usages`;
        const { value } = listSchema.parse(await call('GET', path, undefined, options));
        yield* value;
      },
    },
  };
  // The backend makes these six calls only. A seventh would fail at once, because it is no function.
  const clients = client as unknown as ContainerInstanceManagementClient;
  return { creating: clients, reading: clients };
}

function restError(statusCode: number, text: string): RestError {
  const parsed = errorSchema.safeParse(text === '' ? {} : JSON.parse(text));
  const { code, message } = parsed.success ? parsed.data.error : { code: `HTTP${statusCode}`, message: text };
  return new RestError(message, { statusCode, code });
}

/** The request's body as the client's serializer writes it. */
function wireOf({ location, tags, identity, containers, ...properties }: ContainerGroup): unknown {
  return {
    location,
    tags,
    identity,
    properties: {
      ...properties,
      containers: containers.map(({ name, ...rest }) => ({ name, properties: rest })),
    },
  };
}

const looseProperties = z.looseObject({
  provisioningState: z.string().optional(),
  instanceView: z.unknown().optional(),
  containers: z.array(z.looseObject({ name: z.string(), properties: z.looseObject({}) })),
});
const groupSchema = z.looseObject({ properties: looseProperties });
const DATES = /^(startTime|finishTime|firstTimestamp|lastTimestamp)$/;

/** The answer as the client's deserializer reads it: flat, with dates. */
function modelOf(wire: unknown): ContainerGroup {
  const { properties, ...rest } = groupSchema.parse(wire);
  const flat = {
    ...rest,
    ...properties,
    containers: properties.containers.map(({ name, properties: of }) => ({ name, ...of })),
  };
  // The emulator's own shape. The genuine client reads it in every tenth seed.
  return withDates(flat) as ContainerGroup;
}

function withDates(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return DATES.test(key) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((item) => withDates(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withDates(member, name)]));
}
