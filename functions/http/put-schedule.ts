// PUT and DELETE /api/schedules/{name}: schedules of the API's own.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { schedulePathSchema, scheduleWriteSchema } from '../../api/schedules';
import type { Services } from '../../app/services';
import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import { type ScheduleDefinition, scheduleDefinitionSchema } from '../../domain/schedule/schedule';
import { timingProblem } from '../../domain/schedule/schedule-fires';
import { problemsOf, type SpecProblem } from '../../domain/spec/job-spec';
import { type Condition, putSchedule, removeSchedule } from '../../jobs/schedule/change-schedule';
import { scheduledSpec } from '../../jobs/schedule/scheduled-spec';
import { fieldErrors, problem } from '../answers/problem';
import { readJson } from '../answers/read-json';
import { NO_PARAMETERS } from '../answers/read-query';
import { changedAnswer, refusedChange } from '../answers/schedule-answers';
import { withQuery } from '../answers/with-query';
import { withSchedule } from '../answers/with-schedule';

/** A row's column holds 32 Ki characters (row-column.ts). The rest of it is for what the schedule has done. */
const MAX_SPEC_CHARACTERS = 28_000;
const DAY_ONE = Date.UTC(1970, 0, 1);

export function registerPutSchedule(services: Services): void {
  app.http('putSchedule', {
    methods: ['PUT'],
    authLevel: 'function',
    route: 'schedules/{name}',
    handler: withQuery(NO_PARAMETERS, (request) => put(services, request)),
  });
  app.http('deleteSchedule', {
    methods: ['DELETE'],
    authLevel: 'function',
    route: 'schedules/{name}',
    handler: withSchedule((request, _context, name) => remove(services, request, name)),
  });
}

async function put(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const name = request.params['name'] ?? '';
  const path = parseUntrusted(schedulePathSchema, request.params);
  if (!path.success)
    return invalid(problemsOf(path.error).map(({ message }) => ({ parameter: 'name', detail: message })));
  const condition = conditionOf(request);
  if ('detail' in condition) return invalid([condition]);
  const json = await readJson(request);
  if (!json.ok) return json.problem;
  const read = definitionOf(services, json.value);
  if (!read.ok) return invalid(fieldErrors(read.problems));
  const changed = await putSchedule(services, name, read.definition, read.paused, condition);
  return changedAnswer(name, changed, services.clock.now());
}

async function remove(services: Services, request: HttpRequest, name: string): Promise<HttpResponseInit> {
  const ifMatch = request.headers.get('if-match') ?? undefined;
  const removed = await removeSchedule(services, name, { ifMatch });
  return removed.kind === 'removed' ? { status: 204 } : refusedChange(name, removed);
}

type ReadDefinition =
  | { readonly ok: true; readonly definition: ScheduleDefinition; readonly paused: boolean | undefined }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

/** Everything that is wrong with it, at once. */
function definitionOf(services: Services, body: unknown): ReadDefinition {
  const parsed = parseUntrusted(scheduleWriteSchema, body);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };
  const { paused, ...rest } = parsed.data;
  const problems = [...timingProblems(rest), ...specProblems(services, rest.spec)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, definition: scheduleDefinitionSchema.parse(rest), paused };
}

function timingProblems({
  from,
  ...timing
}: Pick<ScheduleDefinition, 'cron' | 'timeZone' | 'from'>): SpecProblem[] {
  const problem = timingProblem(timing);
  const problems = problem === undefined ? [] : [{ pointer: `/${problem.field}`, message: problem.message }];
  if (from === undefined || Date.parse(from) >= DAY_ONE) return problems;
  return [...problems, { pointer: '/from', message: `is ${from}, must be in 1970 or later` }];
}

function specProblems(services: Services, spec: ScheduleDefinition['spec']): SpecProblem[] {
  const checked = scheduledSpec(services, spec);
  const problems = checked.ok ? [] : [...checked.problems];
  if (checked.ok && checked.spec.idempotencyKey !== undefined) {
    const message = 'is a key for one job; each fire of a schedule has a key of its own: leave it out';
    problems.push({ pointer: '/idempotencyKey', message });
  }
  const characters = JSON.stringify(spec).length;
  if (characters > MAX_SPEC_CHARACTERS) {
    const message = `has ${characters} characters as JSON, a schedule stores at most ${MAX_SPEC_CHARACTERS}: put what is large into the image or a blob`;
    problems.push({ pointer: '', message });
  }
  return problems.map(({ pointer, message }) => ({ pointer: `/spec${pointer}`, message }));
}

type BadHeader = { readonly parameter: string; readonly detail: string };

function conditionOf(request: HttpRequest): Condition | BadHeader {
  const ifMatch = request.headers.get('if-match') ?? undefined;
  const ifNoneMatch = request.headers.get('if-none-match') ?? undefined;
  if (ifNoneMatch === undefined) return { ifMatch };
  if (ifNoneMatch === '*') return { ifMatch, isNew: true };
  return { parameter: 'If-None-Match', detail: `is ${ifNoneMatch}, must be * here: only if there is none` };
}

function invalid(
  errors: readonly ({ readonly pointer: string; readonly detail: string } | BadHeader)[],
): HttpResponseInit {
  const count = `${errors.length} field${errors.length === 1 ? ' is' : 's are'} wrong.`;
  return problem(400, 'Invalid schedule', count, { errors: [...errors] });
}
