// Whether a deployment could work by its settings: credentials, storage, placements, quotas, each looked at from here.
import { messageOf } from '../domain/errors';
import type { Placement } from '../domain/placement/placement';
import { quotaStanding, type QuotaUsage } from '../domain/placement/quota';
import { aciRetirement } from '../domain/spec/gpu';
import { identity } from './sdk';
import { createServices, type Services } from './services';
import { type Environment, isLoopback, readSettings, type Settings } from './settings';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly standing: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly todo?: string;
}

/** Where more of a Container Instances quota is asked for: a support request of type "Service and subscription limits (quotas)". */
export const QUOTA_REQUEST =
  'https://portal.azure.com/#blade/Microsoft_Azure_Support/HelpAndSupportBlade/newsupportrequest';

/** One look takes no longer, milliseconds. */
const WITHIN_MS = 30_000;
/** An owner of nothing: asking for the stored one would mint it in a new deployment. */
const NOBODY = 'doctor';
const HOST_SETTING = 'AzureWebJobsStorage';

/** Changes nothing. Ends after the settings where they can't be used: everything else rests on them. */
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
  yield await look(
    'storage',
    `Check ${HOST_SETTING}, and that this identity may read and write tables, blobs and queues there.`,
    async () => {
      const { draining } = await services.control.read();
      return ok('storage', draining ? 'answers; the deployment drains' : 'answers');
    },
  );
  for (const placement of placements) yield* placementChecks(services, placement);
}

/** An emulator on this machine asks for none. */
async function credentials({ armEndpoint }: Settings): Promise<Check> {
  if (isLoopback(armEndpoint))
    return ok('credentials', `none needed for the emulator at ${armEndpoint.origin}`);
  return look(
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

async function* placementChecks(services: Services, placement: Placement): AsyncGenerator<Check, void> {
  const { name, subscriptionId, resourceGroup, region } = placement;
  const backend = services.backendOf(name);
  yield await look(
    name,
    `Check that resource group ${resourceGroup} exists in subscription ${subscriptionId} and that this identity may read, create and delete container groups in it.`,
    async () => {
      await backend.list(NOBODY);
      return ok(name, `resource group ${resourceGroup} (${region}) can be read`);
    },
  );
  for (const { sku } of placement.offersRetiredGpus === true ? [] : placement.gpus) {
    const retired = aciRetirement(sku, services.clock.now());
    if (retired !== undefined)
      yield {
        name,
        standing: 'failed',
        detail: `offers ${sku}, which Azure Container Instances retired on ${retired}`,
        todo: 'Take it out of the placement; decision 0005 tells what a placement that still has it says.',
      };
  }
  yield await look(
    `${name} quota`,
    'Check that this identity may read usages of the region (Microsoft.ContainerInstance/locations/usages/read).',
    async () => quotaCheck(placement, await backend.usages()),
  );
}

/** Whether one workload of each offered kind would fit. */
function quotaCheck({ name, gpus, region }: Placement, usages: readonly QuotaUsage[]): Check {
  const wishes = [undefined, ...gpus.map(({ sku }) => ({ sku }))];
  const standings = wishes.map((gpu) => quotaStanding({ cpu: 1, gpu }, usages));
  const small = standings.find((standing) => standing.kind === 'too-small');
  const used = standings.find((standing) => standing.kind === 'in-use');
  const inWords = (quota: QuotaUsage): string =>
    `${quota.name} in ${region}: ${quota.used} of ${quota.limit} used`;
  const todo = `Ask for more: ${QUOTA_REQUEST} (Service and subscription limits, Container Instances, ${region}).`;
  if (small?.kind === 'too-small')
    return { name: `${name} quota`, standing: 'failed', detail: inWords(small.quota), todo };
  if (used?.kind === 'in-use')
    return { name: `${name} quota`, standing: 'warning', detail: `${inWords(used.quota)}; jobs wait`, todo };
  const known = usages
    .filter(({ limit }) => limit > 0)
    .map(({ name: quota, used: now, limit }) => `${quota} ${now} of ${limit}`);
  return ok(`${name} quota`, known.length === 0 ? 'the region names none' : known.join(', '));
}

async function look(name: string, todo: string, body: () => Promise<Check>): Promise<Check> {
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

function ok(name: string, detail: string): Check {
  return { name, standing: 'ok', detail };
}

function failed(name: string, error: unknown, todo: string): Check {
  return { name, standing: 'failed', detail: messageOf(error), todo };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
