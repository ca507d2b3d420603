// What becomes of answers that no share gives: each ends, in little memory, with a sentence that names what is wrong.
import { RetryableError } from '../../../domain/errors';
import type { Files } from '../../../domain/ports/files';
import type { Share } from '../../../domain/ports/shares';
import { restoreFrom } from '../../../jobs/outputs/restore-from';
import { walkFolder } from '../../../jobs/outputs/walk-folder';
import type { WireRequest, WireResponse } from '../../../standins/wire/handler';
import { type RunningServer, serve } from '../../../standins/wire/node-server';
import { createAzureFiles } from '../../../storage/shares/azure-files';

const TIME = { now: () => Date.now(), monotonic: () => performance.now() };
const LIMITS = { files: 100_000, withinMs: 60_000 };

let server: RunningServer;
let requests: number;
let answer: (request: WireRequest, number: number) => WireResponse;

beforeEach(async () => {
  requests = 0;
  server = await serve((request) => Promise.resolve(answer(request, (requests += 1))), {
    port: 0,
    onError: () => undefined,
  });
});
afterEach(() => server.close());

function share(): Share {
  return createAzureFiles({
    credential: { getToken: () => Promise.reject(new Error('No token is needed.')) },
    secretOf: () => Promise.resolve(Buffer.from('a key').toString('base64')),
  }).open({ url: `${server.origin}/acct/results`, keyRef: 'k' });
}

function xml(body: string): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function page(entries: string, next = ''): WireResponse {
  return xml(
    `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ShareName="results" DirectoryPath=""><Entries>${entries}</Entries><NextMarker>${next}</NextMarker></EnumerationResults>`,
  );
}

const fileOf = (name: string, bytes: string): string =>
  `<File><Name>${name}</Name><Properties><Content-Length>${bytes}</Content-Length></Properties></File>`;

async function failureOf(act: Promise<unknown>): Promise<unknown> {
  return act.then(
    (value) => `no failure, but ${JSON.stringify(value).slice(0, 200)}`,
    (thrown: unknown) => thrown,
  );
}

describe('an answer to a list that is none', () => {
  test.each([
    ['XML that breaks off', '<?xml version="1.0"?><EnumerationResults><Entries><File>'],
    ['no XML', 'Please sign in to this network.'],
    ['a page of a proxy', '<html><body>Please sign in to this network.</body></html>'],
    ['nothing', ''],
  ])('%s counts as no answer', async (_what, body) => {
    answer = () => xml(body);
    const failure = await failureOf(share().list(['out']));
    expect(failure).toBeInstanceOf(RetryableError);
    expect(String(failure)).toMatch(/list folder out on share|is no list of a folder/);
  });

  test.each(['-1', 'NaN', '1e400', 'many'])(
    'a file of %s bytes spoils no list that is kept',
    async (bytes) => {
      answer = () => page(fileOf('a', bytes));
      const failure = await failureOf(share().list(['out']));
      expect(failure).toBeInstanceOf(RetryableError);
      expect(String(failure)).toContain('is no list of a folder');
    },
  );

  test('one of more than 32 MiB is not taken into memory', async () => {
    const name = 'n'.repeat(200);
    const body = page(fileOf(name, '1').repeat(150_000));
    answer = () => body;
    const failure = await failureOf(share().list(['out']));
    expect(failure).toBeInstanceOf(RetryableError);
    expect(String(failure)).toContain('list folder out on share');
  }, 60_000);
});

describe('a list without an end', () => {
  test('whose page leads back to an earlier one is noticed, and names no file twice', async () => {
    answer = (_request, number) => page(fileOf(`file-${number}`, '1'), ['one', 'two'][number % 2]);
    const failure = await failureOf(walkFolder(TIME, share(), ['out'], LIMITS));
    expect(failure).toBeInstanceOf(RetryableError);
    expect(String(failure)).toContain('The list of folder out has no end: one page leads back');
    expect(requests).toBe(3);
  });

  test('whose pages are empty, with ever another marker, ends after 1,000 of them', async () => {
    // Without the network, for which it makes no difference.
    const endless: Files = {
      list: () => Promise.resolve({ files: [], folders: [], next: `marker-${(requests += 1)}` }),
      read: () => Promise.resolve(undefined),
    };
    const failure = await failureOf(walkFolder(TIME, endless, ['out'], LIMITS));
    expect(String(failure)).toContain('after 1000 pages there are more');
    expect(requests).toBe(1001);
  });

  test('whose marker fits no address is not followed', async () => {
    answer = () => page('', 'm'.repeat(10_000));
    const failure = await failureOf(walkFolder(TIME, share(), ['out'], LIMITS));
    expect(String(failure)).toContain('has 10000 characters');
    expect(requests).toBe(1);
  });

  test('of checkpoints delays a create for a minute at most', async () => {
    let now = 0;
    answer = (_request, number) => {
      now += 14_000; // As slow as an answer may be.
      return page(`<Directory><Name>step-${number}</Name><Properties/></Directory>`, `marker-${number}`);
    };
    const clock = { now: () => now, monotonic: () => now };
    const failure = await failureOf(restoreFrom(clock, share(), ['checkpoints', 'j1'], 2));
    expect(failure).toBeInstanceOf(RetryableError);
    expect(String(failure)).toContain('could not be looked through within 60 s');
    expect(requests).toBe(5);
  });
});

test('folders within folders for ever end with the time, and what was found is told as not all', async () => {
  let now = 0;
  answer = (_request, number) => {
    now += 1_000;
    const deeper = '<Directory><Name>deeper</Name><Properties/></Directory>';
    return page(`${deeper}${fileOf(`file-${number}`, '1')}`);
  };
  const clock = { now: () => now, monotonic: () => now };
  const walked = await walkFolder(clock, share(), ['out'], { files: 100_000, withinMs: 20_000 });
  expect(walked).toMatchObject({ more: true, late: true });
  expect(walked.files).toHaveLength(requests);
  expect(requests).toBe(21);
});

test('more empty folders than a list may have files end a walk', async () => {
  answer = (_request, number) =>
    page(
      Array.from(
        { length: 40 },
        (_, index) => `<Directory><Name>f-${index}</Name><Properties/></Directory>`,
      ).join(''),
      number < 4 ? `m-${number}` : '',
    );
  const walked = await walkFolder(TIME, share(), ['out'], { files: 100, withinMs: 60_000 });
  expect(walked).toMatchObject({ files: [], more: true, late: false });
  expect(requests).toBe(3);
});
