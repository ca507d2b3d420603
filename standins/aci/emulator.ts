// The emulator of Azure Container Instances: a handler of ARM requests over its own groups.
import { createHash } from 'node:crypto';

import { z } from 'zod';

import { armErrorResponse, ArmFault } from '../wire/arm-error';
import { withArmHeaders } from '../wire/arm-headers';
import { type Match, matchRoute } from '../wire/arm-route';
import { createAsyncOperations } from '../wire/async-operation';
import { type Handler, json, type WireRequest, type WireResponse } from '../wire/handler';
import { checkApiVersion } from './api-version';
import type { AciContext, AciPorts, Action } from './context';
import { createOrUpdate } from './groups/create-group';
import { createGroupStore, type GroupPlace, sameName } from './groups/group-store';
import { deleteGroup } from './groups/groups-api';
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
  /** Every group, including those being deleted: its ARM id and its place. */
  places(): readonly (GroupPlace & { readonly id: string })[];
  /** Ends every program at once. Nothing happens afterwards. */
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
    handle: (request) =>
      request.url.pathname.startsWith('/emulator/')
        ? answerAboutItself(context, request)
        : answerArm(context, request),
    ledger: () => ledger.read(),
    printed: (group, container) => ledger.printed(group, container),
    groupCount: () => context.groups.all().length,
    places: () => context.groups.all().map(({ id, place }) => ({ id, ...place })),
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
  const match = matchRoute(ROUTES, request.method, request.url.pathname);
  // The place is found before the action runs, because a delete may leave nothing to find.
  const place = match && placeOf(context, match);
  const response = answer(context, request, match);
  context.ledger.request(request.method);
  if (match && place) record(context, request, match.action, place, response.status);
  return response;
}

function answer(context: AciContext, request: WireRequest, match: Match<Action> | undefined): WireResponse {
  let limits: Readonly<Record<string, string>> = {};
  try {
    if (!match) throw notARoute(request);
    checkApiVersion(request.url, locationOf(context, request, match));
    limits = context.throttling.request(request.method, match.param('subscription').toLowerCase());
    checkResourceGroup(context, match);
    return withArmHeaders(context, match.action(context, request, match), limits);
  } catch (error) {
    if (!(error instanceof ArmFault)) throw error;
    return withArmHeaders(context, armErrorResponse(error), limits);
  }
}

/**
 * Records the request by the route that answered it, not by its address: ARM reads doubled slashes and any case as the
 * same request.
 */
function record(
  { ledger, clock }: AciContext,
  request: WireRequest,
  action: Action,
  { resourceGroup, name: group }: GroupPlace,
  status: number,
): void {
  const at = clock.now();
  if (action === createOrUpdate) {
    const bodySha256 = createHash('sha256').update(request.body).digest('hex');
    ledger.put({ at, resourceGroup, group, bodySha256, status });
  } else if (action === deleteGroup) {
    ledger.deleted({ at, resourceGroup, group, status });
  }
}

/** The group that a request names, spelled as its first create spelled it. */
function placeOf({ groups }: AciContext, { params }: Match<Action>): GroupPlace | undefined {
  const [subscription, resourceGroup, name] = ['subscription', 'resourceGroup', 'name'].map((part) =>
    params.get(part),
  );
  if (subscription === undefined || resourceGroup === undefined || name === undefined) return undefined;
  const place = { subscription, resourceGroup, name };
  return groups.get(place)?.place ?? place;
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

/** The region of the group that a request names, or in which a create puts it. */
function locationOf(context: AciContext, request: WireRequest, match: Match<Action>): string | undefined {
  const place = placeOf(context, match);
  const group = place && context.groups.get(place);
  if (group) return group.definition.location;
  return match.action === createOrUpdate ? locationIn(request.body) : undefined;
}

const located = z.object({ location: z.string() });

/** The location in a body. A body that can't be read has none; its own fault comes later. */
function locationIn(body: Buffer): string | undefined {
  try {
    return located.safeParse(JSON.parse(body.toString('utf8'))).data?.location;
  } catch {
    return undefined;
  }
}

function checkResourceGroup(context: AciContext, { params }: Match<Action>): void {
  const named = params.get('resourceGroup');
  if (named === undefined) return;
  const { resourceGroups: existing } = context.settings;
  const exists = context.resourceGroupExists
    ? context.resourceGroupExists(params.get('subscription') ?? '', named)
    : (existing?.some((name) => sameName(name, named)) ?? true);
  if (exists) return;
  throw new ArmFault(404, 'ResourceGroupNotFound', `Resource group '${named}' could not be found.`);
}

function notARoute({ method, url }: WireRequest): ArmFault {
  const what = `${method} ${url.pathname}`;
  return url.pathname.toLowerCase().includes(`/providers/${PROVIDER.toLowerCase()}`)
    ? new ArmFault(
        501,
        'NotEmulated',
        `The local emulator of Azure Container Instances doesn't emulate ${what}; standins/README.md lists what it does.`,
      )
    : new ArmFault(
        404,
        'NotFound',
        `${what} is no request of ${PROVIDER}, which is all that this emulator answers.`,
      );
}
