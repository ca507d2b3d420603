// Answers about the stand-in itself, beside its API: its ledger, its health, and faults on demand.
import { z } from 'zod';

import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import type { ContainerAppsContext } from '../context';
import { faultSchema } from './fault';
import { inject } from './inject';

/** The routes below `/emulator/`. */
export function answerControl(context: ContainerAppsContext, request: WireRequest): WireResponse {
  const { method, url } = request;
  const route = `${method} ${url.pathname}`;
  switch (route) {
    case 'GET /emulator/health':
      return json(200, { jobs: context.jobs.all().length });
    case 'GET /emulator/ledger':
      return json(200, context.ledger.read());
    case 'GET /emulator/ledger/printed':
      return printed(context, url.searchParams);
    case 'POST /emulator/faults':
      return injected(context, request);
    default:
      return json(404, {
        error: `${route} is none of GET /emulator/health, /emulator/ledger, /emulator/ledger/printed, POST /emulator/faults.`,
      });
  }
}

function printed({ ledger }: ContainerAppsContext, query: URLSearchParams): WireResponse {
  const [job, execution] = [query.get('job'), query.get('execution')];
  const of = execution !== null ? { execution } : job !== null ? { job } : undefined;
  if (!of) return json(400, { error: 'Name whose: /emulator/ledger/printed?job=NAME or ?execution=NAME.' });
  const bytes = ledger.printed(of);
  if (!bytes) return json(410, { error: 'What it printed was dropped for room; the ledger has its hash.' });
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
}

function injected(context: ContainerAppsContext, request: WireRequest): WireResponse {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString('utf8'));
  } catch {
    return json(400, { error: 'The body must be JSON, such as { "kind": "lost-answer", "of": "start" }.' });
  }
  const fault = faultSchema.safeParse(body);
  if (!fault.success) return json(400, { error: z.prettifyError(fault.error) });
  const refusal = inject(context, fault.data);
  return refusal === undefined ? { status: 204 } : json(409, { error: refusal });
}
