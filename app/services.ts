// The composition root: from settings to the ports that everything else is given.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { TokenCredential } from '@azure/core-auth';

import { backendsByPlacement, factsByPlacement } from '../backends/backends';
import { createPace } from '../domain/placement/pace';
import { systemClock } from '../domain/ports/clock';
import type { UnhandledMessages } from '../domain/ports/message-queue';
import { createJobWatch, type JobWatch } from '../jobs/job/job-watch';
import { rememberedSpecs } from '../jobs/job/remembered-specs';
import { ListKeeper } from '../jobs/lists/list-keeper';
import { listedJobStore } from '../jobs/lists/listed-job-store';
import { createQuotaReadings } from '../jobs/placement/quota-readings';
import type { ComputePorts, Ports } from '../jobs/ports';
import { type StorageClients, storageClients } from '../storage/account/clients';
import { connectionFromSettings } from '../storage/account/connection';
import { BlobHeldSecrets } from '../storage/blobs/blob-held-secrets';
import { BlobRejectedStore } from '../storage/blobs/blob-rejected-store';
import { BlobResultStore } from '../storage/blobs/blob-result-store';
import { BlobSpecStore } from '../storage/blobs/blob-spec-store';
import { keyVaultSecrets } from '../storage/key-vault-secrets';
import { blobLogArchive } from '../storage/logs/blob-log-archive';
import { StorageMessageQueue } from '../storage/queues/storage-message-queue';
import { StorageUnhandledMessages } from '../storage/queues/storage-unhandled-messages';
import { TableControlStore } from '../storage/rows/table-control-store';
import { TableHintStore } from '../storage/rows/table-hint-store';
import { TableJobLists } from '../storage/rows/table-job-lists';
import { TableJobStore } from '../storage/rows/table-job-store';
import { TableOwnerStore } from '../storage/rows/table-owner-store';
import { TablePlacementStore } from '../storage/rows/table-placement-store';
import { TableScheduleStore } from '../storage/rows/table-schedule-store';
import { identity } from './identity-sdk';
import { processLog } from './process-log';
import { type Environment, readSettings, type Settings } from './settings';

/** Queues: public names (docs/queue.md). */
export const EVENTS_QUEUE = 'gpu-job-events';
export const KICK_QUEUE = 'gpu-jobs-kick';
export const JOBS_QUEUE = 'gpu-jobs';
/** Where the host moves a message of the jobs' queue that failed `maxDequeueCount` times. */
const POISON_QUEUE = `${JOBS_QUEUE}-poison`;
const LOG_CONTAINER = 'job-logs';

/** How long a write of a job's rows waits for the lists to be written too; what takes longer goes on behind it. */
const LISTS_WITHIN_MS = 2_000;

/** Every port but the log, which belongs to an invocation. */
export type Services = Omit<Ports, 'log'> & {
  readonly watch: JobWatch;
  readonly unhandled: UnhandledMessages;
  /** For whoever looks at jobs again and again. */
  readonly specsToShow: Pick<Ports['specs'], 'get'>;
};

/** What needs Azure's compute only and no storage: for the watchdog that runs outside the app. */
export function createBackends(env: Environment): ComputePorts {
  const settings = readSettings(env);
  return backends(settings, defaultCredential());
}

/**
 * Builds every port from the environment. Opens no connection. Throws TerminalError for a setting that can't be used.
 */
export function createServices(env: Environment): Services {
  const settings = readSettings(env);
  const credential = defaultCredential();
  const clients = storageClients(connectionFromSettings(env, () => credential));
  const { placements, backendOf, factsOf, pace } = backends(settings, credential);
  const specs = new BlobSpecStore(clients);
  return {
    clock: systemClock,
    pause: (ms) => pause(ms),
    newNonce: randomUUID,
    owner: new TableOwnerStore(clients, randomBytes),
    ...jobsAndLists(clients),
    hints: new TableHintStore(clients),
    placementRows: new TablePlacementStore(clients),
    schedules: new TableScheduleStore(clients),
    control: new TableControlStore(clients),
    specs,
    specsToShow: rememberedSpecs(specs),
    heldSecrets: new BlobHeldSecrets(clients),
    ...(settings.keyVault === undefined ? {} : { vault: keyVaultSecrets(settings.keyVault, credential) }),
    results: new BlobResultStore(clients),
    rejected: new BlobRejectedStore(clients),
    logArchive: blobLogArchive(clients.container(LOG_CONTAINER)),
    kicks: new StorageMessageQueue(clients, KICK_QUEUE),
    events: new StorageMessageQueue(clients, EVENTS_QUEUE),
    unhandled: new StorageUnhandledMessages(clients, POISON_QUEUE),
    placements,
    configuredSchedules: settings.schedules,
    policy: settings.policy,
    backendOf,
    factsOf,
    pace,
    quotas: createQuotaReadings({
      clock: systemClock,
      placements,
      backendOf,
      factsOf,
      pause: (ms) => pause(ms, undefined, { ref: false }),
    }),
    times: settings.times,
    pollFloorMs: settings.pollFloorMs,
  };
}

/** The rows, the lists that follow them, and who waits for a change of them. */
function jobsAndLists(clients: StorageClients): Pick<Services, 'jobs' | 'lists' | 'watch'> {
  const rows = new TableJobStore(clients);
  const lists = new ListKeeper({
    jobs: rows,
    lists: new TableJobLists(clients),
    log: processLog,
    patience: () => pause(LISTS_WITHIN_MS, undefined, { ref: false }),
  });
  const watch = createJobWatch({ jobs: rows, clock: systemClock, pause: (ms) => pause(ms) });
  return { jobs: listedJobStore(rows, lists, (jobId) => watch.nudge(jobId)), lists, watch };
}

function backends({ placements, armEndpoint }: Settings, credential: TokenCredential): ComputePorts {
  const factsOf = factsByPlacement(placements);
  const pace = createPace(systemClock, (name) => factsOf(name).traits.requests);
  return {
    placements,
    backendOf: backendsByPlacement(placements, {
      armEndpoint,
      credential,
      onPace: (placement, report) => pace.onPace(placement, report),
    }),
    factsOf,
    pace,
  };
}

/** Azure's default chain of credentials, loaded when the first token is asked for. */
function defaultCredential(): TokenCredential {
  let chain: TokenCredential | undefined;
  return {
    getToken: (scopes, options) => {
      chain ??= new (identity().DefaultAzureCredential)();
      return chain.getToken(scopes, options);
    },
  };
}
