// What is printed about a round that went wrong: for each job concerned its rows, its stories and its part of the
// ledger, and the host's last lines.
import { inspect } from 'node:util';

import type { CrashStack } from './crash-stack';
import type { RoundFacts } from './round-facts';
import type { Violation } from './violations';

/** The most jobs of which evidence is printed; more would tell nothing new. */
const MOST_JOBS = 3;

export async function evidenceOf(
  crash: CrashStack,
  facts: RoundFacts,
  violations: readonly Violation[],
): Promise<string> {
  const jobIds = [...new Set(violations.map(({ jobId }) => jobId).filter((id) => id !== undefined))];
  const parts = await Promise.all(
    jobIds.slice(0, MOST_JOBS).map((jobId) => evidenceOfJob(crash, facts, jobId)),
  );
  const lines = crash.stack.process('functions-host').lastLines();
  return [
    ...violations.map(({ what }) => `  ✘ ${what}`),
    ...parts,
    `Last lines of the functions host (whole log: ${crash.stack.logsFolder}):`,
    ...lines.map((line) => `  ${line}`),
  ].join('\n');
}

async function evidenceOfJob(crash: CrashStack, facts: RoundFacts, jobId: string): Promise<string> {
  const records = await crash.jobs.read(jobId);
  const stories = await Promise.all(
    (records?.attempts ?? []).flatMap(({ row }) =>
      Array.from({ length: row.epoch }, (_, epoch) =>
        storyStatus(crash, `${jobId}-${row.number}-${epoch + 1}`),
      ),
    ),
  );
  const isOfJob = ({ workload }: { workload: string }): boolean => workload.startsWith(`${jobId}-`);
  const { creates, programs, objects } = facts.ledger;
  return [
    `Job ${jobId}:`,
    inspect(
      {
        job: records?.job.row,
        cancel: records?.cancel,
        attempts: records?.attempts.map(({ row }) => row),
        stories,
        ledger: {
          creates: creates.filter(isOfJob),
          programs: programs.filter(isOfJob),
          objects: objects.filter(({ name }) => name.includes(` ${jobId}-`)),
        },
      },
      { depth: 8, breakLength: 140 },
    ),
  ].join('\n');
}

/** The orchestration's status from the management API. */
async function storyStatus({ stack }: CrashStack, instanceId: string): Promise<unknown> {
  try {
    const response = await fetch(
      `${stack.functionsUrl}/runtime/webhooks/durabletask/instances/${instanceId}?showHistory=true`,
    );
    return { instanceId, status: response.status, body: await response.text() };
  } catch (error) {
    return { instanceId, unreadable: String(error) };
  }
}
