// A Job's retries as a spec's policy: backoffLimit, and the pod failure policies that say what a spec can say.
import type { Draft } from '../draft';
import type { Reader } from '../reader';
import { checkFields, READ } from './field-rules';

/** The most attempts that a spec may ask for. */
const MAX_ATTEMPTS = 20;

interface Retry {
  attempts?: number;
  rerunAfterStart?: boolean;
  exitCodes?: number[];
}

/** Drafts `retry` from a Job's spec; a Job that says nothing of it gets the spec's defaults. */
export function draftRetry(job: Reader, draft: Draft): void {
  const limit = job.at('backoffLimit');
  const policy = job.at('podFailurePolicy');
  const retry: Retry = policy.present ? policyOf(policy) : {};
  const attempts = limit.present ? attemptsOf(limit) : undefined;
  if (attempts !== undefined) retry.attempts = attempts;
  if (attempts !== undefined && attempts > 1 && !policy.present) retry.rerunAfterStart = true;
  if (!limit.present && !policy.present) {
    job.translated(
      'names no backoffLimit: a job is tried up to 3 times, and not again once its program has started (`retry` of the spec)',
    );
    return;
  }
  draft.set('retry', retry, limit.present ? limit : policy);
  if (policy.present) {
    draft.came(['retry', 'exitCodes'], policy);
    draft.came(['retry', 'rerunAfterStart'], policy);
  }
  if ((retry.attempts ?? 3) > 1 && retry.exitCodes === undefined)
    limit.warning(
      "counts failures of the platform only: a program's own exit code is tried again only where podFailurePolicy fails the Job on all others (FailJob on exit codes NotIn …)",
    );
}

function attemptsOf(limit: Reader): number | undefined {
  const retries = limit.number();
  if (retries === undefined) return undefined;
  if (!Number.isInteger(retries) || retries < 0) {
    limit.problem(`is ${retries}, must be a whole number from 0 on`);
    return undefined;
  }
  if (retries < MAX_ATTEMPTS) return retries + 1;
  limit.translated(`is ${retries}: a job is tried at most ${MAX_ATTEMPTS} times`);
  return MAX_ATTEMPTS;
}

function policyOf(policy: Reader): Retry {
  checkFields(policy, { rules: READ }, 'podFailurePolicy');
  const retry: Retry = {};
  for (const rule of policy.at('rules').present ? policy.at('rules').items() : []) readRule(rule, retry);
  return retry;
}

/**
 * `FailJob` on exit codes `NotIn` those to try again; any action but `FailIndex` on disruptions, which come after the
 * start.
 */
function readRule(rule: Reader, retry: Retry): void {
  checkFields(rule, { action: READ, onExitCodes: READ, onPodConditions: READ }, 'a rule');
  const action = rule.at('action').value;
  const codes = rule.at('onExitCodes');
  const conditions = rule.at('onPodConditions');
  if (codes.present && action === 'FailJob' && codes.at('operator').value === 'NotIn') {
    retry.exitCodes = codes
      .at('values')
      .items()
      .flatMap((value) => value.number() ?? [])
      .filter((code) => code !== 0);
  } else if (
    isDisruption(conditions) &&
    (action === 'FailJob' || action === 'Ignore' || action === 'Count')
  ) {
    retry.rerunAfterStart = action !== 'FailJob';
    if (action === 'Ignore') rule.translated('counts: every attempt of a job counts towards its limit');
  } else {
    rule.problem(
      "can't be said in a job's retry policy; it knows FailJob on exit codes NotIn those to try again, and FailJob, Ignore or Count on DisruptionTarget",
    );
  }
}

function isDisruption(conditions: Reader): boolean {
  if (!conditions.present) return false;
  const types = conditions.items().map((condition) => condition.at('type').value);
  return types.length === 1 && types[0] === 'DisruptionTarget';
}
