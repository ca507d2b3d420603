// Says where the deployment is, how to get a key to it, and what to do first.
import { deploymentFrom, main, say } from './deployment.mjs';

main(() => {
  const { env } = process;
  const { name, url } = deploymentFrom(env);
  const hasWatchdog = (env.GPU_JOBS_WATCHDOG_IMAGE ?? '') !== '' && (env.GPU_JOBS_OWNER_ID ?? '') !== '';
  const settings = `.azure/${name}/settings.json`;
  const gpujobs = 'node dist/cli/main.js';
  const lines = [
    '',
    `The runner is at ${url}.`,
    `${url}/api/health asks for no key. Everything else does: "node infra/hooks/key.mjs" prints one, for which you`,
    'need the right to change the app. Keep it as a secret: whoever has it submits and cancels jobs.',
    '',
    'First:',
    `  node infra/hooks/key.mjs | ${gpujobs} profile add ${name} --url ${url} --key -`,
    `  azd env get-values --output json > ${settings} && ${gpujobs} doctor --settings ${settings}`,
    `  ${gpujobs} submit --image nvcr.io/nvidia/k8s/cuda-sample:vectoradd-cuda12.5.0-ubuntu22.04 --gpu 1 --follow`,
    '',
    hasWatchdog
      ? 'The watchdog removes what has expired, should the app be gone.'
      : 'There is no watchdog: should the app be gone, nothing removes what it left. infra/README.md has its commands.',
    'Before "azd down" ends the deployment, its hook looks whether jobs run, and stops there if they do.',
  ];
  for (const line of lines) say(line);
  return Promise.resolve();
});
