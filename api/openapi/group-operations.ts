// The operations below /api/groups.
import { canceledGroupSchema, groupPathSchema, groupViewSchema } from '../groups';
import { json, type Operation, refusal } from './operation';

const TAG = 'groups';
const NO_SUCH_GROUP = { 404: refusal('There is no such group.') } as const;

export const GROUP_OPERATIONS: readonly Operation[] = [
  {
    id: 'getGroup',
    method: 'get',
    route: 'groups/{id}',
    tag: TAG,
    summary: 'The jobs of one array, counted by state',
    description: 'GET /api/jobs?group= lists them, by their indexes.',
    path: groupPathSchema,
    answers: { 200: json('The group.', groupViewSchema), ...NO_SUCH_GROUP },
  },
  {
    id: 'cancelGroup',
    method: 'post',
    route: 'groups/{id}/cancel',
    tag: TAG,
    summary: 'End all jobs of a group',
    description: 'May be repeated. Members that are not made yet are canceled when they are.',
    path: groupPathSchema,
    answers: { 202: json('The members that were asked to end.', canceledGroupSchema), ...NO_SUCH_GROUP },
  },
];
