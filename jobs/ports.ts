// Everything that the jobs and activities need from outside, in one bag; each function names what it takes of it.
import type { HeldSecrets, RejectedStore, ResultStore, SpecStore } from '../domain/blob-stores';
import type { Clock } from '../domain/clock';
import type { ComputeBackend } from '../domain/compute-backend';
import type { ControlStore } from '../domain/control-store';
import type { HintStore } from '../domain/hint-store';
import type { JobStore } from '../domain/job-store';
import type { LogArchive } from '../domain/log-archive';
import type { Logger } from '../domain/logger';
import type { MessageQueue } from '../domain/message-queue';
import type { OwnerStore } from '../domain/owner';
import type { Pace } from '../domain/pace';
import type { Placement } from '../domain/placement';
import type { PlacementStore } from '../domain/placement-store';
import type { Policy } from '../domain/policy';
import type { ProtocolTimes } from '../domain/protocol-times';
import type { QuotaReadings } from '../domain/quota';
import type { Schedule } from '../domain/schedule';
import type { ScheduleStore } from '../domain/schedule-store';
import type { SecretVault } from '../domain/secret-vault';
import type { ListKeeper } from './list-keeper';

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
  /** What the backends were told about the rate of their requests. */
  readonly pace: Pace;
  /** Left out: every quota is unknown, which stands against nothing. */
  readonly quotas?: QuotaReadings;
  readonly times: ProtocolTimes;
  /** No state is looked at more often, milliseconds. */
  readonly pollFloorMs: number;
}
