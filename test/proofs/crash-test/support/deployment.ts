// The app as it is deployed: a folder of its own with the built code, in which a release can change the story.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { functionsHostPlan } from '../../../../standins/stack/process-plans';
import { REPOSITORY_ROOT } from '../../../../standins/stack/repository-root';
import type { StackOptions } from '../../../../standins/stack/stack';

export interface Deployment {
  /** Runs what is deployed here. */
  readonly functionsHost: NonNullable<StackOptions['functionsHost']>;
  /**
   * Deploys the story with this JavaScript before its first step. `context` and `story` are the orchestrator's. Empty:
   * the story as released.
   */
  release(code: string): Promise<void>;
  remove(): Promise<void>;
}

const STORY = 'dist/orchestrations/run-attempt.js';
/** The place in the built story where it has parsed its input and taken no step yet. */
const BEFORE_FIRST_STEP = '    for (let calls = 1;; calls += 1) {\n';

export async function deploy(): Promise<Deployment> {
  const root = await mkdtemp(join(tmpdir(), 'gpu-jobs-deployment-'));
  for (const name of ['package.json', 'host.json', 'dist'])
    await cp(join(REPOSITORY_ROOT, name), join(root, name), { recursive: true });
  await symlink(join(REPOSITORY_ROOT, 'node_modules'), join(root, 'node_modules'));
  const released = await readFile(join(root, STORY), 'utf8');
  if (released.split(BEFORE_FIRST_STEP).length !== 2)
    throw new Error(`${STORY} is not built as expected: no single line ${BEFORE_FIRST_STEP.trim()}`);
  return {
    functionsHost: (environment) => functionsHostPlan(environment, root),
    release: (code) =>
      writeFile(
        join(root, STORY),
        released.replace(BEFORE_FIRST_STEP, () => code + BEFORE_FIRST_STEP),
      ),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
