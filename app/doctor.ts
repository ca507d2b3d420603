// Whether a deployment could work by its settings: credentials, storage, placements, quotas, each looked at from here.
import { type Check, ok } from '../domain/backend/check';
import { messageOf } from '../domain/errors';
import { isLoopback } from '../domain/parse/loopback';
import { oursOf } from '../domain/placement/unaccounted';
import { gpuUsage, quotaScopes } from '../jobs/placement/gpu-usage';
import { identity } from './identity-sdk';
import { createServices, type Services } from './services';
import { type Environment, readSettings, type Settings } from './settings';
import { shareInspections } from './share-inspections';
import { usageCheck } from './usage-check';

/** The longest that one inspection may take, milliseconds. */
const WITHIN_MS = 30_000;
const HOST_SETTING = 'AzureWebJobsStorage';

/**
 * Looks only; shares apart it changes nothing (share-inspections.ts). Ends after the settings if they can't be used,
 * because everything else needs them.
 */
export async function* checkDeployment(env: Environment): AsyncGenerator<Check, void> {
  let settings: Settings;
  let services: Services;
  try {
    settings = readSettings(env);
    services = createServices(env);
  } catch (error) {
    yield failed(
      'settings',
      error,
      'See the table of settings in README.md; local.settings.example.json has a whole set.',
    );
    return;
  }
  const { placements, schedules } = settings;
  yield ok(
    'settings',
    `${counted(placements.length, 'placement')}, ${counted(schedules.length, 'schedule')}`,
  );
  yield await credentials(settings);
  yield await inspect(
    'storage',
    `Check ${HOST_SETTING}, and that this identity may read and write tables, blobs and queues there.`,
    async () => {
      const { draining } = await services.control.read();
      return ok('storage', draining ? 'answers; the deployment drains' : 'answers');
    },
  );
  const { keyVault } = settings;
  const vault = keyVault === undefined || isLoopback(keyVault) ? undefined : keyVault.hostname.split('.')[0];
  for (const placement of placements)
    for (const { name, todo, check } of [
      ...services.inspectionsOf(placement.name, settings.policy, services.clock.now()),
      ...(services.shares === undefined ? [] : shareInspections(placement, services.shares, vault)),
    ])
      yield await inspect(name, todo, check);
  for (const scope of quotaScopes(services)) yield* usageChecks(services, scope);
}

/** The platform's count of GPUs beside the places held, where it tells anything. */
async function* usageChecks(services: Services, scope: readonly string[]): AsyncGenerator<Check, void> {
  const { placements, factsOf, placementRows, clock } = services;
  if (
    placements.every(({ name, gpus }) => !scope.includes(name) || oursOf(gpus, factsOf(name)) === undefined)
  )
    return;
  const name = `${scope.join(', ')} GPUs in use`;
  const todo = 'Check that storage answers, and that this identity may read the usages of the placement.';
  yield await inspect(name, todo, async () => {
    const usage = await gpuUsage(services, placementRows, scope);
    return usage === undefined
      ? { name, standing: 'skipped', detail: 'the platform names no count of them', todo }
      : usageCheck(name, usage, usage.record.row.unaccounted, clock.now());
  });
}

/** An emulator on this machine asks for none. */
async function credentials({ armEndpoint }: Settings): Promise<Check> {
  if (isLoopback(armEndpoint))
    return ok('credentials', `none needed for the emulator at ${armEndpoint.origin}`);
  return inspect(
    'credentials',
    'Sign in ("az login"), or set AZURE_TENANT_ID, AZURE_CLIENT_ID and its secret; on Azure, give the app an identity.',
    async () => {
      const { expiresOnTimestamp } = await new (identity().DefaultAzureCredential)().getToken(
        `${armEndpoint.origin}/.default`,
      );
      return ok('credentials', `a token until ${new Date(expiresOnTimestamp).toISOString()}`);
    },
  );
}

async function inspect(name: string, todo: string, body: () => Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${WITHIN_MS / 1000} s`)), WITHIN_MS);
  });
  try {
    return await Promise.race([body(), limit]);
  } catch (error) {
    return failed(name, error, todo);
  } finally {
    clearTimeout(timer);
  }
}

function failed(name: string, error: unknown, todo: string): Check {
  return { name, standing: 'failed', detail: messageOf(error), todo };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
