// Where the token of a job's streams may go: an answer names the address.
import { createReplicasApi } from '../../../../backends/container-apps/cloud/replicas-api';
import { streamAddress } from '../../../../backends/container-apps/cloud/stream-address';
import { createStreamsApi } from '../../../../backends/container-apps/cloud/streams-api';
import { RetryableError } from '../../../../domain/errors';
import { json } from '../../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../../standins/wire/sdk-http-client';
import { created, refOn } from '../../../contract/backend-stage';
import { setContainerAppsStage } from '../container-apps-stage';

const AZURE = new URL('https://management.azure.com');
const EMULATOR = new URL('http://127.0.0.1:7073');

describe('a stream is read', () => {
  it.each([
    ["at a region's own host", 'https://eastus.azurecontainerapps.dev/subscriptions/s/logstream', AZURE],
    ['at Resource Manager', 'https://management.azure.com/subscriptions/s/logstream', AZURE],
    ['at an emulator on this machine, by one on this machine', 'http://127.0.0.1:7074/logstream', EMULATOR],
  ])('%s', (_, named, endpoint) => {
    expect(streamAddress(named, endpoint).href).toBe(named);
  });
});

describe('no token is sent to a stream', () => {
  it.each([
    ['at another host', 'https://evil.example/logstream'],
    ['at a host that only ends alike', 'https://evilazurecontainerapps.dev/'],
    ["at a host below a region's", 'https://app.eastus.azurecontainerapps.dev/'],
    ["at a customer's app", 'https://app.env.usgovvirginia.azurecontainerapps.us/'],
    ['at another port', 'https://eastus.azurecontainerapps.dev:8443/'],
    ['with a user in its address', 'https://user@eastus.azurecontainerapps.dev/'],
    ['in clear text', 'http://eastus.azurecontainerapps.dev/'],
    ['on this machine', 'http://127.0.0.1:80/'],
    ['at the metadata service', 'http://169.254.169.254/metadata/identity/oauth2/token'],
    ['that is no URL', 'not a URL'],
    ['that is a file', 'file:///etc/passwd'],
  ])('%s', (_, named) => {
    expect(() => streamAddress(named, AZURE)).toThrow(RetryableError);
  });

  it('elsewhere, by an emulator on this machine', () => {
    expect(() => streamAddress('https://evil.example/', EMULATOR)).toThrow(RetryableError);
  });

  it('at another host, through the whole way of a read', async () => {
    const asked: string[] = [];
    const httpClient = createHandlerHttpClient(({ url }) => {
      asked.push(url.host);
      return json(200, { properties: { token: 'secret' } });
    });
    const credential = { getToken: () => Promise.resolve({ token: 'arm', expiresOnTimestamp: 2 ** 50 }) };
    const replicas = createReplicasApi({ endpoint: AZURE, credential, httpClient });
    const streams = createStreamsApi(replicas, AZURE, httpClient);
    const path = { subscriptionId: 's', resourceGroup: 'rg' };
    await expect(streams.log(path, 'job', 'https://evil.example/')).rejects.toThrow('where no token is sent');
    expect(asked).toEqual([]);
  });
});

test.each(['not a URL', 'https://evil.example/eventstream'])(
  'a job whose events are said to be at "%s" is removed all the same',
  async (address) => {
    const stage = setContainerAppsStage({
      standingOf: () => ({ kind: 'unpullable', why: 'no such image' }), // What has started needs no events.
      way: (service) => async (request) => {
        const answer = await service(request);
        const text = answer.body?.toString() ?? '';
        const body = text.replace(/"eventStreamEndpoint":"[^"]*"/g, `"eventStreamEndpoint":"${address}"`);
        return { ...answer, body: Buffer.from(body) };
      },
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(stage.untilRunning);
    await expect(stage.backend.remove(ref, { mayStillAppear: false })).resolves.toMatchObject({
      sent: 'stop',
    });
  },
);
