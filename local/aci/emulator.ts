// The emulator of Azure Container Instances: a handler of ARM requests over its own groups.
import { createHash } from 'node:crypto';

import { armErrorResponse, ArmFault } from '../wire/arm-error';
import { withArmHeaders } from '../wire/arm-headers';
import { matchRoute } from '../wire/arm-route';
import { createAsyncOperations } from '../wire/async-operation';
import { type Handler, json, type WireRequest, type WireResponse } from '../wire/handler';
import { checkApiVersion } from './api-version';
import type { AciContext, AciPorts } from './context';
import { createGroupStore } from './group-store';
import { createLedger, type Ledger } from './ledger';
import { PROVIDER, ROUTES } from './routes';
import { createThrottling } from './throttling';

export interface AciEmulator {
  readonly handle: Handler;
  ledger(): Ledger;
  /** All that the programs of groups of this name printed, whether they still exist or not. */
  printed(group: string, container?: string): Buffer | undefined;
  /** How many groups exist, those being deleted included. */
  groupCount(): number;
  /** Ends every program at once and lets nothing more happen. */
  close(): Promise<void>;
}

export function createAciEmulator(ports: AciPorts): AciEmulator {
  const ledger = createLedger(ports.settings.keptOutputBytes);
  const context: AciContext = {
    ...ports,
    ledger,
    groups: createGroupStore(),
    operations: createAsyncOperations(),
    throttling: createThrottling(ports.clock, ports.settings),
  };
  return {
    handle: (request) => {
      if (request.url.pathname.startsWith('/emulator/')) return answerAboutItself(context, request);
      const response = answerArm(context, request);
      record(context, request, response.status);
      return response;
    },
    ledger: () => ledger.read(),
    printed: (group, container) => ledger.printed(group, container),
    groupCount: () => context.groups.all().length,
    close: async () => {
      for (const group of context.groups.all()) {
        group.deletion?.cancel();
        group.runner.end(() => undefined);
      }
      await ports.runtime.close();
    },
  };
}

function answerArm(context: AciContext, request: WireRequest): WireResponse {
  let limits: Readonly<Record<string, string>> = {};
  try {
    const { pathname } = request.url;
    const match = matchRoute(ROUTES, request.method, pathname);
    if (!match) throw notARoute(request);
    checkApiVersion(request.url);
    limits = context.throttling.request(request.method, subscriptionOf(pathname));
    checkResourceGroup(context, pathname);
    return withArmHeaders(context, match.action(context, request, match), limits);
  } catch (error) {
    if (!(error instanceof ArmFault)) throw error;
    return withArmHeaders(context, armErrorResponse(error), limits);
  }
}

function record({ ledger, clock }: AciContext, request: WireRequest, status: number): void {
  const at = clock.now();
  ledger.request(request.method);
  const place =
    /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerInstance\/containerGroups\/([^/]+)$/i.exec(
      request.url.pathname,
    );
  if (!place) return;
  const [, resourceGroup = '', group = ''] = place;
  if (request.method === 'PUT') {
    const bodySha256 = createHash('sha256').update(request.body).digest('hex');
    ledger.put({ at, resourceGroup, group, bodySha256, status });
  } else if (request.method === 'DELETE') {
    ledger.deleted({ at, resourceGroup, group, status });
  }
}

function answerAboutItself({ ledger, groups }: AciContext, { method, url }: WireRequest): WireResponse {
  if (method === 'GET' && url.pathname === '/emulator/ledger') return json(200, ledger.read());
  if (method === 'GET' && url.pathname === '/emulator/health')
    return json(200, { groups: groups.all().length });
  if (method === 'GET' && url.pathname === '/emulator/ledger/printed') {
    const group = url.searchParams.get('group');
    if (group === null)
      return json(400, { error: 'Name the group: /emulator/ledger/printed?group=NAME[&container=NAME].' });
    const printed = ledger.printed(group, url.searchParams.get('container') ?? undefined);
    if (!printed)
      return json(410, {
        error: `What group ${group} printed was dropped for room; the ledger has its hash.`,
      });
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: printed };
  }
  return json(404, {
    error: `${method} ${url.pathname} is none of GET /emulator/ledger, /emulator/ledger/printed, /emulator/health.`,
  });
}

function subscriptionOf(pathname: string): string {
  return /^\/subscriptions\/([^/]+)/i.exec(pathname)?.[1]?.toLowerCase() ?? '';
}

function checkResourceGroup({ settings }: AciContext, pathname: string): void {
  const named = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(pathname)?.[1];
  const existing = settings.resourceGroups;
  if (named === undefined || !existing) return;
  if (existing.some((name) => name.toLowerCase() === decodeURIComponent(named).toLowerCase())) return;
  throw new ArmFault(404, 'ResourceGroupNotFound', `Resource group '${named}' could not be found.`);
}

function notARoute({ method, url }: WireRequest): ArmFault {
  const what = `${method} ${url.pathname}`;
  return url.pathname.toLowerCase().includes(`/providers/${PROVIDER.toLowerCase()}`)
    ? new ArmFault(
        501,
        'NotEmulated',
        `The local emulator of Azure Container Instances doesn't emulate ${what}; local/README.md lists what it does.`,
      )
    : new ArmFault(
        404,
        'NotFound',
        `${what} is no request of ${PROVIDER}, which is all that this emulator answers.`,
      );
}
