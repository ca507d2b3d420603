// The people of a run: they submit, submit again, cancel, do things to orchestrations and make groups by hand.
import { reason } from '../../../domain/job/failure-reason';
import { jobIdFor } from '../../../domain/job/names';
import { parseJobSpec } from '../../../domain/spec/job-spec';
import { redacted } from '../../../domain/spec/redact';
import { policyProblems } from '../../../domain/spec/submission-rules';
import { cancel } from '../../../jobs/job/cancel';
import { reject } from '../../../jobs/job/reject';
import { submit } from '../../../jobs/job/submit';
import { dispatchUnlessDraining } from '../../../jobs/placement/dispatch-unless-draining';
import type { Facts, Submitted } from '../checks/facts';
import type { Deployment } from '../world/deployment';
import type { HostPorts } from '../world/host';
import type { World } from '../world/world';
import { VARIANT_VARIABLE } from './program';
import type { Submission } from './submissions';

type Answer = Submitted['answers'][number];

/** A client that got no answer asks again after this time, milliseconds. */
const PATIENCE_MS = 150_000;

/** Makes one submission and does what its submitter does about it. */
export function follow(
  world: World,
  deployment: Deployment,
  submission: Submission,
  submitted: Submitted,
  run: { readonly canceled: Set<string>; readonly facts: Pick<Facts, 'fail'> },
): void {
  const send = (variant: string): void => {
    if (submission.door === 'queue') submitted.queued = true;
    // A submission that can't become a job is refused in the answer, or kept as Rejected. Neither is repeated.
    persist(
      world,
      deployment,
      (ports) => enter(ports, submission, variant),
      (answer) => {
        world.tell(
          'submitter',
          `${submission.key} (${variant}) is answered: ${answer.kind} ${answer.jobId ?? ''}`,
        );
        submitted.answers.push(answer);
        if (answer.kind === 'accepted' && deployment.stores.rows.job(answer.jobId ?? '') === undefined)
          run.facts.fail('I5', `${submission.key} was answered before its job was there`);
      },
    );
  };
  world.later(submission.atMs, () => send('first'));
  for (const { afterMs, other } of submission.again)
    world.later(submission.atMs + afterMs, () => send(other ? 'other' : 'first'));
  if (submission.cancelAfterMs === undefined) return;
  world.later(submission.atMs + submission.cancelAfterMs, () => {
    const jobId = jobIdFor(deployment.ownerId() ?? '', submission.key);
    world.tell('submitter', `cancels ${submission.key} (${jobId})`);
    cancelOne(world, run, deployment, jobId);
  });
}

/** Cancels it, repeating until it is answered. */
export function cancelOne(
  world: World,
  run: { readonly canceled: Set<string> },
  deployment: Deployment,
  jobId: string,
): void {
  run.canceled.add(jobId);
  persist(
    world,
    deployment,
    (ports) => cancel(ports, jobId),
    () => undefined,
  );
}

/** Does it on a living host, again and again until it is answered. */
export function persist<T>(
  world: World,
  deployment: Deployment,
  run: (ports: HostPorts) => Promise<T>,
  onAnswer: (answer: T) => void,
): void {
  let over = false;
  const again = (afterMs: number): void => {
    world.later(afterMs, () => {
      if (!over) attempt();
    });
  };
  const attempt = (): void => {
    const asked = deployment.onHost(run);
    if (asked === undefined) {
      again(5_000);
      return;
    }
    let answered = false;
    asked.then(
      (answer) => {
        answered = true;
        if (over) return;
        over = true;
        onAnswer(answer);
      },
      () => {
        answered = true;
        again(3_000);
      },
    );
    world.later(PATIENCE_MS, () => {
      if (!answered && !over) attempt();
    });
  };
  attempt();
}

/**
 * Does with a body what the HTTP function and the queue function do (functions/http/submit-job,
 * functions/queues/submit-from-queue).
 */
async function enter(ports: HostPorts, { key, door, spec }: Submission, variant: string): Promise<Answer> {
  const body = withVariant(spec, variant);
  const parsed = parseJobSpec(body, ports.times.unknownFateS);
  const problems = parsed.ok
    ? policyProblems(parsed.spec, { literalSecrets: door === 'http', vault: false, arrays: true })
    : parsed.problems;
  const refuse = async (why: string): Promise<void> => {
    if (door === 'http') return;
    const bytes = redacted(Buffer.from(JSON.stringify(body)));
    await reject(ports, {
      key: `${key}-${variant}`,
      bytes,
      reason: reason('invalid-spec', why),
      source: 'queue',
    });
  };
  if (!parsed.ok || problems.length > 0) {
    await refuse(problems.map(({ message }) => message).join('; '));
    return { kind: 'refused', variant };
  }
  const result = await submit(ports, { spec: parsed.spec, key, source: door });
  switch (result.kind) {
    case 'accepted':
      await dispatchUnlessDraining(ports, 'chances').catch((error: unknown) =>
        ports.log.warn(`Dispatching failed: ${String(error)}`),
      );
      return { kind: 'accepted', jobId: result.jobId, variant };
    case 'conflict':
      await refuse('The key has made another job.');
      return { kind: 'conflict', jobId: result.jobId, variant };
    case 'forbidden':
      throw new Error('The simulated deployment has no policy, and it forbade a spec.');
    case 'no-placement':
      await refuse('No placement can hold the job.');
      return { kind: 'refused', variant };
  }
}

function withVariant(spec: Submission['spec'], variant: string): unknown {
  const env = spec['env'];
  if (typeof env !== 'object' || env === null) return spec;
  return { ...spec, env: { ...env, [VARIANT_VARIABLE]: variant } };
}
