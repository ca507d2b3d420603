// Addresses that Resource Manager's answers name elsewhere: none gets a request, so none gets a token.
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { z } from 'zod';

import { createAciBackend } from '../../../backends/aci/aci-backend';
import { aciClients } from '../../../backends/aci/arm-clients';
import { createArmReads } from '../../../backends/arm/arm-reads';
import { sendOnceToArm } from '../../../backends/arm/send-once';
import { isAtEndpoint } from '../../../backends/arm/stay-at-endpoint';
import { createContainerAppsClientsBySubscription } from '../../../backends/container-apps/cloud/clients';
import type { ComputeBackend } from '../../../domain/ports/compute-backend';
import { SUBSCRIPTION, testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';
import { type ScriptedManager, startManager } from '../kubernetes/cluster/resource-manager';

const REF = {
  name: `${testJobId(1)}-1`,
  placement: 'eastus',
  owner: 'owner1',
  jobId: testJobId(1),
  attempt: 1,
};
const CREDENTIAL = {
  getToken: () => Promise.resolve({ token: 'secret', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};
/** The group as it stands, with our tags. */
const GROUP = JSON.stringify({
  name: REF.name,
  location: 'eastus',
  tags: {
    'managed-by': 'gpu-job-runner',
    'gpu-jobs-owner': REF.owner,
    'gpu-jobs-job': REF.jobId,
    'gpu-jobs-attempt': '1',
  },
  properties: { containers: [], osType: 'Linux', provisioningState: 'Pending' },
});

let elsewhere: ScriptedManager;
let manager: ScriptedManager;
let backend: ComputeBackend;

beforeEach(async () => {
  elsewhere = await startManager((_, response) => response.end('{"value":[],"status":"Succeeded"}'));
  manager = await startManager((request, response) => {
    const link = `${elsewhere.endpoint.origin}/stolen`;
    const isList = /containerGroups(\?|$)/.test(request.url ?? '');
    response
      .writeHead(request.method === 'PUT' ? 201 : request.method === 'DELETE' ? 202 : 200, {
        'content-type': 'application/json',
        date: new Date(NEW_YEAR).toUTCString(),
        'azure-asyncoperation': link,
        location: link,
      })
      .end(isList ? JSON.stringify({ value: [], nextLink: link }) : GROUP);
  });
  const clients = aciClients(manager.endpoint, SUBSCRIPTION, CREDENTIAL);
  backend = createAciBackend(testPlacement(), () => clients);
});
afterEach(async () => {
  await Promise.all([manager.close(), elsewhere.close()]);
});

describe('an address elsewhere that an answer of Resource Manager names is not asked', () => {
  it('as the next page of a list, which then counts as unread', async () => {
    await expect(backend.list(REF.owner)).rejects.toThrow(
      /leads to http:\/\/127\.0\.0\.1:\d+, where no request is sent/,
    );
    expect([manager.asked.length, elsewhere.asked]).toEqual([1, []]);
  });

  it('as the poll after a create, whose answer counts all the same', async () => {
    const request = {
      ref: REF,
      spec: { image: 'example/program:1' },
      secrets: {},
      createdAt: NEW_YEAR,
      expiresAt: NEW_YEAR + 60_000,
      timeoutMs: 10_000,
    };
    expect(await backend.create(request)).toEqual({ kind: 'accepted' });
    expect(elsewhere.asked).toEqual([]);
  });

  it('as the poll after a delete', async () => {
    await expect(backend.remove(REF)).rejects.toThrow('where no request is sent');
    expect(manager.asked.map(({ method }) => method)).toEqual(['GET', 'DELETE']);
    expect(elsewhere.asked).toEqual([]);
  });
});

/** Where the token went. */
function recording(
  answer: (url: URL) => { status: number; headers?: Record<string, string>; body?: unknown },
): {
  httpClient: HttpClient;
  told: string[];
} {
  const told: string[] = [];
  return {
    told,
    httpClient: {
      sendRequest: (request) => {
        const url = new URL(request.url);
        if (request.headers.has('authorization')) told.push(url.host);
        const { status, headers = {}, body = {} } = answer(url);
        return Promise.resolve({
          request,
          status,
          headers: createHttpHeaders({ 'content-type': 'application/json', ...headers }),
          bodyAsText: JSON.stringify(body),
        });
      },
    },
  };
}

const ENDPOINT = new URL('https://management.azure.com');

describe('the token for Resource Manager goes to Resource Manager alone', () => {
  it('where a list of Container Apps goes on elsewhere', async () => {
    const { httpClient, told } = recording(({ host }) => ({
      status: 200,
      body: host === ENDPOINT.host ? { value: [], nextLink: 'https://evil.example/next' } : { value: [] },
    }));
    const clientsOf = createContainerAppsClientsBySubscription({
      endpoint: ENDPOINT,
      logsEndpoint: new URL('https://api.loganalytics.io'),
      credential: CREDENTIAL,
      httpClient,
    });
    const read = async (): Promise<unknown[]> => {
      const jobs: unknown[] = [];
      for await (const job of clientsOf(SUBSCRIPTION).reading.jobs.listByResourceGroup('rg')) jobs.push(job);
      return jobs;
    };
    await expect(read()).rejects.toThrow('leads to https://evil.example, where no request is sent');
    expect(told).toEqual(['management.azure.com']);
  });

  it.each([
    ['https://evil.example/next', 'leads to https://evil.example, where no request is sent'],
    ['https://169.254.169.254/metadata', 'leads to https://169.254.169.254, where no request is sent'],
    ['/next', 'goes on at "/next", which is no address'],
  ])(
    'where a list that is read by a request of our own goes on at %s, and half of it is none',
    async (link, why) => {
      const { httpClient, told } = recording(() => ({ status: 200, body: { value: [{}], nextLink: link } }));
      const reads = createArmReads({ endpoint: ENDPOINT, credential: CREDENTIAL, httpClient });
      await expect(reads.list('/subscriptions/s/things', '2024-01-01', z.object({}))).rejects.toThrow(why);
      expect(told).toEqual(['management.azure.com']);
    },
  );

  it.each([301, 307])('where a request of our own is answered with a redirect (%i)', async (status) => {
    const { httpClient, told } = recording(() => ({
      status,
      headers: { location: 'https://evil.example/' },
    }));
    const send = sendOnceToArm(ENDPOINT, CREDENTIAL, httpClient);
    const answer = await send({ method: 'GET', url: new URL('/subscriptions', ENDPOINT), withinMs: 10_000 });
    expect([answer.status, told]).toEqual([status, ['management.azure.com']]);
  });

  it('where a request of our own is sent elsewhere by mistake', async () => {
    const { httpClient, told } = recording(() => ({ status: 200 }));
    const send = sendOnceToArm(ENDPOINT, CREDENTIAL, httpClient);
    const sent = send({ method: 'GET', url: new URL('https://evil.example'), withinMs: 10_000 });
    await expect(sent).rejects.toThrow('where no request is sent');
    expect(told).toEqual([]);
  });
});

test.each([
  ['https://management.azure.com/next', true],
  ['https://westeurope.management.azure.com/next', true],
  ['http://management.azure.com/', false],
  ['https://management.azure.com:8443/', false],
  ['https://management.azure.com.evil.example/', false],
  ['https://evilmanagement.azure.com/', false],
  ['https://management.azure.com@evil.example/', false],
])('%s counts as Resource Manager: %p', (address, isThere) => {
  expect(isAtEndpoint(new URL(address), ENDPOINT)).toBe(isThere);
});
