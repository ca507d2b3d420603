// Everything that the jobs and activities need from outside, in one bag; each function names what it takes of it.
import type { ProtocolTimes } from '../domain/attempt/protocol-times';
import type { BackendFacts } from '../domain/backend/backend-facts';
import type { OwnerStore } from '../domain/owner';
import type { Pace } from '../domain/placement/pace';
import type { Placement } from '../domain/placement/placement';
import type { QuotaReadings } from '../domain/placement/quota';
import type { HeldSecrets, RejectedStore, ResultStore, SpecStore } from '../domain/ports/blob-stores';
import type { Clock } from '../domain/ports/clock';
import type { ComputeBackend } from '../domain/ports/compute-backend';
import type { ControlStore } from '../domain/ports/control-store';
import type { HintStore } from '../domain/ports/hint-store';
import type { JobStore } from '../domain/ports/job-store';
import type { LogArchive } from '../domain/ports/log-archive';
import type { Logger } from '../domain/ports/logger';
import type { MessageQueue } from '../domain/ports/message-queue';
import type { PlacementStore } from '../domain/ports/placement-store';
import type { ScheduleStore } from '../domain/ports/schedule-store';
import type { SecretVault } from '../domain/ports/secret-vault';
import type { Schedule } from '../domain/schedule/schedule';
import type { Policy } from '../domain/spec/policy';
import type { ListKeeper } from './lists/list-keeper';

export interface Ports {
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** A text that nobody else has. */
  readonly newNonce: () => string;
  readonly log: Logger;

  readonly owner: OwnerStore;
  /** Writes through it are told to the lists. */
  readonly jobs: JobStore;
  readonly lists: Pick<ListKeeper, 'page' | 'check'>;
  readonly hints: HintStore;
  readonly placementRows: PlacementStore;
  readonly schedules: ScheduleStore;
  readonly control: ControlStore;
  readonly specs: SpecStore;
  readonly heldSecrets: HeldSecrets;
  /** Left out: no key vault is configured, and specs with references are refused. */
  readonly vault?: SecretVault | undefined;
  readonly results: ResultStore;
  readonly rejected: RejectedStore;
  readonly logArchive: LogArchive;
  /** Kicks of the dispatcher. */
  readonly kicks: MessageQueue;
  readonly events: MessageQueue;

  readonly placements: readonly Placement[];
  readonly configuredSchedules: readonly Schedule[];
  /** What specs may use; left out: anything. */
  readonly policy?: Policy | undefined;
  /** The backend of a placement; of one that is not configured (any more) nothing can be read. */
  readonly backendOf: (placement: string) => ComputeBackend;
  /**
   * What is known of that backend before any request; of one that is not configured, that nothing is to be had there.
   */
  readonly factsOf: (placement: string) => BackendFacts;
  /** What the backends were told about the rate of their requests. */
  readonly pace: Pace;
  /** Left out: every quota is unknown, which stands against nothing. */
  readonly quotas?: QuotaReadings;
  readonly times: ProtocolTimes;
  /** No state is looked at more often, milliseconds. */
  readonly pollFloorMs: number;
}
