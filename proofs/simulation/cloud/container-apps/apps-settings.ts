// What the simulated Container Apps are like: the environment, how fast it lives, and which answer each open question
// has in this run.
import {
  type ContainerAppsSettings,
  DEFAULT_CONTAINER_APPS_SETTINGS,
} from '../../../../standins/container-apps/settings';
import { type Switches, switchesSchema } from '../../../../standins/container-apps/switches';
import { OBSERVED_TIMES, type Times } from '../../../../standins/container-apps/times';
import type { Random } from '../../../../standins/kernel/random';
import { SUBSCRIPTION } from '../../../../test/support/placements';
import { pullMs } from '../pulls';

export const APPS_GROUP = 'sim-apps';
export const APPS_REGION = 'westus3';
export const APPS_ENVIRONMENT = 'sim-env';
/** The workload profile with a GPU, by its name in the environment, and its type. */
export const GPU_PROFILE = 'gpu';
export const GPU_PROFILE_TYPE = 'Consumption-GPU-NC8as-T4';

/** How long a definition is in progress, milliseconds: the median is 8 s, the worst of 773 took 215 s. */
const PUTS_MS = [3_000, 10_000, 10_000, 100_000] as const;
/** Places for cores and for GPUs. The placement has two places, and a workload takes one core. */
const CORES = [1, 100, 100, 100] as const;
const GPUS = [1, 5, 5, 5] as const;

/** What happens next there, whichever job it happens to. */
export interface AppsKnobs {
  nextPutMs: number | undefined;
  nextPullMs: number | undefined;
  nextDeleteMs: number | undefined;
}

/** Both sides of all that no source shows and the product touches. */
const SIDES: { readonly [Name in keyof Switches]: readonly Switches[Name][] } = {
  endTime: ['shown', 'absent'],
  stoppedEndTime: ['absent', 'shown'],
  endedDetail: ['kept', 'kept', 'empty', 'absent'],
  detailInGet: ['shown', 'absent'],
  reasonAndMessage: ['shown', 'absent'],
  outOfMemoryWord: ['Error', 'OOMKilled'],
  deleteWhileRunning: ['stops-executions', 'leaves-executions'],
  changeWhileRunning: ['leaves-executions', 'stops-executions'],
  writeDuringWrite: ['accepted', 'refused'],
  startDuringWrite: ['accepted', 'refused'],
  // The protocol assumes that no start takes effect on a definition whose delete has begun (docs/verified.md).
  startDuringDelete: ['refused'],
  startAnswer: ['ok', 'accepted'],
  stopAnswer: ['empty', 'text', 'accepted'],
  stopOfEnded: ['accepted', 'refused'],
  imageCheck: ['at-pull', 'at-pull', 'at-put'],
  executionOrder: ['newest-first', 'oldest-first'],
  pageSize: ['whole', 1, 2],
  replicasAfterEnd: ['kept', 'kept', 'gone'],
  streamAfterEnd: ['kept', 'kept', 'gone'],
  jobEvents: ['shown', 'absent'],
  followEnd: ['ends', 'stays-open'],
  failedOperation: ['without-error', 'with-error'],
  deleteAnswer: ['location', 'azure-asyncoperation'],
  jobNotFound: ['gateway', 'provider'],
  runningState: ['shown', 'absent'],
  putRetryAfter: ['none', 5],
  shownVariables: ['none', 'job-name', 'all'],
  listedGpuTypes: ['absent', 'shown'],
  runtimeMark: ['kept', 'removed'],
  tiedRows: ['as-written', 'reversed'],
  emptyWorkspace: ['no-table', 'no-content'],
};

export function appsSettings(
  random: Random,
  knobs: AppsKnobs,
  workspace: string | undefined,
): ContainerAppsSettings {
  return {
    ...DEFAULT_CONTAINER_APPS_SETTINGS,
    environments: [
      {
        subscription: SUBSCRIPTION,
        resourceGroup: APPS_GROUP,
        name: APPS_ENVIRONMENT,
        location: APPS_REGION,
        profiles: { Consumption: 'Consumption', [GPU_PROFILE]: GPU_PROFILE_TYPE },
        ...(workspace === undefined ? {} : { workspace }),
      },
    ],
    environmentQuotas: {
      ...DEFAULT_CONTAINER_APPS_SETTINGS.environmentQuotas,
      ManagedEnvironmentConsumptionCores: random.pick(CORES),
      ManagedEnvironmentConsumptionT4Gpus: random.pick(GPUS),
    },
    retryAfterSeconds: 0,
    rateLimits: false,
    switches: drawSwitches(random),
    times: appsTimes(random, knobs),
  };
}

function drawSwitches(random: Random): Switches {
  const drawn = Object.entries(SIDES).map(([name, sides]) => [name, random.pick<unknown>(sides)] as const);
  return switchesSchema.parse(Object.fromEntries(drawn));
}

function appsTimes(random: Random, knobs: AppsKnobs): Times {
  return {
    ...OBSERVED_TIMES,
    unknownMs: random.pick([0, 0, 2_000]),
    cleanupMs: random.pick([5_000, OBSERVED_TIMES.cleanupMs]),
    get putMs() {
      const { nextPutMs } = knobs;
      knobs.nextPutMs = undefined;
      return nextPutMs ?? random.int(500, random.pick(PUTS_MS));
    },
    get deleteMs() {
      const { nextDeleteMs } = knobs;
      knobs.nextDeleteMs = undefined;
      if (nextDeleteMs !== undefined) return nextDeleteMs;
      return random.chance(0.1) ? random.int(20_000, 120_000) : random.int(200, 5_000);
    },
    get assignMs() {
      return random.int(200, 3_000);
    },
    get pullMs() {
      return pullMs(random, knobs);
    },
    get createMs() {
      return random.int(50, 2_000);
    },
    get completeMs() {
      return random.int(0, 8_000);
    },
    get stoppedMs() {
      return random.int(200, random.pick([2_000, 30_000]));
    },
  };
}
