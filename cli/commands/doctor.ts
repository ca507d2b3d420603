// gpujobs doctor: what is wrong with a deployment, and what to do; from its API, and from its settings where they are
// here.
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import type { PlacementView } from '../../api/placements';
import type { Check } from '../../domain/backend/check';
import { messageOf } from '../../domain/errors';
import { standingCostInWords } from '../../domain/money/standing-cost';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT, type ExitCode } from '../exit-codes';
import type { Host } from '../host';
import { loadApp } from '../load-app';
import { tellError } from '../tell-error';

export interface DoctorFlags {
  readonly settings?: string;
}

/** The settings that say that this shell has a deployment's. */
const TELLING_SETTINGS = ['GPU_JOBS_PLACEMENTS', 'AzureWebJobsStorage', 'AzureWebJobsStorage__accountName'];

/** Reads Reads `local.settings.json`, or a plain object of settings. */
const settingsFile = z.union([
  z.looseObject({ Values: z.record(z.string(), z.coerce.string()) }).transform(({ Values }) => Values),
  z.record(z.string(), z.coerce.string()),
]);

export async function doctor(cli: Cli, { settings }: DoctorFlags): Promise<ExitCode> {
  const env = settings === undefined ? cli.host.env : { ...(await fromFile(settings)), ...cli.host.env };
  const checks: Check[] = [];
  const tell = (check: Check): void => {
    checks.push(check);
    if (!cli.json) for (const line of checkLines(cli, check)) cli.out(line);
  };
  for await (const check of apiChecks(cli)) tell(check);
  if (settings !== undefined || hasSettings(env)) {
    for await (const check of loadApp.doctor().checkDeployment(env)) tell(check);
  } else
    tell({
      name: 'settings',
      standing: 'skipped',
      detail: 'the settings of the deployment are not here',
      todo: 'To check credentials, storage and quotas as well: run it where they are set, or with --settings local.settings.json.',
    });
  if (cli.json) cli.printJson({ checks });
  return checks.some(({ standing }) => standing === 'failed') ? EXIT.findings : EXIT.ok;
}

async function* apiChecks(cli: Cli): AsyncGenerator<Check, void> {
  const { url, from } = await cli.target();
  const client = await cli.client();
  try {
    const { well, status, ...health } = await client.deployment.health();
    const age = 'lastGoodSweepAgeSeconds' in health ? health.lastGoodSweepAgeSeconds : null;
    const swept = age === null ? 'never swept' : `swept ${age} s ago`;
    yield well
      ? { name: 'API', standing: 'ok', detail: `${url} (${from}) answers; ${swept}` }
      : {
          name: 'API',
          standing: 'failed',
          detail: `${url} answers: ${status}${'detail' in health ? `, ${health.detail}` : `, ${swept}`}`,
          todo: 'The minute tick sweeps: look whether the timer "tick" runs and what it logs. A deployment that has just started needs a minute.',
        };
    const { jobs } = await client.jobs.list({ limit: 1 });
    yield { name: 'key', standing: 'ok', detail: jobs.length === 0 ? 'accepted; no jobs yet' : 'accepted' };
    const draining = 'draining' in health && health.draining;
    for (const placement of await client.deployment.placements()) {
      yield placementCheck(placement, draining);
      yield* standingChecks(placement);
      yield* unaccountedChecks(placement);
    }
  } catch (error) {
    const [detail = '', ...todo] = tellError(error).lines;
    yield {
      name: 'API',
      standing: 'failed',
      detail,
      ...(todo.length === 0 ? {} : { todo: todo.join(' ').trim() }),
    };
  }
}

/** Whether jobs are taken there now, as far as the API tells. */
export function placementCheck(placement: PlacementView, draining: boolean): Check {
  const { health: standing, detail = '', gpus, refuses } = placement;
  const name = `${placement.name} (API)`;
  const todo = '"gpujobs placements" shows more.';
  if (standing !== 'ok') return { name, standing: 'failed', detail: `${standing}: ${detail}`, todo };
  const isRefused = (sku: string, count: number): boolean =>
    refuses.some(({ gpu }) => gpu?.sku === sku && gpu.counts.includes(count));
  const offered = gpus.flatMap(({ sku, counts }) => counts.map((count) => isRefused(sku, count)));
  const refused = refuses.filter(({ gpu }) => gpus.some(({ sku }) => sku === gpu?.sku));
  const whats = refused.map(({ what, why }) => `${what} (${why})`).join('; ');
  if (offered.length > 0 && offered.every((isOne) => isOne))
    return { name, standing: 'failed', detail: `takes no job with a GPU: refuses ${whats}`, todo };
  if (draining)
    return {
      name,
      standing: 'warning',
      detail: 'starts nothing: the deployment drains, jobs wait',
      todo: '"gpujobs drain --off" ends that.',
    };
  return refused.length === 0
    ? { name, standing: 'ok', detail: 'takes jobs' }
    : { name, standing: 'warning', detail: `takes jobs, but refuses ${whats}`, todo };
}

/** What costs there without a job, each a warning. */
export function standingChecks({ name, standing = [] }: PlacementView): Check[] {
  return standing.map((cost) => ({
    name: `${name} standing cost (API)`,
    standing: 'warning',
    detail: standingCostInWords(cost),
    todo: cost.todo,
  }));
}

/** What runs there that no attempt knows of, as far as the platform's usages tell. */
export function unaccountedChecks({ name, unaccounted }: PlacementView): Check[] {
  if (unaccounted === undefined) return [];
  const { gpus, since, todo } = unaccounted;
  const detail = `${gpus} in use beyond the places held, since ${since}: something may run that no job knows of`;
  return [{ name: `${name} GPUs in use (API)`, standing: 'warning', detail, todo }];
}

function checkLines({ paint }: Cli, { name, standing, detail, todo }: Check): string[] {
  const mark = {
    ok: paint.green('ok     '),
    warning: paint.yellow('warning'),
    failed: paint.red('FAILED '),
    skipped: paint.dim('skipped'),
  }[standing];
  return [`${mark}  ${name}: ${detail}`, ...(todo === undefined ? [] : [`         ${todo}`])];
}

function hasSettings(env: Host['env']): boolean {
  return TELLING_SETTINGS.some((name) => (env[name] ?? '') !== '');
}

async function fromFile(path: string): Promise<Record<string, string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CliError(`"${path}" can't be read: ${messageOf(error)}`, EXIT.notFound, { cause: error });
  }
  try {
    return settingsFile.parse(JSON.parse(text));
  } catch (error) {
    throw new CliError(`"${path}" holds no settings: ${messageOf(error)}`, EXIT.config, { cause: error });
  }
}
