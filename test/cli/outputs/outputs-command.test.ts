// gpujobs outputs: the list, and its files on this machine.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JOB_ID } from '../../client/support/jobs';
import { type Answer, type Asked, json } from '../../client/support/scripted-fetch';
import { runGpujobs } from '../support/cli-stage';

const AT = '2026-01-31T12:00:00.000Z';

/** A deployment whose attempt left these files. */
function left(files: Readonly<Record<string, string>>, page: object = {}) {
  const outputs = Object.entries(files).map(([path, text]) => ({ path, bytes: text.length, modifiedAt: AT }));
  return ({ path, headers }: Asked): Answer => {
    const url = new URL(path, 'https://x');
    if (!url.pathname.endsWith('/content'))
      return json({ jobId: JOB_ID, attempt: 2, state: 'listed', outputs, ...page });
    const text = files[url.searchParams.get('path') ?? ''];
    if (text === undefined) return json({ title: 'No such output', status: 404 }, { status: 404 });
    const from = Number(/^bytes=(\d+)-$/.exec(headers.get('range') ?? '')?.[1]);
    return new Response(text.slice(from), {
      status: 206,
      headers: { etag: '"1"', 'content-range': `bytes ${from}-${text.length - 1}/${text.length}` },
    });
  };
}

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-outputs-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

test('lists what an attempt left', async () => {
  const ran = await runGpujobs(['outputs', JOB_ID], left({ 'model/w.bin': '0123456789', log: 'x' }));
  expect(ran.out).toBe(
    `PATH         SIZE      MODIFIED\nmodel/w.bin  10 bytes  ${AT}\nlog          1 byte    ${AT}\n`,
  );
  expect(ran.err).toBe(`Outputs of attempt 2 of ${JOB_ID}: 2 files, 11 bytes.\n`);
  expect(ran.exitCode).toBe(0);
});

test('asks for the attempt, for each page, and for what came late', async () => {
  let pages = 0;
  const ran = await runGpujobs(['outputs', JOB_ID, '--attempt', '2', '--late', '--output', 'json'], () => {
    pages += 1;
    const outputs = [{ path: `file-${pages}`, bytes: 1, late: 'added' }];
    const continuation = pages === 1 ? '1' : undefined;
    return json({ jobId: JOB_ID, attempt: 2, state: 'listed', outputs, continuation });
  });
  expect(JSON.parse(ran.out)).toMatchObject({
    outputs: [{ path: 'file-1' }, { path: 'file-2', late: 'added' }],
  });
  expect(ran.asked.map(({ path }) => path)).toEqual([
    `/api/jobs/${JOB_ID}/outputs?attempt=2&limit=5000&late=true`,
    `/api/jobs/${JOB_ID}/outputs?attempt=2&limit=5000&continuation=1&late=true`,
  ]);
});

test('downloads what an attempt left', async () => {
  const ran = await runGpujobs(
    ['outputs', JOB_ID, '--download', folder],
    left({ 'model/w.bin': '0123456789', log: 'x' }),
  );
  expect(ran).toMatchObject({ exitCode: 0, out: '' });
  expect(ran.err).toContain(`2 are in ${folder}.`);
  expect(await readFile(join(folder, 'model/w.bin'), 'utf8')).toBe('0123456789');
  expect(await readFile(join(folder, 'log'), 'utf8')).toBe('x');
});

test('tells the names that lead elsewhere, brings the rest, and ends with 1', async () => {
  const ran = await runGpujobs(
    ['outputs', JOB_ID, '--download', join(folder, 'here')],
    left({ '../escaped': 'x', 'nul\0': 'x', Model: 'upper', model: 'lower' }),
  );
  expect(ran.exitCode).toBe(1);
  expect(ran.err).toContain(`../escaped was not downloaded: ".." can't be the name of a file here.`);
  expect(ran.err).toContain('model is model~2 here.');
  expect(await readdir(folder)).toEqual(['here']);
  expect((await readdir(join(folder, 'here'))).sort()).toEqual(['Model', 'model~2']);
});

test('goes on after a file that is gone', async () => {
  const there = left({ kept: 'x' });
  const ran = await runGpujobs(['outputs', JOB_ID, '--download', folder], (asked) =>
    asked.path.includes('/content')
      ? there(asked)
      : json({
          jobId: JOB_ID,
          attempt: 1,
          state: 'listed',
          outputs: [
            { path: 'removed', bytes: 1 },
            { path: 'kept', bytes: 1 },
          ],
        }),
  );
  expect(ran.exitCode).toBe(1);
  expect(ran.err).toContain('removed was not downloaded: ');
  expect(await readdir(folder)).toEqual(['kept']);
});

test('goes on where a connection was cut, and asks for no byte twice', async () => {
  const text = '0123456789';
  const answers = left({ 'model/w.bin': text, log: 'x' });
  let cut = true;
  const ask = (asked: Asked): Answer => {
    if (!asked.path.includes('w.bin')) return answers(asked);
    const from = Number(/^bytes=(\d+)-$/.exec(asked.headers.get('range') ?? '')?.[1]);
    if (from > 0 && cut) return new TypeError('fetch failed: other side closed');
    const headers = { etag: '"1"', 'content-range': `bytes ${from}-${from + 3}/10` };
    return new Response(text.slice(from, from + 4), { status: 206, headers });
  };
  const first = await runGpujobs(['outputs', JOB_ID, '--download', folder], ask);
  expect(first.exitCode).toBe(1);
  expect(first.err).toMatch(/model\/w\.bin was not downloaded: .*other side closed/);
  expect(await readFile(join(folder, 'log'), 'utf8')).toBe('x');
  cut = false;
  const second = await runGpujobs(['outputs', JOB_ID, '--download', folder], ask);
  expect(second.exitCode).toBe(0);
  expect(await readFile(join(folder, 'model/w.bin'), 'utf8')).toBe(text);
  const ranges = second.asked.flatMap(({ headers }) => headers.get('range') ?? []);
  expect(ranges).toEqual(['bytes=4-', 'bytes=8-']);
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(['log', 'model', 'model/w.bin']);
});
