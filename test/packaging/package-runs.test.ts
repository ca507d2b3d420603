import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { unzipSync } from 'fflate';

import { withCodeCache } from '../../packaging/add-code-cache';
import { packageContents } from '../../packaging/package-contents';
import { writeFolder } from '../../packaging/write-folder';
import { zipOf } from '../../packaging/zip';
import { compiled } from '../../standins/stack/repository-root';

const ROOT = resolve(__dirname, '..', '..');
const RECORDER = join(ROOT, 'test/fixtures/package/record-resolutions.js');

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'gpu-jobs-package-')));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The demo on the app in that folder. */
function runDemo(
  app: string,
  recordedInto: string,
): Promise<{ code: number | string | null; output: string }> {
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require ${RECORDER}`,
    RECORDED_APP: app,
    RECORDED_INTO: recordedInto,
  };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [compiled('standins/stack/demo'), '--app', app],
      { env },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : (error.code ?? null), output: stdout + stderr });
      },
    );
  });
}

test('the unzipped package runs the demo from a folder of its own and loads nothing from elsewhere', async () => {
  const app = join(folder, 'app');
  const { shipped } = await packageContents(ROOT);
  await writeFolder(app, unzipSync(zipOf(await withCodeCache(ROOT, shipped, [process.execPath]))));
  const recorded = join(folder, 'resolutions');

  const { code, output } = await runDemo(app, recorded);

  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain(`The app is that of ${app}`);
  expect(output).toMatch(/state +Succeeded +Succeeded +Succeeded +Succeeded/);
  const asked = (await readFile(recorded, 'utf8')).trimEnd().split('\n');
  const got = asked.map((line) => line.split('\t')[1] ?? '');
  expect(got).toContain('crypto'); // The recorder was at work.
  expect(got.filter((found) => !isBuiltin(found) && !found.startsWith(`${app}/`))).toEqual([]);
}, 200_000);
