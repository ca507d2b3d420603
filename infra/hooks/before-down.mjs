// Before `azd down` deletes the app: nothing new is admitted, and nothing may run any more. The app alone knows what it
// runs outside its own resource groups, and alone removes it.
//
// GPU_JOBS_DOWN says what becomes of jobs: unset, the hook stops where some run; "cancel" cancels all of them and waits
// until each workload is gone; "anyway" asks nothing.
import { ask, deploymentFrom, keyOf, main, say, until } from './deployment.mjs';

/** A create of unknown fate keeps its place for ten minutes; a stop and a delete take some minutes more. */
const GONE_WITHIN_MS = 20 * 60_000;
/** The tick sweeps once a minute. */
const SWEPT_WITHIN_MS = 5 * 60_000;

main(async () => {
  const { env } = process;
  const choice = env.GPU_JOBS_DOWN ?? '';
  if (!['', 'cancel', 'anyway'].includes(choice))
    throw new Error(`GPU_JOBS_DOWN is "${choice}", must be "cancel", "anyway" or not set.`);
  if (choice === 'anyway') {
    say('GPU_JOBS_DOWN is "anyway": what runs is not asked for. It costs until its own limits end it.');
    return;
  }
  if ((env.GPUJOBS_URL ?? '') === '') {
    say('Nothing was deployed that could run jobs.');
    return;
  }
  try {
    await emptied(env, choice === 'cancel');
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\nTo delete the deployment all the same, run azd down with GPU_JOBS_DOWN=anyway; infra/README.md tells what then ends what runs.`,
      { cause: error },
    );
  }
});

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} cancel
 */
async function emptied(env, cancel) {
  const deployment = deploymentFrom(env);
  const key = await keyOf(deployment, env);
  /** @param {string} path @param {unknown} [body] */
  const told = async (path, body) => {
    const answer = await ask(deployment, path, {
      key,
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    if (answer.status === 200 || answer.status === 202) return answer.body;
    throw new Error(
      `${deployment.url}${path} answers ${answer.status}: ${answer.body?.detail ?? 'no reason'}.`,
    );
  };
  const places = async () => {
    const { placements } = await told('/api/placements');
    return placements.filter((placement) => placement.held.workloads > 0);
  };

  await told('/api/drain', { draining: true });
  say('The deployment drains: it admits no job.');
  let held = await places();
  if (cancel) {
    const { canceled } = await told('/api/jobs/cancel', { all: true });
    say(`${canceled.length} jobs are being canceled.`);
    await until(async () => ((held = await places()).length === 0 ? true : undefined), GONE_WITHIN_MS, env);
  }
  if (held.length > 0)
    throw new Error(
      cancel
        ? `Workloads are still there after ${GONE_WITHIN_MS / 60_000} minutes: ${inWords(held)}. "gpujobs list" and "gpujobs doctor" show more.`
        : `Workloads run: ${inWords(held)}. Wait until they are over ("gpujobs list"), or cancel them all: run azd down with GPU_JOBS_DOWN=cancel. To go on as before: gpujobs drain --off.`,
    );
  await swept(deployment, env);
  // A dispatcher that had begun before the drain may have placed one more job.
  held = await places();
  if (held.length > 0) throw new Error(`A job was placed meanwhile: ${inWords(held)}. Run azd down again.`);
  say('No workload is left, and a sweep saw every placement.');
}

/** @param {readonly { name: string, held: { workloads: number } }[]} placements */
function inWords(placements) {
  return placements.map(({ name, held }) => `${held.workloads} in ${name}`).join(', ');
}

/**
 * Waits for the end of one more good sweep: it lists every placement and removes what no job accounts for.
 *
 * @param {import('./deployment.mjs').Deployment} deployment
 * @param {NodeJS.ProcessEnv} env
 */
async function swept(deployment, env) {
  const before = (await ask(deployment, '/api/health')).body?.lastGoodSweep ?? null;
  const again = await until(
    async () => {
      const last = (await ask(deployment, '/api/health')).body?.lastGoodSweep ?? null;
      return last !== null && last !== before ? last : undefined;
    },
    SWEPT_WITHIN_MS,
    env,
  );
  if (again === undefined)
    throw new Error(
      `No sweep went well within ${SWEPT_WITHIN_MS / 60_000} minutes, so what stands in the placements is not known. "gpujobs doctor" tells which list fails.`,
    );
}
