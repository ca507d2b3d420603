// A whole local stack for one test file: free ports, a temporary state, quick containers, and waiting for its jobs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { secretsAnswered, secretsIn } from '../../../proofs/secret-scan/secret-scan';
import { createJobsApi, type Job, type JobsApi } from '../../../standins/stack/jobs-api';
import { bootStack, type Stack, type StackOptions } from '../../../standins/stack/stack';

export interface TestStack {
  readonly stack: Stack;
  readonly api: JobsApi;
  /** `kill -9` of the functions host; resolves when it is gone. */
  killHost(): Promise<void>;
  /**
   * Replaces the functions host by one that dies as soon as it is about to send such a request (`PUT
   * /containerGroups/`). Resolves when it is up, with a promise of its death.
   */
  armHost(dieAt: string): Promise<{ readonly death: Promise<unknown> }>;
  /** Looks at the job until `found` holds. Rejects with the job after `withinMs`, by default 40 s. */
  untilJob(id: string, found: (job: Job) => boolean, what: string, withinMs?: number): Promise<Job>;
  /** Rejects where the stack stored, logged or answered a secret that it must not hold (proofs/secret-scan). */
  stop(): Promise<void>;
}

/** What literal secrets of these tests are. */
export const LITERAL = /open sesame/;

const FREE_PORTS = { functions: 0, aci: 0, blob: 0, queue: 0, table: 0 };

const DIE_AT_REQUEST = resolve(__dirname, '../../fixtures/crash/die-at-request.js');

/** The limit of one wait, milliseconds: far more than anything here takes on a busy machine. */
const WAIT_MS = 40_000;
const LOOK_EVERY_MS = 20;

/** Whether the job is over and its group gone. */
export function isOverAndGone(job: Job): boolean {
  return job.outcome !== undefined && job.attempts.every(({ cleanup }) => cleanup === 'gone');
}

type Settings = Readonly<Record<string, string>>;

interface Parts extends Pick<StackOptions, 'functionsHost'> {
  /** There is a cluster, too. */
  readonly kubernetes?: boolean;
  /** There is a stand-in for Container Apps, too. */
  readonly containerApps?: boolean;
}

/**
 * `settings` are environment variables of all processes; they may depend on the folder of the state. No process is
 * restarted by itself.
 */
export async function bootTestStack(
  settings: Settings | ((stateFolder: string) => Settings) = {},
  { kubernetes = false, containerApps = false, ...options }: Parts = {},
): Promise<TestStack> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'gpu-jobs-test-'));
  const stack = await bootStack({
    settings: {
      ports: {
        ...FREE_PORTS,
        ...(kubernetes && { kubernetes: 0 }),
        ...(containerApps && { containerApps: 0 }),
      },
      stateFolder,
    },
    user: { ...process.env, ...(typeof settings === 'function' ? settings(stateFolder) : settings) },
    onDeath: 'report',
    report: () => undefined,
    ...options,
  });
  const api = createJobsApi(stack.functionsUrl);
  const killHost = async (): Promise<void> => {
    const host = stack.process('functions-host');
    host.kill('SIGKILL');
    await host.ended;
  };
  return {
    stack,
    api,
    killHost,
    armHost: async (dieAt) => {
      await killHost();
      await stack.start('functions-host', { NODE_OPTIONS: `--require ${DIE_AT_REQUEST}`, DIE_AT: dieAt });
      return { death: stack.process('functions-host').ended };
    },
    untilJob: async (id, found, what, withinMs = WAIT_MS) => {
      const until = performance.now() + withinMs;
      for (;;) {
        const job = await api.get(id);
        if (found(job)) return job;
        if (performance.now() > until)
          throw new Error(
            `Job ${id} was not ${what} after ${withinMs / 1000} s: ${JSON.stringify(job)}\n${stack.process('functions-host').lastLines().join('\n')}`,
          );
        await sleep(LOOK_EVERY_MS);
      }
    },
    stop: async () => {
      const answered = await secretsAnswered(stack.functionsUrl, LITERAL);
      await stack.stop();
      const left = [...answered, ...(await secretsIn(stateFolder, LITERAL))];
      await rm(stateFolder, { recursive: true, force: true });
      if (left.length > 0) throw new Error(`Secrets were left behind:\n${left.join('\n')}`);
    },
  };
}
