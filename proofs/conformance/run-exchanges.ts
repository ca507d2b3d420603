// Plays the recorded requests to the management API and compares the answers.
import type { DurableInvoker } from '../../standins/durable/worker/invoker';
import type { AppTime } from './app-time';
import type { Exchange } from './case-file';
import { differences } from './compare';
import { PREPARATION } from './exchange-preparation';
import { createNormaliser } from './normalise';
import { perform } from './perform';
import { relabel } from './relabel';
import type { Report } from './report';
import { bodyOf, createStage, HUB, KEY, ORIGIN, type Stage } from './stage';

/** Virtual milliseconds after each request in which everything comes to rest, as it did when the list was recorded. */
const REST_MS = 5_000;

/** Plays the requests in order on one engine, because later ones depend on earlier ones. */
export async function runExchanges(
  exchanges: readonly Exchange[],
  app: DurableInvoker,
  appTime: AppTime,
  report: Report,
): Promise<void> {
  const stage = await createStage(app, appTime);
  try {
    await perform(stage, PREPARATION.atFirst);
    await stage.pass(REST_MS);
    for (const exchange of exchanges) {
      const { group, state, request } = exchange;
      await perform(stage, PREPARATION.justBefore[`${request.method} ${request.path}`] ?? []);
      await report.add(`${group}: ${state}`, undefined, () => runExchange(stage, exchange));
      await stage.pass(REST_MS);
    }
  } finally {
    await stage.stop();
  }
}

async function runExchange(stage: Stage, { request, response }: Exchange): Promise<string[]> {
  const failedBefore = stage.engine.store.rows().filter((row) => row.status === 'Failed').length;
  const answer = await stage.call({
    method: request.method,
    path: expand(request.path.replace(/^\(absolute\) /, '')),
    headers: {
      ...request.headers,
      ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
    },
    body: request.body === undefined ? undefined : expand(request.body),
  });
  const normalise = createNormaliser({ origin: ORIGIN, hub: HUB, key: KEY });
  const ours = normalise({
    status: answer.status,
    headers: answer.headers ?? {},
    body: inFormOf(response.body, bodyOf(answer)),
  });
  return differences(relabel(withPlaceholders(response, failedBefore)), relabel(ours));
}

/** Expands the list's shorthand: `<a x 257>` stands for that many letters, `<key>` for the code. */
function expand(text: string): string {
  return text
    .replace(/<(.) x (\d+)>/g, (_, character: string, count: string) => character.repeat(Number(count)))
    .replaceAll('<key>', KEY);
}

/** Puts two placeholders of the list in place of what depends on the run. */
function withPlaceholders(response: unknown, failedBefore: number): unknown {
  const text = JSON.stringify(response)
    .replaceAll('<new id>', '<exec1>')
    .replace('"<number of Failed instances>"', String(failedBefore));
  return JSON.parse(text) as unknown;
}

/**
 * Cuts our answer to the form of the recorded one. Some lists were recorded as their length, the instances with their
 * status, and the first entry.
 */
function inFormOf(recorded: unknown, body: unknown): unknown {
  const isSummary = typeof recorded === 'object' && recorded !== null && 'instances' in recorded;
  if (!isSummary || !Array.isArray(body)) return body;
  const rows = body as readonly { readonly instanceId: string; readonly runtimeStatus: string }[];
  return {
    count: rows.length,
    instances: rows.map(({ instanceId, runtimeStatus }) => `${instanceId}: ${runtimeStatus}`),
    ...('first' in recorded ? { first: rows[0] } : {}),
  };
}
