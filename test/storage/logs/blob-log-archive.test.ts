import { createServer, request as httpRequest, type Server } from 'node:http';

import { BlobServiceClient, type ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';

import { archiveLogs } from '../../../jobs/logs/archive-logs';
import { readLogs } from '../../../jobs/logs/read-logs';
import { createBlobLogArchive } from '../../../storage/logs/blob-log-archive';
import { appended, gapAt, logArchiveContract, newLogRef } from '../../contract/log-archive';
import { type Azurite, AZURITE_ACCOUNT, AZURITE_KEY, startAzurite } from '../../support/azurite';
import { ACI_LIMITS } from '../../support/log-printer';
import { longLog, looksAt, shown } from '../../support/long-log';

let azurite: Azurite;
let container: ContainerClient;

function containerAt(blobEndpoint: string): ContainerClient {
  const credential = new StorageSharedKeyCredential(AZURITE_ACCOUNT, AZURITE_KEY);
  const retryOptions = { retryDelayInMs: 1, maxRetryDelayInMs: 1 };
  return new BlobServiceClient(blobEndpoint, credential, { retryOptions }).getContainerClient('job-logs');
}

beforeAll(async () => {
  azurite = await startAzurite();
  container = containerAt(azurite.blobEndpoint);
});
afterAll(() => azurite.stop());

describe('the log archive in append blobs, by the genuine client,', () => {
  logArchiveContract(() => ({
    first: createBlobLogArchive(() => container),
    second: createBlobLogArchive(() => container),
    smallFiles: createBlobLogArchive(() => container, { blocks: 3, bytes: 100 }),
  }));

  it('holds a job that prints 20 MB in two minutes exactly as printed', async () => {
    const log = longLog();
    const archive = createBlobLogArchive(() => container, { bytes: 8_000_000 });
    const ref = newLogRef();
    const looks = looksAt(log, []).filter(({ ended }, i) => !ended && (i < 50 || i % 8 === 0));
    const idle = { printed: log.length, ended: false };
    for (const look of [...looks, idle]) {
      await archiveLogs({
        archive,
        ref,
        read: () => Promise.resolve(shown(log, look, ACI_LIMITS)),
        final: false,
      });
    }
    const end = { printed: log.length, ended: true };
    await archiveLogs({
      archive,
      ref,
      read: () => Promise.resolve(shown(log, end, ACI_LIMITS)),
      final: true,
    });

    const read = await readLogs(
      createBlobLogArchive(() => container),
      ref,
      { from: 0, maxBytes: 30_000_000 },
    );
    expect(read.bytes.equals(log)).toBe(true);
    expect(read).toMatchObject({ gaps: [], final: true });
    expect(await archive.urls(ref)).toHaveLength(3);
  });
});

describe('when the answer to a write is lost and the client sends it again', () => {
  let proxy: Server;
  let endpoint: string;
  /** Loses the answer to the next request whose method and URL match. */
  let lose: RegExp | undefined;

  beforeAll(async () => {
    const target = new URL(azurite.blobEndpoint);
    proxy = createServer((incoming, outgoing) => {
      const { method = 'GET', url = '/', headers } = incoming;
      const onward = httpRequest(
        { host: target.hostname, port: target.port, method, path: url, headers },
        (answer) => {
          if (lose?.test(`${method} ${url}`) === true && (answer.statusCode ?? 500) < 300) {
            lose = undefined;
            answer.resume().once('end', () => incoming.socket.destroy());
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    endpoint = `http://127.0.0.1:${address.port}${target.pathname}`;
  });
  afterAll(async () => {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it.each([
    ['an append', /^PUT .*\.log\?comp=appendblock/],
    ['the mark of a gap', /^PUT .*\.log\?comp=metadata/],
    ['the creation of a blob', /^PUT .*\.0\.log$/],
    ['the index', /^PUT .*\.index\.json/],
  ])('%s, nothing is archived twice or lost', async (_, which) => {
    const ref = newLogRef();
    const archive = createBlobLogArchive(() => containerAt(endpoint));
    if (!which.test('PUT /x.0.log')) await appended(await archive.end(ref, 'fresh'), 'before\n');
    const start = (await archive.end(ref, 'fresh')).length;
    lose = which;
    for (const text of ['first\n', 'first\nsecond\n', 'anew\n', 'anew\nlast']) {
      const window = { kind: 'window', bytes: Buffer.from(text), whole: true } as const;
      await archiveLogs({
        archive,
        ref,
        read: () => Promise.resolve(window),
        final: text.endsWith('last'),
      });
    }
    expect(lose).toBeUndefined();
    const read = await readLogs(
      createBlobLogArchive(() => container),
      ref,
      { from: start, maxBytes: 1000 },
    );
    expect(read.bytes.toString()).toBe('first\nsecond\nanew\nlast');
    const restart = start + 'first\nsecond\n'.length;
    const first = start === 0 ? [] : [start];
    expect(read.gaps.map(({ at, kind }) => [at, kind])).toEqual(
      [...first, restart].map((at) => [at, 'restarted']),
    );
    expect(read.final).toBe(true);
  });

  it('a late writer whose append took effect, but which was told otherwise, finds out', async () => {
    const ref = newLogRef();
    const end = await appended(
      await createBlobLogArchive(() => containerAt(endpoint)).end(ref, 'fresh'),
      'a',
    );
    lose = /^PUT .*comp=appendblock/;
    const after = await appended(end, 'b');
    expect(after.length).toBe(2);
    await appended(after, 'c', gapAt(2));
    const read = await readLogs(
      createBlobLogArchive(() => container),
      ref,
      { from: 0, maxBytes: 10 },
    );
    expect(read).toMatchObject({ next: 3, gaps: [gapAt(2)] });
  });
});
