// The operations on the deployment as a whole: its placements, health, draining, and this description itself.
import { z } from 'zod';

import { controlSchema, drainSchema } from '../drain';
import { healthSchema, unreachableSchema } from '../health';
import { placementListSchema, placementsQuerySchema } from '../placements';
import { BAD_BODY, BAD_QUERY, json, type Operation, refusal } from './operation';

const TAG = 'deployment';
const UNCHANGED_FILE = { description: 'The file is what the ETag says.' };

export const DEPLOYMENT_OPERATIONS: readonly Operation[] = [
  {
    id: 'placements',
    method: 'get',
    route: 'placements',
    tag: TAG,
    summary: 'Where jobs may run: what is held and free there, what each place refuses and why',
    query: placementsQuerySchema,
    answers: {
      200: json('All placements, in the order in which they are tried.', placementListSchema),
      ...BAD_QUERY,
    },
  },
  {
    id: 'health',
    method: 'get',
    route: 'health',
    tag: TAG,
    summary: 'Whether the deployment looks after its workloads',
    anonymous: true,
    answers: {
      200: json('The last good sweep is young enough.', healthSchema),
      503: json('Nobody sweeps, or storage does not answer.', z.union([healthSchema, unreachableSchema])),
    },
  },
  {
    id: 'dashboard',
    method: 'get',
    route: 'dashboard',
    tag: TAG,
    summary: 'A page for browsers; it asks the other operations for what it shows',
    anonymous: true,
    answers: {
      200: { description: 'The page.', content: { 'text/html': undefined } },
      304: UNCHANGED_FILE,
      404: refusal('The deployment was built without the page.'),
      ...BAD_QUERY,
    },
  },
  {
    id: 'dashboardFile',
    method: 'get',
    route: 'dashboard/{file}',
    tag: TAG,
    summary: 'A script or a style of that page',
    anonymous: true,
    path: z.object({ file: z.string() }),
    answers: {
      200: {
        description: 'The file.',
        content: { 'text/html': undefined, 'text/javascript': undefined, 'text/css': undefined },
      },
      304: UNCHANGED_FILE,
      404: refusal('The page has no such file.'),
      ...BAD_QUERY,
    },
  },
  {
    id: 'drain',
    method: 'post',
    route: 'drain',
    tag: TAG,
    summary: 'Stop admission, or take it up again',
    description: 'What runs goes on, what waits goes on waiting.',
    body: { description: 'Whether to drain.', content: { 'application/json': drainSchema } },
    answers: { 200: json('What is set now.', controlSchema), ...BAD_BODY },
  },
  {
    id: 'openapi',
    method: 'get',
    route: 'openapi.json',
    tag: TAG,
    summary: 'This description',
    answers: { 200: json('An OpenAPI 3.1 document.', z.looseObject({ openapi: z.string() })) },
  },
];
