// Settings: the environment, parsed once and checked as a whole.
import { z } from 'zod';

import { type ConfiguredPlacement, factsByPlacement, placementSchema } from '../backends/backends';
import { brokenOrder, DEFAULT_TIMES, type ProtocolTimes } from '../domain/attempt/protocol-times';
import { TerminalError } from '../domain/errors';
import { isLoopback } from '../domain/parse/loopback';
import { parseUntrusted } from '../domain/parse/parse-untrusted';
import type { Placement } from '../domain/placement/placement';
import { type Schedule, scheduleProblem, scheduleSchema } from '../domain/schedule/schedule';
import { problemsOf } from '../domain/spec/job-spec';
import { type Policy, policySchema } from '../domain/spec/policy';

export interface Settings {
  readonly placements: readonly ConfiguredPlacement[];
  readonly schedules: readonly Schedule[];
  /** What specs may use. */
  readonly policy: Policy;
  /** https, or http on loopback. */
  readonly armEndpoint: URL;
  /** Of Log Analytics' query API; https, or http on loopback. */
  readonly logsEndpoint: URL;
  /** Where references to secrets are read from; https, or http on loopback. Absent: references are refused. */
  readonly keyVault?: URL | undefined;
  readonly pollFloorMs: number;
  readonly times: ProtocolTimes;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_ARM_ENDPOINT = 'https://management.azure.com';
/** docs/facts/container-apps.md#query-endpoint */
const DEFAULT_LOGS_ENDPOINT = 'https://api.loganalytics.io';
const DEFAULT_POLL_FLOOR_MS = 2000;

/** Reads every setting of ours; throws TerminalError that names the setting, its value's fault and what is allowed. */
export function readSettings(env: Environment): Settings {
  const placements = jsonSetting(env, 'GPU_JOBS_PLACEMENTS', z.array(placementSchema).min(1), undefined);
  const times = protocolTimes(env);
  refuseEarlyFate(times, placements);
  const schedules = jsonSetting(env, 'GPU_JOBS_SCHEDULES', z.array(scheduleSchema), []);
  refuseRepeats('GPU_JOBS_PLACEMENTS', placements);
  refuseKeysWithoutVault(env, placements);
  refuseRepeats('GPU_JOBS_SCHEDULES', schedules);
  for (const schedule of schedules) {
    const problem = scheduleProblem(schedule);
    if (problem !== undefined)
      throw new TerminalError(`GPU_JOBS_SCHEDULES: schedule "${schedule.name}": ${problem}`);
  }
  return {
    placements,
    schedules,
    policy: jsonSetting(env, 'GPU_JOBS_POLICY', policySchema, {}),
    armEndpoint: endpoint(env, 'GPU_JOBS_ARM_ENDPOINT', DEFAULT_ARM_ENDPOINT),
    logsEndpoint: endpoint(env, 'GPU_JOBS_LOGS_ENDPOINT', DEFAULT_LOGS_ENDPOINT),
    keyVault: keyVault(env),
    pollFloorMs: numberSetting(env, 'GPU_JOBS_POLL_FLOOR_MS', DEFAULT_POLL_FLOOR_MS, 1),
    times,
  };
}

function protocolTimes(env: Environment): ProtocolTimes {
  const seconds = (name: string, otherwise: number): number => numberSetting(env, name, otherwise, 0.001);
  const times: ProtocolTimes = {
    createBoundS: seconds('GPU_JOBS_CREATE_BOUND_S', DEFAULT_TIMES.createBoundS),
    absentForS: seconds('GPU_JOBS_ABSENT_FOR_S', DEFAULT_TIMES.absentForS),
    unknownFateS: seconds('GPU_JOBS_UNKNOWN_FATE_S', DEFAULT_TIMES.unknownFateS),
    unknownWorkloadS: seconds('GPU_JOBS_UNKNOWN_WORKLOAD_S', DEFAULT_TIMES.unknownWorkloadS),
    deleteAgainS: seconds('GPU_JOBS_DELETE_AGAIN_S', DEFAULT_TIMES.deleteAgainS),
    overdueS: seconds('GPU_JOBS_OVERDUE_S', DEFAULT_TIMES.overdueS),
    createRequestS: seconds('GPU_JOBS_CREATE_REQUEST_S', DEFAULT_TIMES.createRequestS),
    retryBackoffS: seconds('GPU_JOBS_RETRY_BACKOFF_S', DEFAULT_TIMES.retryBackoffS),
    capacityBackoffS: seconds('GPU_JOBS_CAPACITY_BACKOFF_S', DEFAULT_TIMES.capacityBackoffS),
    longestCapacityBackoffS: seconds(
      'GPU_JOBS_LONGEST_CAPACITY_BACKOFF_S',
      DEFAULT_TIMES.longestCapacityBackoffS,
    ),
    storyPromiseS: seconds('GPU_JOBS_STORY_PROMISE_S', DEFAULT_TIMES.storyPromiseS),
    logQuietS: seconds('GPU_JOBS_LOG_QUIET_S', DEFAULT_TIMES.logQuietS),
    logGiveUpS: seconds('GPU_JOBS_LOG_GIVE_UP_S', DEFAULT_TIMES.logGiveUpS),
  };
  const problem = brokenOrder(times);
  if (problem === undefined) return times;
  throw new TerminalError(
    `GPU_JOBS_CREATE_BOUND_S, GPU_JOBS_CREATE_REQUEST_S, GPU_JOBS_UNKNOWN_FATE_S, GPU_JOBS_UNKNOWN_WORKLOAD_S, GPU_JOBS_LOG_QUIET_S, GPU_JOBS_LOG_GIVE_UP_S: ${problem}`,
  );
}

/** A create that may still take effect must not count as one that had none. */
function refuseEarlyFate({ unknownFateS }: ProtocolTimes, placements: readonly ConfiguredPlacement[]): void {
  const factsOf = factsByPlacement(placements);
  for (const { name } of placements) {
    const { fateKnownAfterS } = factsOf(name).traits;
    if (unknownFateS < fateKnownAfterS)
      throw new TerminalError(
        `GPU_JOBS_UNKNOWN_FATE_S is ${unknownFateS}, must be at least ${fateKnownAfterS}: only then the fate of a create in placement "${name}" is known. A placement on an emulator that is quicker says so with "fateKnownAfterS".`,
      );
  }
}

/** The key of a volume's share could not be read. */
function refuseKeysWithoutVault(env: Environment, placements: readonly ConfiguredPlacement[]): void {
  if (keyVault(env) !== undefined) return;
  for (const placement of placements) {
    const volumes: Placement['volumes'] = placement.volumes;
    for (const [volume, { share }] of Object.entries(volumes ?? {}))
      if (share?.keyRef !== undefined)
        throw new TerminalError(
          `GPU_JOBS_PLACEMENTS: the share of volume "${volume}" in placement "${placement.name}" has the keyRef "${share.keyRef}", and no key vault is configured to read it from: set GPU_JOBS_KEY_VAULT to its URL.`,
        );
  }
}

function keyVault(env: Environment): URL | undefined {
  const value = valueOf(env, 'GPU_JOBS_KEY_VAULT');
  return value === undefined
    ? undefined
    : safeUrl('GPU_JOBS_KEY_VAULT', value, 'https://NAME.vault.azure.net');
}

function endpoint(env: Environment, name: string, otherwise: string): URL {
  return safeUrl(name, valueOf(env, name) ?? otherwise, otherwise);
}

/** Clear text would carry tokens and secrets: only to an emulator on this very machine. */
function safeUrl(setting: string, value: string, such: string): URL {
  if (!URL.canParse(value))
    throw new TerminalError(`${setting} is "${value}", must be a URL such as ${such}.`);
  const url = new URL(value);
  if (url.protocol === 'https:' || isLoopback(url)) return url;
  throw new TerminalError(
    `${setting} is "${value}", must be https; http is allowed for 127.0.0.1 and localhost only.`,
  );
}

function jsonSetting<T>(env: Environment, name: string, schema: z.ZodType<T>, otherwise: T | undefined): T {
  const text = valueOf(env, name);
  if (text === undefined) {
    if (otherwise !== undefined) return otherwise;
    throw new TerminalError(`${name} is not set; it must be a JSON list, see local.settings.example.json.`);
  }
  const parsed = parseUntrusted(schema, parseJson(name, text));
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error).map(
    ({ pointer, message }) => `${pointer === '' ? 'the whole' : pointer} ${message}`,
  );
  throw new TerminalError(`${name}: ${problems.join('; ')}.`);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TerminalError(`${name} is not JSON: ${String(error)}`, {}, { cause: error });
  }
}

function numberSetting(env: Environment, name: string, otherwise: number, least: number): number {
  const text = valueOf(env, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  throw new TerminalError(`${name} is "${text}", must be a number of at least ${least}.`);
}

function refuseRepeats(setting: string, named: readonly { name: string }[]): void {
  const repeated = named.find(({ name }, index) => named.findIndex((other) => other.name === name) !== index);
  if (repeated !== undefined)
    throw new TerminalError(`${setting} names "${repeated.name}" twice; names must differ.`);
}

/** An empty value counts as not set. */
function valueOf(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}
