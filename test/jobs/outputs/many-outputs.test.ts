// A share with more files than a list holds: what is told, and in how many requests.
import { systemClock } from '../../../domain/ports/clock';
import { freezeOutputs, type FreezePorts } from '../../../jobs/outputs/freeze-outputs';
import { type RunningServer, serve } from '../../../standins/wire/node-server';
import { createAzureFiles } from '../../../storage/shares/azure-files';
import { appWithShare } from '../../support/outputs/app-with-share';
import { attemptRow } from '../../support/rows';

/** As Azure Files gives them. */
const PAGE = 5_000;
/** The limit of one test, milliseconds. */
const LASTS_MS = 120_000;

let server: RunningServer;
let files: number;
let requests: number;

beforeEach(async () => {
  requests = 0;
  server = await serve(
    ({ url }) => {
      requests += 1;
      const from = Number(url.searchParams.get('marker') ?? 0);
      const to = Math.min(from + PAGE, files);
      const entries = Array.from(
        { length: to - from },
        (_, index) =>
          `<File><Name>step-${String(from + index).padStart(6, '0')}.bin</Name><Properties><Content-Length>1</Content-Length><LastWriteTime>2026-01-31T12:00:00.0000000Z</LastWriteTime></Properties></File>`,
      ).join('');
      const next = to < files ? String(to) : '';
      return Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ShareName="results" DirectoryPath="x"><Entries>${entries}</Entries><NextMarker>${next}</NextMarker></EnumerationResults>`,
      });
    },
    { port: 0, onError: (error) => process.stderr.write(`${String(error)}\n`) },
  );
});
afterEach(() => server.close());

function ports(): FreezePorts {
  const shares = createAzureFiles({
    credential: { getToken: () => Promise.reject(new Error('No token is needed.')) },
    secretOf: () => Promise.resolve(Buffer.from('a key').toString('base64')),
  });
  return { ...appWithShare({ url: `${server.origin}/acct/results`, shares }).ports, clock: systemClock };
}

test.each([
  { left: 100_000, asked: 20, more: undefined },
  { left: 100_001, asked: 21, more: true },
])(
  'of $left files 100,000 are listed, in $asked requests, and it says whether there are more: $more',
  async ({ left, asked, more }) => {
    files = left;
    const row = attemptRow({ outputs: { state: 'open' } });
    const listed = await freezeOutputs(ports(), row, {
      since: Date.now(),
      withinMs: LASTS_MS,
      mayWait: false,
    });
    expect(listed).toMatchObject({ state: 'listed', files: 100_000, bytes: 100_000 });
    expect('more' in listed ? listed.more : undefined).toBe(more);
    expect(requests).toBe(asked);
  },
  LASTS_MS,
);
