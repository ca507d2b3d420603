import { BlobServiceClient } from '@azure/storage-blob';

import { TerminalError } from '../../../domain/errors';
import { systemClock } from '../../../domain/ports/clock';
import { createStorageClients, type StorageClients } from '../../../storage/account/clients';
import { createBlobOutputContainers } from '../../../storage/outputs/blob-output-containers';
import { compatHttpClient } from '../../support/compat-http-client';

const HOUR_MS = 3_600_000;
const CREDENTIAL = {
  getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};

async function addressBy(clients: StorageClients): Promise<URL> {
  const sign = await createBlobOutputContainers(clients, systemClock).of('job0').signer(Date.now());
  return new URL(sign(['1'], { from: HOUR_MS, until: 2 * HOUR_MS }));
}

describe('the account, whose name is signed too,', () => {
  /** The same for every account, so that only the name makes a difference. */
  const LENT = Object.entries({
    ...{ SignedOid: 'o', SignedTid: 't', SignedStart: '1970-01-01T00:00:00Z' },
    ...{ SignedExpiry: '2100-01-01T00:00:00Z', SignedService: 'b', SignedVersion: '2026-04-06' },
    Value: Buffer.alloc(32, 7).toString('base64'),
  }).map(([name, value]) => `<${name}>${value}</${name}>`);

  function clientsAt(blobUrl: string): StorageClients {
    const queueUrl = 'https://acct.queue.core.windows.net';
    const tableUrl = 'https://acct.table.core.windows.net';
    const clients = createStorageClients({
      ...{ kind: 'identity', credential: CREDENTIAL },
      ...{ blobUrl, queueUrl, tableUrl },
    });
    const httpClient = compatHttpClient(({ url }) => {
      expect(url.search).toContain('comp=userdelegationkey');
      const body = `<?xml version="1.0"?><UserDelegationKey>${LENT.join('')}</UserDelegationKey>`;
      return Promise.resolve({ status: 200, headers: { 'content-type': 'application/xml' }, body });
    });
    const service = new BlobServiceClient(blobUrl, CREDENTIAL, { httpClient });
    return {
      ...clients,
      blobService: () => service,
      container: (name) => service.getContainerClient(name),
    };
  }

  const signatureAt = async (blobUrl: string): Promise<string | null> =>
    (await addressBy(clientsAt(blobUrl))).searchParams.get('sig');

  test('is told by the host, in a DNS zone of its own as well', async () => {
    const plainly = await signatureAt('https://acct.blob.core.windows.net');
    expect(plainly).toMatch(/^[\w+/]{43}=$/);
    expect(await signatureAt('https://acct.z12.blob.storage.azure.net')).toBe(plainly);
    expect(await signatureAt('https://other.blob.core.windows.net')).not.toBe(plainly);
  });

  test('is asked for where the host does not tell it', async () => {
    await expect(signatureAt('https://files.example.com')).rejects.toThrow(
      /files.example.com does not tell the name of its storage account: set AzureWebJobsStorage__accountName/,
    );
  });
});

test('a connection that can sign nothing says what would', async () => {
  const connectionString = 'BlobEndpoint=https://acct.blob.core.windows.net;SharedAccessSignature=sv=1&sig=x';
  const error: unknown = await addressBy(
    createStorageClients({ kind: 'connection-string', connectionString }),
  ).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TerminalError);
  expect(String(error)).toMatch(/neither an account key nor an identity.*AzureWebJobsStorage__accountName/);
  expect(String(error)).not.toContain('sig=');
});
