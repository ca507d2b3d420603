import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { createHttpHeaders, type HttpClient, RestError } from '@azure/core-rest-pipeline';

import { createAciBackend } from '../../../backends/aci/aci-backend';
import { aciFacts } from '../../../backends/aci/facts';
import type { ComputeBackend, CreateRequest, WorkloadRef } from '../../../domain/ports/compute-backend';
import { json } from '../../../standins/wire/handler';
import { type BackendStage, TOO_LARGE } from '../../contract/backend-stage';
import { describeComputeBackend } from '../../contract/compute-backend';
import { HELLO, setStage } from '../../standins/aci/support';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';
import type { RegionParts } from '../../support/world/region';

const REF: WorkloadRef = {
  name: `${testJobId(1)}-1`,
  placement: 'eastus',
  owner: 'owner1',
  jobId: testJobId(1),
  attempt: 1,
};
const REQUEST: CreateRequest = {
  ref: REF,
  spec: { image: 'example/program:1', gpu: { count: 1, sku: 'V100' } },
  secrets: {},
  createdAt: NEW_YEAR,
  expiresAt: NEW_YEAR + 60_000,
  timeoutMs: 10_000,
};

function onEmulator(options: RegionParts = {}): BackendStage {
  let isRefusing = false;
  const { emulator, client, advance, programs } = setStage({
    ...options,
    intercept: ({ method }) =>
      isRefusing && method === 'PUT' ? json(403, error('AuthorizationFailed')) : undefined,
  });
  const placement = testPlacement();
  return {
    backend: createAciBackend(placement, () => ({ creating: client, reading: client })),
    facts: aciFacts(placement),
    placement: 'eastus',
    advance,
    untilReady: 0,
    untilRunning: 2_000,
    runs: HELLO.exit?.atMs ?? 0,
    untilGone: 2_000,
    creates: () => emulator.ledger().puts.length,
    starts: () => emulator.ledger().programs.length,
    commandLine: () => programs.at(-1) ?? [],
    entrypoint: [],
    invalid: TOO_LARGE,
    refuseCreates: () => {
      isRefusing = true;
    },
  };
}

/** The backend over a service that answers as given, and the requests that the service got. */
function answering(answer: (method: string, url: string) => { status: number; body?: unknown } | Error): {
  backend: ComputeBackend;
  sent: string[];
} {
  const sent: string[] = [];
  const httpClient: HttpClient = {
    sendRequest: (request): Promise<PipelineResponse> => {
      sent.push(request.method);
      const said = answer(request.method, request.url);
      if (said instanceof Error) return Promise.reject(said);
      const headers = createHttpHeaders({ 'content-type': 'application/json' });
      return Promise.resolve({
        request,
        status: said.status,
        headers,
        bodyAsText: JSON.stringify(said.body ?? {}),
      });
    },
  };
  const credential = {
    getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const client = new ContainerInstanceManagementClient(credential, 'subscription', {
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
  return { backend: createAciBackend(testPlacement(), () => ({ creating: client, reading: client })), sent };
}

function error(code: string, message = 'told so'): { error: { code: string; message: string } } {
  return { error: { code, message } };
}

describeComputeBackend('Container Instances over its emulator', () => onEmulator());

describe('Container Instances', () => {
  test.each([
    ['capacity', { capacity: { 'eastus/V100': 0 } }, 'capacity'],
    ['quota', { quotas: { StandardV100Cores: 0 } }, 'quota'],
  ] as const)('refuses a create for want of %s', async (_what, settings, code) => {
    const { backend } = onEmulator({ settings });
    expect(await backend.create(REQUEST)).toMatchObject({
      kind: 'refused',
      reason: { code, class: 'infrastructure' },
    });
  });

  test('reports a lack of capacity that came after the create as a failed provisioning', async () => {
    const { backend, advance } = onEmulator({
      settings: { capacity: { 'eastus/V100': 0 }, capacityRefusal: 'while-creating' },
    });
    await backend.create(REQUEST);
    await advance(10_000);
    expect(await backend.observe(REF)).toMatchObject({
      kind: 'present',
      workload: { failure: { code: 'capacity' } },
    });
  });

  test('does not take a missing resource group for an absence', async () => {
    const { backend } = onEmulator({ settings: { resourceGroups: ['others'] } });
    expect(await backend.observe(REF)).toMatchObject({ kind: 'unreadable', scopeMissing: true });
    expect((await backend.create(REQUEST)).kind).toBe('refused');
    expect((await backend.remove(REF)).sent).toBe('nothing');
  });

  test('believes the answer to the PUT, whatever the first poll after it says', async () => {
    const { backend, sent } = answering((method) =>
      method === 'PUT'
        ? { status: 201, body: { properties: { provisioningState: 'Pending' } } }
        : { status: 404, body: error('ResourceNotFound') },
    );
    expect(await backend.create(REQUEST)).toEqual({ kind: 'accepted' });
    expect(sent.filter((method) => method === 'PUT')).toHaveLength(1);
  });

  test('never repeats a PUT, and leaves its fate open when no answer came', async () => {
    for (const said of [
      new RestError('socket hang up', { code: 'ECONNRESET' }),
      { status: 500 },
      { status: 503 },
      { status: 408 },
    ]) {
      const { backend, sent } = answering(() => said);
      expect((await backend.create(REQUEST)).kind).toBe('unknown');
      expect(sent).toEqual(['PUT']);
    }
  });

  test('sends nothing and says why when the placement no longer offers what was asked for', async () => {
    const { backend, sent } = answering(() => ({ status: 201 }));
    const spec = { image: 'example/program:1', gpu: { count: 1, sku: 'H100' } } as const;
    const answer = await backend.create({ ...REQUEST, spec });
    expect(answer).toMatchObject({
      kind: 'refused',
      reason: { message: expect.stringContaining('offers no 1 × H100') as string },
    });
    expect(sent).toEqual([]);
  });

  test.each([401, 403, 429, 500, 503])(
    'takes HTTP %i to a read for no answer about the workload, and deletes nothing',
    async (status) => {
      const { backend, sent } = answering(() => ({ status, body: error('AuthorizationFailed') }));
      expect(await backend.observe(REF)).toMatchObject({ kind: 'unreadable', scopeMissing: false });
      expect(await backend.remove(REF)).toMatchObject({
        sent: 'nothing',
        observation: { kind: 'unreadable' },
      });
      expect(sent).not.toContain('DELETE');
    },
  );

  test('takes only the 404 that names the workload for its absence', async () => {
    const message = (name: string): string =>
      `The Resource 'Microsoft.ContainerInstance/containerGroups/${name}' under resource group 'jobs' was not found.`;
    const kinds = async (body: unknown): Promise<string> =>
      (await answering(() => ({ status: 404, body })).backend.observe(REF)).kind;
    expect(await kinds(error('ResourceNotFound', message(REF.name)))).toBe('absent');
    expect(await kinds(error('ResourceNotFound', message('another')))).toBe('unreadable');
    expect(await kinds(error('SubscriptionNotFound', message(REF.name)))).toBe('unreadable');
    expect(await kinds('not found')).toBe('unreadable');
  });
});
