// Whole jobs over a platform in two steps with Container Instances beside it: the real story, dispatcher and sweep in
// virtual time.
import type { JobView } from '../../api/jobs';
import { jobView } from '../../api/views/job-view';
import { createAciBackend } from '../../backends/aci/aci-backend';
import { aciFacts } from '../../backends/aci/facts';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { workloadName } from '../../domain/job/names';
import type { Placement } from '../../domain/placement/placement';
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import type { JobSpec } from '../../domain/spec/job-spec';
import { submit } from '../../jobs/job/submit';
import { dispatch } from '../../jobs/placement/dispatch';
import type { Ports } from '../../jobs/ports';
import { type AciEmulator, createAciEmulator } from '../../standins/aci/emulator';
import { type AciSettings, DEFAULT_ACI_SETTINGS } from '../../standins/aci/settings';
import { createScriptedRuntime, type Script } from '../../standins/containers/scripted';
import { tellStories, type ToldStories } from '../admission/told-stories';
import { createVirtualWorld, type VirtualWorld } from '../admission/virtual-world';
import { armClients } from '../support/arm-clients';
import { testPlacement } from '../support/placements';
import { clientOf } from './stage';
import type { TwoStepApi } from './two-step-api';
import { createTwoStepBackend } from './two-step-backend';
import { TWO_STEP, twoStepFacts } from './two-step-facts';
import { type ServiceParts, type ServiceTimes, TwoStepService } from './two-step-service';

export const STEPS = 'steps';
export const REGION = 'eastus';
const IMAGE = 'example/program:1';

export interface JobsWorldParts {
  readonly script?: Script;
  readonly times?: Partial<ServiceTimes>;
  readonly service?: Pick<ServiceParts, 'refusesStart' | 'failsDefinition'>;
  readonly aci?: Partial<AciSettings>;
  /** Before each call of the platform in two steps; what it throws is met in place of an answer. */
  readonly onCall?: (call: keyof TwoStepApi, name: string, world: JobsWorld) => void;
  /** The ports as one activity has them. */
  readonly around?: (ports: Ports) => Ports;
}

export interface JobsWorld {
  readonly world: VirtualWorld;
  readonly stories: ToldStories;
  readonly ports: ToldStories['ports'];
  readonly service: TwoStepService;
  readonly emulator: AciEmulator;
  /** What the platform in two steps was asked for, in order. */
  readonly asked: readonly (keyof TwoStepApi)[];
  /** Command lines of its programs, in the order of their starts. */
  readonly programs: readonly (readonly string[])[];
  /** Of an active or ended job; rows of each state that was stored. */
  readonly stored: readonly AttemptRow[];
  /** A job submitted and dispatched; its placements are tried in this order. */
  submit(spec?: Partial<JobSpec>): Promise<string>;
  view(jobId: string): Promise<JobView>;
  /** Lets time pass until it is as wanted; throws when that is not within `limitMs`. */
  until(jobId: string, wanted: (job: JobView) => boolean, limitMs?: number): Promise<JobView>;
  logOf(jobId: string, attempt?: number): Promise<string>;
}

const LIMITS = { workloads: 10, creates: [] };
const TIMES: ServiceTimes = { defineMs: 8_000, pullMs: 5_000, stopMs: 2_000, deleteMs: 3_000 };
export const PRINTS_AND_ENDS: Script = {
  // Some lines share a second, some a text; the platform's stamps are whole seconds.
  prints: [10, 300, 310, 900, 1_500, 31_000, 31_100, 62_000].map((atMs, index) => ({
    atMs,
    text: index % 3 === 0 ? `line ${index}\n` : 'the same again\n',
  })),
  exit: { atMs: 65_000, code: 0 },
};
const HOUR = 3_600_000;

export function textOf({ prints }: Script): string {
  return prints.map(({ text }) => String(text)).join('');
}

export async function createJobsWorld(parts: JobsWorldParts = {}): Promise<JobsWorld> {
  const world = createVirtualWorld(1);
  const { clock, timers } = world.time;
  const script = parts.script ?? PRINTS_AND_ENDS;
  const programs: (readonly string[])[] = [];
  const asked: (keyof TwoStepApi)[] = [];
  const service = new TwoStepService({
    now: () => clock.now(),
    timers,
    runtime: createScriptedRuntime(timers, ({ command }) => {
      programs.push(command);
      return script;
    }),
    times: { ...TIMES, ...parts.times },
    ...parts.service,
  });
  const emulator = createAciEmulator({
    clock,
    timers,
    newId: () => world.random.hex(32),
    runtime: createScriptedRuntime(timers, () => script),
    settings: { ...DEFAULT_ACI_SETTINGS, ...parts.aci },
  });
  const region = testPlacement();
  const steps: Placement = { name: STEPS, backend: TWO_STEP, gpus: [], limits: LIMITS };
  const clients = armClients((request) => emulator.handle(request));
  const onSteps = createTwoStepBackend(
    STEPS,
    clientOf(service, (call, name) => {
      asked.push(call);
      parts.onCall?.(call, name, made);
    }),
  );
  const onAci = createAciBackend(region, () => clients);
  const stories = tellStories(
    world,
    {
      placements: [steps, region],
      backendOf: (name) => (name === STEPS ? onSteps : onAci),
      factsOf: (name) => (name === STEPS ? twoStepFacts() : aciFacts(region)),
    },
    parts.around,
  );
  const stored: AttemptRow[] = [];
  let writes = 0;
  const { jobs } = stories.app;
  const commit = jobs.commit.bind(jobs);
  jobs.commit = async (jobId, changes) => {
    const written = await commit(jobId, changes);
    writes += 1;
    if (written === 'done')
      for (const change of changes) if (change.kind === 'replace-attempt') stored.push(change.row);
    return written;
  };
  const made: JobsWorld = {
    world,
    stories,
    ports: stories.ports,
    service,
    emulator,
    asked,
    programs,
    stored,
    submit: async (spec = {}) => {
      const submitted = await submit(stories.ports, {
        spec: { image: IMAGE, placements: [STEPS, REGION], ...spec },
        key: 'key',
        source: 'http',
      });
      if (submitted.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(submitted)}`);
      await dispatch(stories.ports);
      return submitted.jobId;
    },
    view: async (jobId) => {
      const records = await stories.ports.jobs.read(jobId);
      if (records === undefined) throw new Error(`There is no job ${jobId}.`);
      return jobView(records);
    },
    until: async (jobId, wanted, limitMs = HOUR) => {
      const until = world.now() + limitMs;
      for (;;) {
        const job = await made.view(jobId);
        if (wanted(job)) return job;
        if (world.now() >= until)
          throw new Error(`Job ${jobId} is not as wanted: ${JSON.stringify(job, null, 1)}`);
        const before = writes;
        await world.runUntil(until, () => writes > before);
      }
    },
    logOf: async (jobId, attempt = 1) => {
      const ref = { jobId, attempt, container: CONTAINER_NAME };
      return (await stories.ports.logArchive.read(ref, 0, 1_000_000)).bytes.toString();
    },
  };
  await stories.start();
  return made;
}

export function nameOf(jobId: string, attempt = 1): string {
  return workloadName(jobId, attempt);
}

const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;
export const isGone = (job: JobView): boolean =>
  isOver(job) && job.attempts.every(({ cleanup }) => cleanup === 'gone');
