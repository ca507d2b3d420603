// A real cluster as one of its users, by the product's own way to a cluster, and what the proof asks of it.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { parse, stringify } from 'yaml';
import { z } from 'zod';

import { jsonOf } from '../../backends/json-of';
import { clusterOf } from '../../backends/kubernetes/calls/cluster-of';
import type { ClusterApi, ClusterRequest } from '../../backends/kubernetes/cluster/cluster-api';
import { createClusterApi } from '../../backends/kubernetes/cluster/create-cluster-api';
import { isSuccess, refusedAnswer } from '../../backends/kubernetes/reading/read-answer';

type Request = Omit<ClusterRequest, 'timeoutMs'>;

export interface RealCluster {
  readonly api: ClusterApi;
  /** Resolves to what a success says. Rejects with the server's own words for every other answer. */
  ask(request: Request): Promise<unknown>;
  /** Like `ask`; undefined for a 404. */
  askIfThere(request: Request): Promise<unknown>;
}

/** The user of the kubeconfig's current context, or with a token another user of the same cluster. */
export function realCluster(kubeconfig: string, token?: string): RealCluster {
  const file = resolve(kubeconfig);
  const noAzure = (): never => {
    throw new Error('The way by a kubeconfig asks nothing of Azure.');
  };
  const api = createClusterApi(
    { kubeconfig: file },
    {
      armEndpoint: new URL('https://management.azure.com'),
      credential: { getToken: noAzure },
      secretOf: noAzure,
      environment: {},
      clock: Date,
      readText: async (path) => {
        const text = await readFile(path, 'utf8');
        return path === file && token !== undefined ? withToken(text, token) : text;
      },
    },
  );
  const cluster = clusterOf(
    '',
    () => api,
    () => undefined,
  );

  async function askIfThere(request: Request): Promise<unknown> {
    const answer = await cluster.send(request);
    if (answer.status === 404) return undefined;
    if (!isSuccess(answer)) throw refusedAnswer(answer, `${request.method} ${request.path}`);
    return jsonOf(answer.text);
  }
  return {
    api,
    askIfThere,
    ask: async (request) => {
      const said = await askIfThere(request);
      if (said === undefined) throw new Error(`The cluster does not know ${request.path}.`);
      return said;
    },
  };
}

const usersSchema = z.looseObject({ users: z.array(z.looseObject({ name: z.string() })) });

/** The kubeconfig with this token in the place of each user's credentials. */
function withToken(text: string, token: string): string {
  const config = usersSchema.parse(parse(text));
  return stringify({ ...config, users: config.users.map(({ name }) => ({ name, user: { token } })) });
}

/** Milliseconds between two looks at something that is waited for. */
const LOOK_EVERY_MS = 100;

/** Looks until there is a value. Rejects after `withinMs` with what was waited for. */
export async function untilThere<Value>(
  what: string,
  withinMs: number,
  look: () => Promise<Value | undefined>,
): Promise<Value> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error(`Waited ${withinMs} ms in vain for ${what}.`);
    await sleep(LOOK_EVERY_MS);
  }
}
