// `npm run api-fuzz`: boots the local stack, has Schemathesis send it what the API's description allows and forbids,
// and ends the stack.
import { randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { endOnSignals } from '../../standins/stack/end-on-signals';
import { createJobsApi } from '../../standins/stack/jobs-api';
import { REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { bootStack } from '../../standins/stack/stack';
import { runAsCommand } from '../../test/run-as-command';
import { fuzzDocument } from './fuzz-document';
import { fuzz, schemathesisIn } from './schemathesis';
import { withSomeJobs } from './some-jobs';

const USAGE = 'Usage: npm run api-fuzz [-- --seconds 120 --examples 60 --seed N]';

/** The most jobs on a page of GET /api/jobs. */
const PAGE = 50;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

runAsCommand(main);

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  const program = await schemathesisIn(join(REPOSITORY_ROOT, '.gpu-jobs', 'schemathesis'), say);
  const stateFolder = await mkdtemp(join(tmpdir(), 'gpu-jobs-api-fuzz-'));
  const stack = await bootStack({
    settings: { ports: { functions: 0, aci: 0, blob: 0, queue: 0, table: 0 }, stateFolder },
    user: process.env,
    onDeath: 'report',
    report: (event) => {
      if (event.kind === 'died') say(`${event.name} died:\n${event.lastLines.join('\n')}`);
    },
  });
  const clean = async (): Promise<void> => {
    await stack.stop();
    await rm(stateFolder, { recursive: true, force: true });
  };
  endOnSignals(clean);
  try {
    say(`The stack is up at ${stack.functionsUrl}. Seed ${options.seed}.`);
    const document = join(stateFolder, 'openapi.json');
    await writeFile(document, JSON.stringify(fuzzDocument(await withSomeJobs(stack.functionsUrl))));
    const code = await fuzz(program, { ...options, document, url: stack.functionsUrl });
    const jobs = await createJobsApi(stack.functionsUrl).list();
    say(`Submissions that became jobs: ${jobs.length < PAGE ? jobs.length : `${PAGE} or more`}.`);
    return code;
  } finally {
    await clean();
  }
}

function optionsOf(args: readonly string[]): { seconds: number; examples: number; seed: number } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: { type: 'string' }, examples: { type: 'string' }, seed: { type: 'string' } },
    });
    const whole = (name: keyof typeof values, otherwise: number): number => {
      const value = Number(values[name] ?? otherwise);
      if (Number.isInteger(value) && value >= 0) return value;
      throw new Error(`--${name} is "${String(values[name])}", must be a whole number.`);
    };
    return {
      seconds: whole('seconds', 120),
      examples: whole('examples', 60),
      seed: whole('seed', randomInt(1_000_000)),
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}
