// What Azure tells about pulls by identity: registries, identities, role assignments and roles, with faults by name.
import { z } from 'zod';

import { armErrorResponse, ArmFault } from '../../wire/arm-error';
import { type ArmHeaderPorts, withArmHeaders } from '../../wire/arm-headers';
import { matchRoute } from '../../wire/arm-route';
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import { type PullFault, pullFaultSchema, worldUnder } from './pull-fault';
import { PULL_ROUTES } from './pull-routes';
import type { PullWorld } from './pull-world';

export interface PullsPorts extends ArmHeaderPorts {
  readonly tenantId: string;
  readonly world: PullWorld;
}

export interface Pulls {
  /** Undefined of a request about anything else. */
  answer(request: WireRequest): WireResponse | undefined;
  /** Lets it hold, beside those that hold already. */
  inject(fault: PullFault): void;
}

const FAULTS = 'POST /emulator/pull-faults';

export function createPulls(ports: PullsPorts): Pulls {
  let faults: readonly PullFault[] = [];

  function inject(fault: PullFault): void {
    faults = fault.kind === 'mended' ? [] : [...faults, fault];
  }

  return {
    inject,
    answer: (request) => {
      const { method, url, body } = request;
      if (`${method} ${url.pathname}` === FAULTS) return injected(body, inject);
      const match = matchRoute(PULL_ROUTES, method, url.pathname);
      if (match === undefined) return undefined;
      const world = faults.reduce(worldUnder, ports.world);
      try {
        checkVersion(url);
        return withArmHeaders(ports, match.action({ ...ports, world, faults }, request, match));
      } catch (error) {
        if (error instanceof ArmFault) return withArmHeaders(ports, armErrorResponse(error));
        throw error;
      }
    },
  };
}

function injected(body: Buffer, inject: (fault: PullFault) => void): WireResponse {
  let read: unknown;
  try {
    read = JSON.parse(body.toString('utf8'));
  } catch {
    return json(400, { error: 'The body must be JSON, such as { "kind": "role-missing" }.' });
  }
  const fault = pullFaultSchema.safeParse(read);
  if (!fault.success) return json(400, { error: z.prettifyError(fault.error) });
  inject(fault.data);
  return { status: 204 };
}

/** Each provider has versions of its own, so any date will do. */
function checkVersion(url: URL): void {
  const version = url.searchParams.get('api-version') ?? '';
  if (/^\d{4}-\d\d-\d\d(?:-preview)?$/i.test(version)) return;
  throw new ArmFault(
    400,
    version === '' ? 'MissingApiVersionParameter' : 'InvalidApiVersionParameter',
    `The api-version query parameter is "${version}"; it must be a date such as 2025-11-01.`,
  );
}
