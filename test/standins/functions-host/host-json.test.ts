import { parseHostJson } from '../../../standins/functions-host/host-json';

test('an empty host.json has the defaults of the real host in development', () => {
  expect(parseHostJson({ version: '2.0' }, {})).toEqual({
    routePrefix: 'api',
    queues: {
      batchSize: 16,
      newBatchThreshold: 8,
      maxDequeueCount: 5,
      visibilityTimeout: 0,
      maxPollingInterval: 2_000,
      messageEncoding: 'base64',
    },
    durableTask: { hubName: 'TestHubName' },
    notFollowed: [],
  });
});

test('what is followed is read whatever the case of its key, the rest is named', () => {
  const read = parseHostJson(
    {
      version: '2.0',
      functionTimeout: '00:10:00',
      logging: {},
      Extensions: {
        http: { routeprefix: '/v1/', customHeaders: {} },
        Queues: { messageEncoding: 'None', batchSize: 1, visibilityTimeout: '00:00:30' },
        durabletask: { HubName: 'Hub', storageProvider: { type: 'azureStorage' } },
        serviceBus: {},
      },
    },
    {},
  );
  expect(read).toMatchObject({
    routePrefix: 'v1',
    queues: { messageEncoding: 'none', batchSize: 1, newBatchThreshold: 0, visibilityTimeout: 30_000 },
    durableTask: { hubName: 'Hub' },
    notFollowed: [
      'functionTimeout',
      'extensions.serviceBus',
      'extensions.http.customHeaders',
      'extensions.durableTask.storageProvider',
    ],
  });
});

test('environment variables override single values, whatever the case of their names', () => {
  const environment = {
    AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.100',
    AZUREFUNCTIONSJOBHOST__EXTENSIONS__QUEUES__BATCHSIZE: '32',
    AzureFunctionsJobHost__extensions__durableTask__hubName: 'Other',
    AzureFunctionsJobHost: 'not an override',
  };
  const content = { version: '2.0', extensions: { queues: { batchSize: 2, maxDequeueCount: 7 } } };
  expect(parseHostJson(content, environment)).toMatchObject({
    queues: { maxPollingInterval: 100, batchSize: 32, newBatchThreshold: 16, maxDequeueCount: 7 },
    durableTask: { hubName: 'Other' },
  });
  expect(content.extensions.queues.batchSize).toBe(2);
});

test.each([
  [{ batchSize: 33 }],
  [{ batchSize: 0 }],
  [{ newBatchThreshold: -1 }],
  [{ maxDequeueCount: 0 }],
  [{ visibilityTimeout: 'soon' }],
  [{ maxPollingInterval: '00:00:00.050' }],
  [{ messageEncoding: 'rot13' }],
])('queues %j are refused as the real host refuses them', (queues) => {
  expect(() => parseHostJson({ version: '2.0', extensions: { queues } }, {})).toThrow(Object.keys(queues)[0]);
});

test('another version is refused', () => {
  expect(() => parseHostJson({ version: '1.0' }, {})).toThrow('must be \\"2.0\\"');
});
