// Waits until the deployed app answers, and tells azd the owner id that the app made at its first start: by it the next
// `azd provision` makes the watchdog, where its image is named.
import { ask, azd, deploymentFrom, main, say, until } from './deployment.mjs';

/** A new role may take ten minutes until storage knows it; without it the app can't say who it is. */
const FIRST_ANSWER_WITHIN_MS = 10 * 60_000;

main(async () => {
  const { env } = process;
  const deployment = deploymentFrom(env);
  let last = 'nothing was answered';
  const owner = await until(
    async () => {
      try {
        const { status, body } = await ask(deployment, '/api/health');
        if (typeof body?.owner === 'string') return body.owner;
        last = `status ${status}${body?.detail === undefined ? '' : `, ${body.detail}`}`;
      } catch (error) {
        last = String(error);
      }
      return undefined;
    },
    FIRST_ANSWER_WITHIN_MS,
    env,
  );
  if (owner === undefined)
    throw new Error(
      `${deployment.url}/api/health tells no owner id: ${last}. The code is deployed; look at the app's log stream in the portal, then run "azd deploy" again.`,
    );
  say(`${deployment.url} answers; its owner id is ${owner}.`);
  if ((env.GPU_JOBS_WATCHDOG_IMAGE ?? '') === '' || env.GPU_JOBS_OWNER_ID === owner) return;
  await azd('env', 'set', 'GPU_JOBS_OWNER_ID', owner);
  say('azd knows it now: "azd provision" makes the watchdog, and "azd up" does so next.');
});
