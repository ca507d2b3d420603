// Answers about the stand-in itself, beside the API: its ledger, its health, and faults on demand.
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import type { LedgerBook } from '../ledger';
import { RESOURCES } from '../resources/resources';
import { type Fault, faultSchema } from './fault';
import type { FaultTargets } from './inject';
import { inject } from './inject';

/** The routes below `/emulator/`. */
export function answerControl(targets: FaultTargets, ledger: LedgerBook, request: WireRequest): WireResponse {
  const { method, url } = request;
  const route = `${method} ${url.pathname}`;
  switch (route) {
    case 'GET /emulator/health': {
      const objects = RESOURCES.map(({ name }) => targets.context.store.list(name).items.length);
      return json(200, { objects: objects.reduce((sum, count) => sum + count, 0) });
    }
    case 'GET /emulator/ledger':
      return json(200, ledger.read());
    case 'GET /emulator/ledger/printed':
      return printed(ledger, url.searchParams);
    case 'POST /emulator/faults':
      return injected(targets, request);
    default:
      return json(404, {
        error: `${route} is none of GET /emulator/health, /emulator/ledger, /emulator/ledger/printed, POST /emulator/faults.`,
      });
  }
}

function printed(ledger: LedgerBook, query: URLSearchParams): WireResponse {
  const pod = query.get('pod');
  const job = query.get('job');
  if (pod === null && job === null)
    return json(400, { error: 'Name the pod or the Job: /emulator/ledger/printed?job=NAME or ?pod=NAME.' });
  const bytes = ledger.printed(pod === null ? { job: job ?? '' } : { pod });
  if (!bytes)
    return json(410, { error: `What ${pod ?? job} printed was dropped for room; the ledger has its hash.` });
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
}

function injected(targets: FaultTargets, { body }: WireRequest): WireResponse {
  let fault: Fault;
  try {
    const read = faultSchema.safeParse(JSON.parse(body.toString('utf8')));
    if (!read.success)
      return json(400, {
        error: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
      });
    fault = read.data;
  } catch {
    return json(400, { error: 'The body is no JSON; an example: {"kind":"api-down","forMs":30000}.' });
  }
  const why = inject(targets, fault);
  return why === undefined ? json(200, { injected: fault }) : json(404, { error: why });
}
