// What the hooks know of the deployment: azd's environment, the app's answers, and the key to ask it with. Needs Node
// and azd alone, so that one script serves every shell.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One request; longer than the app's own limit of a call to its storage. */
const ANSWER_WITHIN_MS = 30_000;
const PAUSE_MS = 5_000;
const WEB_API_VERSION = '2024-11-01';

/**
 * @typedef {{ name: string, url: string, subscriptionId: string, resourceGroup: string, app: string }} Deployment
 * @typedef {{ status: number, body: any }} Answer
 */

/**
 * Outputs of main.bicep and azd's own values, as azd gives them to a hook.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Deployment}
 * @throws {Error} naming what is not set.
 */
export function deploymentFrom(env) {
  const wanted = [
    'AZURE_ENV_NAME',
    'AZURE_SUBSCRIPTION_ID',
    'AZURE_RESOURCE_GROUP',
    'SERVICE_API_NAME',
    'GPUJOBS_URL',
  ];
  const missing = wanted.filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0)
    throw new Error(
      `azd's environment lacks ${missing.join(', ')}: was it provisioned? "azd provision" sets them.`,
    );
  const [name, subscriptionId, resourceGroup, app, url] = wanted.map((variable) => env[variable] ?? '');
  return { name, subscriptionId, resourceGroup, app, url: url.replace(/\/$/, '') };
}

/**
 * One request to the app.
 *
 * @param {Deployment} deployment
 * @param {string} path
 * @param {{ method?: string, key?: string, body?: unknown }} [how]
 * @returns {Promise<Answer>} of any status; the body as JSON, else undefined.
 * @throws {Error} when no answer comes.
 */
export async function ask({ url }, path, { method = 'GET', key, body } = {}) {
  return answerOf(`${url}${path}`, {
    method,
    headers: {
      ...(key === undefined ? {} : { 'x-functions-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/**
 * The app's own function key, which Azure Resource Manager tells whoever may change the app.
 *
 * @param {Deployment} deployment
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>}
 */
export async function keyOf({ subscriptionId, resourceGroup, app }, env) {
  const manager = (env.GPU_JOBS_ARM_ENDPOINT ?? 'https://management.azure.com').replace(/\/$/, '');
  const { token } = JSON.parse(await azd('auth', 'token', '--output', 'json'));
  const site = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/sites/${app}`;
  const { status, body } = await answerOf(
    `${manager}${site}/host/default/listkeys?api-version=${WEB_API_VERSION}`,
    { method: 'POST', headers: { authorization: `Bearer ${token}` } },
  );
  const key = body?.functionKeys?.default;
  if (status === 200 && typeof key === 'string') return key;
  throw new Error(
    `Azure told no key of ${app}: status ${status}${body?.error?.message === undefined ? '' : `, ${body.error.message}`}. It takes the right Microsoft.Web/sites/host/listkeys/action on ${app}, which Contributor has.`,
  );
}

/**
 * @param {string[]} words
 * @throws {Error} with azd's own words.
 */
export async function azd(...words) {
  try {
    return (await run('azd', words)).stdout;
  } catch (error) {
    const told = /** @type {{ stderr?: string }} */ (error).stderr ?? '';
    throw new Error(`azd ${words.join(' ')} fails: ${messageIn(told) ?? String(error)}`, { cause: error });
  }
}

/**
 * With `--output json` azd tells errors as JSON, too.
 *
 * @param {string} text
 */
function messageIn(text) {
  try {
    return JSON.parse(text).data.message.trim();
  } catch {
    return text.trim() === '' ? undefined : text.trim();
  }
}

/**
 * Asks every five seconds. Tests run it faster, by GPU_JOBS_HOOK_SPEED.
 *
 * @template T
 * @param {() => Promise<T | undefined>} look undefined: not yet.
 * @param {number} withinMs
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<T | undefined>} undefined: not within the time.
 */
export async function until(look, withinMs, env) {
  const speed = Number(env.GPU_JOBS_HOOK_SPEED ?? 1);
  for (let waited = 0; ; waited += PAUSE_MS) {
    const found = await look();
    if (found !== undefined || waited >= withinMs) return found;
    await sleep(PAUSE_MS / speed);
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs a hook: what it throws is told in one line, and ends azd's command.
 *
 * @param {() => Promise<void>} hook
 */
export function main(hook) {
  hook().catch((/** @type {unknown} */ error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}

/**
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<Answer>}
 */
async function answerOf(url, init) {
  let response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(
      `${new URL(url).origin} does not answer: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause: error,
      },
    );
  }
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: undefined };
  }
}
