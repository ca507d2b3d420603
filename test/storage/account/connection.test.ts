import type { TokenCredential } from '@azure/identity';

import { TerminalError } from '../../../domain/errors';
import { createStorageClients } from '../../../storage/account/clients';
import { connectionFromSettings } from '../../../storage/account/connection';

const credential: TokenCredential = { getToken: () => Promise.resolve(null) };

function neverAsked(): TokenCredential {
  throw new Error('a connection string needs no credential');
}

function connect(connectionString: string): unknown {
  return connectionFromSettings({ AzureWebJobsStorage: connectionString }, neverAsked);
}

test.each([
  'UseDevelopmentStorage=true',
  'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aw==;EndpointSuffix=core.windows.net',
  'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aw==;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://localhost:2/a;TableEndpoint=http://[::1]:3/a',
  'BlobEndpoint=https://a.blob.core.windows.net;TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=sv=1&sig=x%3D',
])('%s is used as it stands', (connectionString) => {
  expect(connect(connectionString)).toEqual({ kind: 'connection-string', connectionString });
});

test.each([
  'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aw==',
  'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aw==;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;TableEndpoint=http://10.0.0.7:3/a',
  'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aw==;BlobEndpoint=http://127.0.0.1.example.com/a',
  'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aw==;QueueEndpoint=ftp://127.0.0.1/a',
])('%s is refused: rows and secrets would cross a network in clear text', (connectionString) => {
  expect(() => connect(connectionString)).toThrow(/use https; http is accepted only/);
});

test('what is refused is named without the account key', () => {
  const act = (): unknown => connect('DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0');
  expect(act).toThrow(TerminalError);
  expect(act).not.toThrow(/c2VjcmV0/);
});

test('an address that is no URL is refused by name', () => {
  expect(() => connect('AccountName=a;TableEndpoint=nowhere')).toThrow('"nowhere", which is not a URL');
});

test('an account name means its public addresses and an identity', () => {
  expect(connectionFromSettings({ AzureWebJobsStorage__accountName: 'acme' }, () => credential)).toEqual({
    kind: 'identity',
    credential,
    blobUrl: 'https://acme.blob.core.windows.net',
    queueUrl: 'https://acme.queue.core.windows.net',
    tableUrl: 'https://acme.table.core.windows.net',
  });
});

test('addresses of another cloud stand over the account name', () => {
  const settings = {
    AzureWebJobsStorage__accountName: 'acme',
    AzureWebJobsStorage__tableServiceUri: 'https://acme.table.core.chinacloudapi.cn',
  };
  expect(connectionFromSettings(settings, () => credential)).toMatchObject({
    blobUrl: 'https://acme.blob.core.windows.net',
    tableUrl: 'https://acme.table.core.chinacloudapi.cn',
  });
});

test('a connection string stands over an account name, as in the Functions host', () => {
  const settings = {
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    AzureWebJobsStorage__accountName: 'acme',
  };
  expect(connectionFromSettings(settings, neverAsked)).toMatchObject({ kind: 'connection-string' });
});

test.each([{}, { AzureWebJobsStorage: ' ' }, { AzureWebJobsStorage__blobServiceUri: 'https://a.example' }])(
  'settings that name no storage (%j) are refused with what to set',
  (settings) => {
    expect(() => connectionFromSettings(settings, neverAsked)).toThrow(
      /set it to a connection string .* or set AzureWebJobsStorage__accountName/,
    );
  },
);

test.each([
  {
    kind: 'connection-string',
    connectionString: 'TableEndpoint=http://10.0.0.7/a;SharedAccessSignature=s',
  } as const,
  {
    kind: 'identity',
    credential,
    blobUrl: 'https://a.example',
    queueUrl: 'https://a.example',
    tableUrl: 'http://a.example',
  } as const,
])('clients are not built over clear text either ($kind)', (connection) => {
  expect(() => createStorageClients(connection)).toThrow(/use https/);
});
