import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { z } from 'zod';

import { compiled } from '../../../standins/stack/repository-root';
import { stackEnvironment } from '../../../standins/stack/stack-environment';

const measure = z.object({ polls: z.number(), episodes: z.number(), largestHistoryBytes: z.number() });

// In a process of its own: the app registers itself with the Functions library of the process that loads it.
test('the history of a job of 2,000 polls stays under 100 KB', async () => {
  const program = `require(${JSON.stringify(compiled('proofs/bench/replay'))}).measureReplay(2000).then((story) => console.log(JSON.stringify(story)))`;
  const ports = { functions: 1, aci: 1, blob: 1, queue: 1, table: 1 }; // Nothing connects to these ports.
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', program], {
    env: stackEnvironment({ user: process.env, ports, stateFolder: '/nowhere' }),
  });
  const story = measure.parse(JSON.parse(stdout));
  expect(story.polls).toBe(2000);
  expect(story.episodes).toBeGreaterThan(2000);
  expect(story.largestHistoryBytes).toBeLessThan(100 * 1024);
}, 120_000);
