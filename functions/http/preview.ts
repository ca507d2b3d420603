// POST /api/preview: what would become of a document: its spec, where it could run, at what price. Makes no job.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { OutlookView, Previewed } from '../../api/previews';
import type { Services } from '../../app/services';
import { membersOf } from '../../domain/group/array';
import { shownSpec } from '../../domain/spec/shown-spec';
import { type NamedOutlook, preview } from '../../jobs/job/preview';
import { ok } from '../answers/problem';
import { refusedSpec } from '../answers/read-document';
import { readSubmission } from '../answers/read-submission';
import { withLog } from '../context';

export function registerPreview(services: Services): void {
  app.http('preview', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'preview',
    handler: (request, context) => previewDocument(services, request, context),
  });
}

async function previewDocument(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const read = await readSubmission(services, request);
  if (!read.ok) return read.problem;
  const { spec, notes } = read.document;
  const seen = await preview(withLog(services, context), spec, services.policy);
  if (seen.kind === 'forbidden') return refusedSpec(seen.problems, read.document);
  const chosen = seen.outlooks.find((outlook) => outlook.kind === 'takes' && outlook.waits === undefined);
  return ok({
    spec: shownSpec(spec),
    notes: [...notes],
    ...(spec.idempotencyKey === undefined ? {} : { idempotencyKey: spec.idempotencyKey }),
    members: spec.array === undefined ? 1 : membersOf(spec.array).length,
    placements: seen.outlooks.map(outlookView),
    ...(chosen === undefined ? {} : { chosen: chosen.placement }),
  } satisfies Previewed);
}

function outlookView(outlook: NamedOutlook): OutlookView {
  const { placement } = outlook;
  if (outlook.kind === 'refuses') return { placement, takes: false, why: outlook.why };
  const { gpu, resources, estimate, waits } = outlook;
  return {
    placement,
    takes: true,
    ...(waits === undefined ? {} : { why: waits }),
    ...(gpu === undefined ? {} : { gpu }),
    resources,
    ...(estimate === undefined ? {} : { estimate: { ...estimate, prices: [...estimate.prices] } }),
  };
}
