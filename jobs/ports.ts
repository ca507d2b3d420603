// What the jobs and activities need from outside, in groups by what is done with it. A function takes the group of its
// task, or the one port that it needs.
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
import type { GroupStore } from '../domain/ports/group-store';
import type { HintStore } from '../domain/ports/hint-store';
import type { JobStore } from '../domain/ports/job-store';
import type { LogArchive } from '../domain/ports/log-archive';
import type { Logger } from '../domain/ports/logger';
import type { MessageQueue } from '../domain/ports/message-queue';
import type { OrchestrationStarter } from '../domain/ports/orchestration-starter';
import type { OutputContainers } from '../domain/ports/output-containers';
import type { OutputLists } from '../domain/ports/output-lists';
import type { PlacementStore } from '../domain/ports/placement-store';
import type { ScheduleStore } from '../domain/ports/schedule-store';
import type { SecretVault } from '../domain/ports/secret-vault';
import type { Shares } from '../domain/ports/shares';
import type { Schedule } from '../domain/schedule/schedule';
import type { Policy } from '../domain/spec/policy';
import type { ListKeeper } from './lists/list-keeper';
import type { StandingReadings } from './placement/standing-readings';

/** To read and write what is stored of jobs: the ground of the other groups that know jobs. */
interface JobPorts {
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** A text that nobody else has. */
  readonly newNonce: () => string;
  readonly times: ProtocolTimes;
  readonly owner: OwnerStore;
  /** Writes through it are told to the lists. */
  readonly jobs: JobStore;
  readonly lists: Pick<ListKeeper, 'page' | 'check'>;
  readonly hints: HintStore;
  readonly groups: GroupStore;
}

/** To end a job and announce its outcome. */
export interface EndPorts extends JobPorts {
  readonly results: ResultStore;
  readonly events: MessageQueue;
  readonly heldSecrets: HeldSecrets;
}

/** The placements, as configured, and their backends: all that works without storage. */
export interface ComputePorts {
  readonly placements: readonly Placement[];
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
  /** Left out: no standing cost is known. */
  readonly standing?: StandingReadings;
}

/** To give places, take them back and tell how they stand. */
export interface PlacePorts extends JobPorts, ComputePorts {
  readonly placementRows: PlacementStore;
  readonly control: ControlStore;
  /** Kicks of the dispatcher. */
  readonly kicks: MessageQueue;
  readonly log: Logger;
}

/** To make a job of what was asked for, or a Rejected one of what can't become a job. */
export interface SubmitPorts extends EndPorts, ComputePorts {
  readonly specs: SpecStore;
  readonly rejected: RejectedStore;
  /** What specs may use; left out: anything. */
  readonly policy?: Policy | undefined;
  /** Left out: no key vault is configured, and specs with references are refused. */
  readonly vault?: SecretVault | undefined;
}

/** To keep schedules. */
export interface SchedulePorts extends JobPorts {
  readonly schedules: ScheduleStore;
  readonly configuredSchedules: readonly Schedule[];
}

/** To read and list what attempts leave on shares and in containers. */
interface OutputPorts extends Pick<ComputePorts, 'placements'> {
  /** Left out: no share can be reached. */
  readonly shares?: Shares | undefined;
  /** Left out: no outputs are kept without a share. */
  readonly outputContainers?: OutputContainers | undefined;
  /** Left out: no list of outputs can be kept. */
  readonly outputLists?: OutputLists | undefined;
}

/** To complete the logs of attempts that are over, and the lists of their outputs. */
export interface CompletePorts extends EndPorts, OutputPorts, Pick<ComputePorts, 'backendOf'> {
  readonly logArchive: LogArchive;
  readonly log: Logger;
}

/** To carry one attempt from its create until its workload is gone. */
export interface StoryPorts extends EndPorts, PlacePorts, OutputPorts {
  readonly specs: SpecStore;
  /** Left out: what a spec refers to can't be read. */
  readonly vault?: SecretVault | undefined;
  readonly logArchive: LogArchive;
  /** No state is looked at more often, milliseconds. */
  readonly pollFloorMs: number;
}

/** What belongs to an invocation: the way to the stories, through its Durable client, and its log. */
export interface InvocationPorts {
  readonly starter: OrchestrationStarter;
  readonly log: Logger;
}

/** To place jobs and have their stories driven: the dispatcher, its kicks, the take-over. */
export interface DispatchPorts extends EndPorts, PlacePorts, InvocationPorts {}

/** To make the jobs of a group, and to cancel them. */
export interface GroupPorts extends EndPorts, InvocationPorts {
  readonly specs: SpecStore;
}

/** Everything but the starter. The composition root builds it; nothing in `jobs/` asks for it. */
export interface Ports extends SubmitPorts, SchedulePorts, StoryPorts {}
