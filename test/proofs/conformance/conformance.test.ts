// The recordings of the real extension, played on the built engine in a process of its own, as `npm run conformance`
// does.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const CORPUS = join(ROOT, 'test/fixtures/conformance');

interface Run {
  readonly code: number;
  readonly output: string;
}

function conformance(...folder: string[]): Promise<Run> {
  const main = join(ROOT, 'dist/proofs/conformance/main.js');
  return new Promise((done) => {
    execFile(process.execPath, [main, ...folder], (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

it('gives the recorded result in every case and for every request', async () => {
  const cases = (await readdir(join(CORPUS, 'cases'))).length;
  const requests = JSON.parse(await readFile(join(CORPUS, 'management-api.json'), 'utf8')) as unknown[];
  const run = await conformance();
  expect(run).toEqual({ code: 0, output: `${cases + requests.length} passed, 0 failed\n` });
});

describe('another folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'corpus-'));
    await mkdir(join(folder, 'cases'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const copyCase = async (name: string, as: string, change: (text: string) => string): Promise<void> => {
    const text = await readFile(join(CORPUS, 'cases', `${name}.json`), 'utf8');
    await writeFile(join(folder, 'cases', `${as}.json`), change(text));
  };

  it('runs with its own app, which finds the libraries although there are none beside it', async () => {
    await cp(join(CORPUS, 'app'), join(folder, 'app'), { recursive: true });
    const file = join(folder, 'app', 'chain.js');
    const source = await readFile(file, 'utf8');
    await rm(file);
    await writeFile(file, source.replace('input.text + input.add', 'input.text + input.add.toUpperCase()'));
    await copyCase('chain', 'as-recorded', (text) => text);
    await copyCase('timer', 'timer', (text) => text);
    const run = await conformance(folder);
    expect(run.code).toBe(1);
    expect(run.output).toContain('DIFFERS chain');
    expect(run.output).toContain(
      'episodes.chain[1].output.actions[0][1].input.text: recorded "ab", here "aB"',
    );
    expect(run.output).toMatch(/^1 passed, 1 failed$/m);
  });

  it('runs with our app when it has none, and its cases may lie in it directly', async () => {
    await copyCase('chain', 'chain', (text) => text);
    expect(await conformance(join(folder, 'cases'))).toEqual({ code: 0, output: '1 passed, 0 failed\n' });
  });

  it('fails wherever a recording was tampered with', async () => {
    const tampered = [
      // An output, an id, which instants are equal, an answer, an exception's text.
      ['chain', '"abcd"', '"abce"', 'final.output.text'],
      ['retry-third-try', '"TaskScheduledId": 2', '"TaskScheduledId": 4', 'TaskScheduledId'],
      ['timer', '"<t1 + 2000 ms>"', '"<t1 + 2100 ms>"', 'fireAt'],
      ['event-no-data', '"status": 400', '"status": 202', 'steps[2].status'],
      ['activity-failure-caught', 'WatsonBuckets', 'WatsonBucket', 'final.output.message'],
    ] as const;
    for (const [name, from, to] of tampered) await copyCase(name, name, (text) => text.replaceAll(from, to));
    const run = await conformance(folder);
    expect(run.code).toBe(1);
    for (const [name, , , place] of tampered)
      expect(run.output).toMatch(
        new RegExp(`^DIFFERS ${name} .*\\n(?:  .*\\n)*?  \\S*${literal(place)}`, 'm'),
      );
    expect(run.output).toMatch(/^0 passed, 5 failed$/m);
  });

  it('says what is wrong with a file that is no recording, and with a folder that is not there', async () => {
    await copyCase('chain', 'chain', () => '{"name":"chain"}');
    const bad = await conformance(folder);
    expect(bad.code).toBe(1);
    expect(bad.output).toContain('chain.json is no recording');
    const missing = await conformance(join(folder, 'missing'));
    expect(missing).toMatchObject({ code: 1, output: expect.stringContaining('cannot be read') as string });
  });
});

function literal(text: string): string {
  return text.replace(/[.[\]]/g, '\\$&');
}
