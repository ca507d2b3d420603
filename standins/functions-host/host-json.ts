// host.json as far as the local host follows it, with the overrides that the environment may hold.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { timeSpan } from './timers/time-span';

/** The shortest pause between two looks at a queue; the real host refuses less (QueuePollingIntervals.Minimum). */
export const MIN_POLLING_INTERVAL_MS = 100;

const integer = z.coerce.number().int();

const httpOptions = z.looseObject({ routePrefix: z.string().default('api') });

const queuesOptions = z
  .looseObject({
    /** Messages asked for at once; the service allows 32. */
    batchSize: integer.min(1).max(32).default(16),
    /** When no more than this many messages are in flight, a new batch is asked for. Absent: half a batch. */
    newBatchThreshold: integer.min(0).optional(),
    /** How many tries a message has before it goes to the poison queue. */
    maxDequeueCount: integer.min(1).default(5),
    /** How long a message hides after a failed try, ms. */
    visibilityTimeout: timeSpan.prefault('00:00:00'),
    /** Longest pause between two looks at an empty queue, ms. The real host: 1 min, 2 s in development. */
    maxPollingInterval: timeSpan
      .refine((ms) => ms >= MIN_POLLING_INTERVAL_MS, 'must be at least 00:00:00.100')
      .prefault('00:00:02'),
    messageEncoding: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['base64', 'none']))
      .prefault('base64'),
  })
  .transform((options) => ({
    ...options,
    newBatchThreshold: options.newBatchThreshold ?? Math.floor(options.batchSize / 2),
  }));

const durableTaskOptions = z.looseObject({
  hubName: z.string().min(1).default('TestHubName'),
  maxConcurrentActivityFunctions: integer.min(1).optional(),
  maxConcurrentOrchestratorFunctions: integer.min(1).optional(),
});

const hostJson = z.looseObject({
  version: z.literal('2.0', 'must be "2.0"'),
  extensions: z
    .looseObject({
      http: httpOptions.prefault({}),
      queues: queuesOptions.prefault({}),
      durableTask: durableTaskOptions.prefault({}),
    })
    .prefault({}),
});

/**
 * What the local host follows, by section. The names also settle the spelling, because configuration keys ignore case.
 */
const FOLLOWED = {
  host: ['version', 'extensions'],
  extensions: ['http', 'queues', 'durableTask'],
  http: ['routePrefix'],
  queues: [
    'batchSize',
    'newBatchThreshold',
    'maxDequeueCount',
    'visibilityTimeout',
    'maxPollingInterval',
    'messageEncoding',
  ],
  durableTask: ['hubName', 'maxConcurrentActivityFunctions', 'maxConcurrentOrchestratorFunctions'],
} as const;

/** Sections about the deployment only, which nothing on one machine could follow. */
const OF_THE_DEPLOYMENT = ['extensionBundle', 'logging'];

/** Environment variables with this prefix override host.json. `__` separates the keys of the path. */
const OVERRIDE_PREFIX = 'AzureFunctionsJobHost__';

export type QueuesOptions = z.infer<typeof queuesOptions>;

/** What the local host takes from host.json. Times are in ms. */
export interface HostJson {
  readonly routePrefix: string;
  readonly queues: QueuesOptions;
  readonly durableTask: z.infer<typeof durableTaskOptions>;
  /** The keys, as paths, that the file holds and the local host does not follow. */
  readonly notFollowed: readonly string[];
}

/** Reads `<root>/host.json`. Throws when it is missing, is no JSON or holds a value that the real host would refuse. */
export async function readHostJson(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<HostJson> {
  const path = join(root, 'host.json');
  try {
    return parseHostJson(JSON.parse(await readFile(path, 'utf8')), environment);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${path} cannot be used: ${reason}`, { cause: error });
  }
}

/** The same from its parsed JSON; throws a ZodError. */
export function parseHostJson(
  content: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): HostJson {
  const tree = spellAsFollowed(z.record(z.string(), z.unknown()).parse(content));
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || !name.toLowerCase().startsWith(OVERRIDE_PREFIX.toLowerCase())) continue;
    override(tree, name.slice(OVERRIDE_PREFIX.length).split('__'), value);
  }
  const { extensions, ...rest } = hostJson.parse(tree);
  const { http, queues, durableTask, ...others } = extensions;
  const beyond = (path: string, section: object, followed: readonly string[]): string[] =>
    Object.keys(section)
      .filter((key) => !followed.includes(key))
      .map((key) => path + key);
  return {
    routePrefix: http.routePrefix.replace(/^\/+|\/+$/g, ''),
    queues,
    durableTask,
    notFollowed: [
      ...beyond('', rest, [...FOLLOWED.host, ...OF_THE_DEPLOYMENT]),
      ...beyond('extensions.', others, []),
      ...beyond('extensions.http.', http, FOLLOWED.http),
      ...beyond('extensions.queues.', queues, FOLLOWED.queues),
      ...beyond('extensions.durableTask.', durableTask, FOLLOWED.durableTask),
    ],
  };
}

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const spell = (key: string): string =>
  Object.values(FOLLOWED)
    .flat()
    .find((known) => known.toLowerCase() === key.toLowerCase()) ?? key;

/** A deep copy in which every key that we follow has our spelling. */
function spellAsFollowed(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [spell(key), isTree(value) ? spellAsFollowed(value) : value]),
  );
}

function override(tree: Tree, path: readonly string[], value: string): void {
  const [key, ...rest] = path;
  if (key === undefined || key === '') return;
  const name = spell(key);
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const child = tree[name];
  const branch: Tree = isTree(child) ? child : {};
  tree[name] = branch;
  override(branch, rest, value);
}
