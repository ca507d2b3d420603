// The app's HTTP functions over memory, registered by its own entry point and called as the worker calls them. One app
// a process.
import { type HttpMethod, HttpRequest, HttpResponse, InvocationContext } from '@azure/functions';
import { z } from 'zod';

import { systemClock } from '../../../domain/ports/clock';
import type { Schedule } from '../../../domain/schedule/schedule';
import { createJobWatch } from '../../../jobs/job/job-watch';
import { createListKeeper } from '../../../jobs/lists/list-keeper';
import { createListedJobStore } from '../../../jobs/lists/listed-job-store';
import { bindingsOf, type RegisteredFunction } from '../../../standins/functions-host/app/core-shim';
import { type TestApp, testApp } from '../../support/app/test-app';
import { MemoryJobLists } from '../../support/memory/memory-job-lists';
import { MemoryJobStore } from '../../support/memory/memory-job-store';
import { appOverServices } from './app-over-services';

/** A request to one function, with its route's parameters already extracted. */
export interface Call {
  readonly id: string;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  /** Without parameters such as a charset; empty when there is no body. */
  readonly type: string;
  readonly body: string;
}

export interface AppInMemory {
  readonly app: TestApp;
  /** Calls the function. Rejects with what it throws. */
  readonly call: (call: Call) => Promise<Answered>;
}

/** A client that reaches no extension: orchestrations are not started. */
export const DURABLE_CLIENT_DATA = {
  taskHubName: 'hub',
  creationUrls: {},
  managementUrls: { id: 'instance' },
  baseUrl: 'http://127.0.0.1:9',
  requiredQueryStringParameters: '',
};

/** Puts a test's ports in the place of those that the settings would make, then loads the entry point. */
export async function appInMemory(configuredSchedules: readonly Schedule[]): Promise<AppInMemory> {
  const rows = new MemoryJobStore();
  const lists = createListKeeper({
    jobs: rows,
    lists: new MemoryJobLists(),
    log: { warn: () => undefined },
    patience: () => new Promise(() => undefined),
  });
  const jobs = createListedJobStore(rows, lists, () => undefined);
  const app = testApp({ jobs, lists, configuredSchedules });
  const watch = createJobWatch({ jobs: rows, clock: systemClock, pause: () => Promise.resolve() });
  const registrations = await appOverServices({ ...app.ports, watch, specsToShow: app.ports.specs });
  return {
    app,
    call: async (call) => {
      const registered = registrations.functions.get(call.id);
      if (registered === undefined) throw new Error(`The app has no function ${call.id}.`);
      return answerOf(await registered.callback(requestOf(call), contextOf(registered)));
    },
  };
}

function requestOf({ method, params, query, headers, body }: Call): HttpRequest {
  return new HttpRequest({
    method: z.custom<HttpMethod>((value) => typeof value === 'string').parse(method.toUpperCase()),
    url: 'http://127.0.0.1/api',
    params: { ...params },
    query: { ...query },
    headers: { ...headers },
    ...(body === undefined ? {} : { body: { string: body } }),
  });
}

function contextOf({ metadata }: RegisteredFunction): InvocationContext {
  const inputs = bindingsOf(metadata).filter(({ type }) => type === 'durableClient');
  const extraInputs = inputs.map(({ name, type }) => ({ name, type }));
  const context = new InvocationContext({
    functionName: metadata.name,
    options: { extraInputs, trigger: { type: 'httpTrigger', name: 'request' } },
  });
  for (const input of extraInputs) context.extraInputs.set(input, DURABLE_CLIENT_DATA);
  return context;
}

async function answerOf(returned: unknown): Promise<Answered> {
  const init = z.looseObject({}).parse(returned);
  const response = new HttpResponse(init);
  const body = await response.text();
  const type = body === '' ? '' : (response.headers.get('content-type') ?? '');
  return { status: response.status, type: type.split(';')[0] ?? '', body };
}
