// The test world with a platform in two steps beside a region of Container Instances: whole jobs run on both.
import type { JobView } from '../../api/jobs';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { workloadName } from '../../domain/job/names';
import type { Placement } from '../../domain/placement/placement';
import type { JobSpec } from '../../domain/spec/job-spec';
import type { Ports } from '../../jobs/ports';
import type { AciSettings } from '../../standins/aci/settings';
import { createScriptedRuntime, type Script } from '../../standins/containers/scripted';
import type { VirtualTime } from '../../standins/kernel/virtual-time';
import { onCommit } from '../support/app/test-app';
import { createTestWorld, type TestWorld } from '../support/world/test-world';
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
  /** Called before each call of the platform in two steps. What it throws replaces the answer. */
  readonly onCall?: (call: keyof TwoStepApi, name: string, service: TwoStepService) => void;
  /** The ports of one activity. */
  readonly around?: (ports: Ports) => Ports;
}

export interface JobsWorld extends Omit<TestWorld, 'submit' | 'until'> {
  readonly service: TwoStepService;
  /** What the platform in two steps was asked for, in order. */
  readonly asked: readonly (keyof TwoStepApi)[];
  /** Command lines of its programs, in the order of their starts. */
  readonly programs: readonly (readonly string[])[];
  /** The rows of every state of the job that was stored. */
  readonly stored: readonly AttemptRow[];
  /** A job submitted and dispatched; its placements are tried in this order. */
  submit(spec?: Partial<JobSpec>): Promise<string>;
  /** As in the test world; within an hour if no limit is given. */
  until(jobId: string, wanted: (job: JobView) => boolean, limitMs?: number): Promise<JobView>;
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
  const script = parts.script ?? PRINTS_AND_ENDS;
  const programs: (readonly string[])[] = [];
  const asked: (keyof TwoStepApi)[] = [];
  const serviceIn = ({ clock, timers }: VirtualTime): TwoStepService =>
    new TwoStepService({
      now: () => clock.now(),
      timers,
      runtime: createScriptedRuntime(timers, ({ command }) => {
        programs.push(command);
        return script;
      }),
      times: { ...TIMES, ...parts.times },
      ...parts.service,
    });
  const made: { service?: TwoStepService } = {};
  const region = { scripts: [script], ...(parts.aci && { settings: parts.aci }) };
  const world = await createTestWorld(
    { [REGION]: region },
    {
      durable: true,
      elsewhere: (time) => {
        const service = serviceIn(time);
        made.service = service;
        const client = clientOf(service, (call, name) => {
          asked.push(call);
          parts.onCall?.(call, name, service);
        });
        const placement: Placement = { name: STEPS, backend: TWO_STEP, gpus: [], limits: LIMITS };
        return [{ placement, backend: createTwoStepBackend(STEPS, client), facts: twoStepFacts() }];
      },
      ...(parts.around && { around: parts.around }),
    },
  );
  const { service } = made;
  if (service === undefined) throw new Error('The world was made without the platform in two steps.');
  const stored: AttemptRow[] = [];
  onCommit(world.app, async (_n, write, changes) => {
    const written = await write();
    if (written === 'done')
      for (const change of changes) if (change.kind === 'replace-attempt') stored.push(change.row);
    return written;
  });
  return {
    ...world,
    service,
    asked,
    programs,
    stored,
    submit: (spec = {}) => world.submit({ image: IMAGE, placements: [STEPS, REGION], ...spec }),
    until: (jobId, wanted, limitMs = HOUR) => world.until(jobId, wanted, limitMs),
  };
}

export function nameOf(jobId: string, attempt = 1): string {
  return workloadName(jobId, attempt);
}

const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;
export const isGone = (job: JobView): boolean =>
  isOver(job) && job.attempts.every(({ cleanup }) => cleanup === 'gone');
