// What can be seen from outside when a round is over: the API's jobs, the platforms' ledgers, archives, events, and
// what was left behind.
import { readdir, readFile } from 'node:fs/promises';

import { z } from 'zod';

import { type Gap, gapSchema } from '../../domain/logs/log-index';
import { listDefinitions, readPrintedByDefinition } from '../../standins/stack/apps-view';
import { listInCluster, readPrintedByJob } from '../../standins/stack/cluster-view';
import { listGroups, readPrinted } from '../../standins/stack/emulator-view';
import { type Job, jobSchema } from '../../standins/stack/jobs-api';
import { type CrashJob, ENVIRONMENT_MARK, LABEL } from './crash-job';
import { type Platform, platformOf } from './crash-placements';
import type { CrashStack } from './crash-stack';
import { type Ledgers, readLedgers, type RoundLedger, since, together } from './round-ledger';

/** An attempt's log as the API gives it, and what the program printed. */
export interface LogFacts {
  readonly archived: Buffer;
  readonly printed: Buffer;
  readonly gaps: readonly Gap[];
  /** The log that was completed afterwards; undefined: none was. */
  readonly whole?: Buffer | undefined;
}

export interface RoundFacts {
  readonly submitted: readonly CrashJob[];
  /** All jobs that carry a label of this round. */
  readonly jobs: readonly Job[];
  /** The entries of all ledgers of this round only. */
  readonly ledger: RoundLedger;
  /** How many of its creates were sent to each platform. */
  readonly createsOn: Readonly<Record<Platform, number>>;
  /** The log of each job's last attempt, by workload name. */
  readonly logs: ReadonlyMap<string, LogFacts>;
  /** Ids of the completion events, by job. */
  readonly events: ReadonlyMap<string, readonly string[]>;
  /** How many messages no run of a function could settle. */
  readonly poisoned: number;
  /** What still exists and should not. */
  readonly left: {
    readonly groups: readonly string[];
    /** Of jobs on Container Apps. */
    readonly definitions: readonly string[];
    /** Jobs, pods and Secrets on the cluster. */
    readonly objects: readonly string[];
    readonly holders: readonly string[];
    readonly waiting: readonly string[];
    readonly unfinished: readonly string[];
    /** Command lines of processes. */
    readonly processes: readonly string[];
  };
  /** Deaths that the test did not cause. */
  readonly unasked: readonly string[];
}

/** Where a round begins: what is older belongs to earlier rounds. */
export interface RoundMark {
  /** When the round began, epoch milliseconds. */
  readonly at: number;
  readonly ledgers: Ledgers;
}

export async function markRound(crash: CrashStack): Promise<RoundMark> {
  return { at: Date.now(), ledgers: await readLedgers(crash) };
}

/** Gathers the facts of a round. `run`: the environment mark of this run's programs. */
export async function gatherFacts(
  crash: CrashStack,
  run: string,
  submitted: readonly CrashJob[],
  mark: RoundMark,
): Promise<RoundFacts> {
  const { stack, hints } = crash;
  const names = new Set(submitted.map(({ name }) => name));
  const ids = await listJobs(crash, mark.at, names);
  const jobs = await Promise.all(ids.map((id) => readJob(crash, id)));
  const ledgers = since(mark.ledgers, await readLedgers(crash));
  const logs = new Map<string, LogFacts>();
  for (const job of jobs) {
    const last = job.attempts.at(-1);
    if (last !== undefined) logs.set(`${job.id}-${last.number}`, await readLog(crash, job.id, last));
  }
  return {
    submitted,
    jobs,
    ledger: together(ledgers),
    createsOn: {
      apps: ledgers.apps.creates.length,
      cluster: ledgers.cluster.creates.length,
      instances: ledgers.instances.creates.length,
    },
    logs,
    events: await takeEvents(crash),
    poisoned: await messagesIn(crash, 'gpu-jobs-poison'),
    left: {
      groups: await listGroups(stack.emulatorUrl),
      definitions: await listDefinitions(crash.appsUrl),
      objects: await listInCluster(crash.cluster),
      holders: await crash.holders(),
      waiting: (await hints.listWaiting()).map(({ key }) => key),
      unfinished: await hints.listUnfinished(),
      processes: await processesOf(run),
    },
    unasked: crash.unasked,
  };
}

const pageSchema = z.object({
  jobs: z.array(
    z.object({ id: z.string(), labels: z.record(z.string(), z.string()), createdAt: z.string() }),
  ),
  continuation: z.string().optional(),
});

/** The ids of the jobs that were submitted since then with one of these names, as the list shows them. */
async function listJobs(
  { stack }: CrashStack,
  since: number,
  names: ReadonlySet<string>,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let query = 'limit=200';
  for (;;) {
    const response = await fetch(`${stack.functionsUrl}/api/jobs?${query}`);
    if (!response.ok)
      throw new Error(`GET /api/jobs was answered ${response.status}: ${await response.text()}`);
    const page = pageSchema.parse(await response.json());
    ids.push(...page.jobs.filter(({ labels }) => names.has(labels[LABEL] ?? '')).map(({ id }) => id));
    const isOlder = page.jobs.some(({ createdAt }) => Date.parse(createdAt) < since);
    if (isOlder || page.continuation === undefined) return ids;
    query = `limit=200&continuation=${encodeURIComponent(page.continuation)}`;
  }
}

async function readJob({ stack }: CrashStack, id: string): Promise<Job> {
  const response = await fetch(`${stack.functionsUrl}/api/jobs/${id}`);
  if (!response.ok) throw new Error(`Job ${id} was answered ${response.status}: ${await response.text()}`);
  return jobSchema.parse(await response.json());
}

async function readLog(
  crash: CrashStack,
  id: string,
  { number: attempt, placement, log }: Job['attempts'][number],
): Promise<LogFacts> {
  const name = `${id}-${attempt}`;
  const read = async (query: string): Promise<Response> => {
    const url = `${crash.stack.functionsUrl}/api/jobs/${id}/logs?attempt=${attempt}${query}`;
    const response = await fetch(url);
    if (response.ok) return response;
    throw new Error(`The log of ${name} was answered ${response.status}: ${await response.text()}`);
  };
  const response = await read('');
  const isComplete = log?.state === 'complete';
  const whole = isComplete ? await read(`&generation=${log.generation}`) : undefined;
  return {
    archived: Buffer.from(await response.arrayBuffer()),
    gaps: z.array(gapSchema).parse(JSON.parse(response.headers.get('x-log-gaps') ?? '[]')),
    printed: await printedOn(crash, platformOf(placement), name),
    ...(whole === undefined ? {} : { whole: Buffer.from(await whole.arrayBuffer()) }),
  };
}

function printedOn({ stack, cluster, appsUrl }: CrashStack, on: Platform, name: string): Promise<Buffer> {
  switch (on) {
    case 'apps':
      return readPrintedByDefinition(appsUrl, name);
    case 'cluster':
      return readPrintedByJob(cluster, name);
    case 'instances':
      return readPrinted(stack.emulatorUrl, name);
  }
}

const eventSchema = z.object({ id: z.string(), type: z.string(), subject: z.string() });

/** Takes all messages out of the events queue, as its reader would. */
async function takeEvents({ clients }: CrashStack): Promise<ReadonlyMap<string, readonly string[]>> {
  const queue = clients.queue('gpu-job-events');
  const events = new Map<string, string[]>();
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    if (receivedMessageItems.length === 0) return events;
    for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
      const { id, type, subject } = eventSchema.parse(JSON.parse(messageText));
      if (type === 'gpu-job-runner.job.ended') events.set(subject, [...(events.get(subject) ?? []), id]);
      await queue.deleteMessage(messageId, popReceipt);
    }
  }
}

/** How many messages the queue holds; 0 if it does not exist. */
async function messagesIn({ clients }: CrashStack, name: string): Promise<number> {
  const queue = clients.queue(name);
  if (!(await queue.exists())) return 0;
  return (await queue.getProperties()).approximateMessagesCount ?? 0;
}

/** Processes whose environment carries the run's mark: programs and whatever they started (Linux). */
async function processesOf(run: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8');
    try {
      if (!(await read('environ')).split('\0').includes(`${ENVIRONMENT_MARK}=${run}`)) continue;
      found.push(`${pid}: ${(await read('cmdline')).replaceAll('\0', ' ').slice(0, 120)}`);
    } catch {
      // The process has ended meanwhile, or belongs to another user.
    }
  }
  return found;
}
