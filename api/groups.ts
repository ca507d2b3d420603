// Groups over HTTP: what POST /api/jobs answers for an array, and what the routes below /api/groups take and answer.
import { z } from 'zod';

import { groupIdSchema } from '../domain/group/group';
import { JOB_STATES } from '../domain/job/job-state';
import { jobIdSchema } from '../domain/job/names';
import { jobSummarySchema } from '../domain/lists/job-summary';
import { instantSchema } from './common';
import { noteSchema } from './submissions';

/** The path of one group. */
export const groupPathSchema = z.object({ id: groupIdSchema });

export const submittedGroupSchema = z
  .object({
    id: groupIdSchema,
    state: z.literal('Queued'),
    members: z.number().int().positive().meta({ description: 'how many jobs it has' }),
    links: z.object({ self: z.string(), jobs: z.string(), cancel: z.string() }),
    notes: z.array(noteSchema).optional(),
  })
  .meta({ id: 'SubmittedGroup' });
export type SubmittedGroup = z.infer<typeof submittedGroupSchema>;

export const groupViewSchema = z
  .object({
    id: groupIdSchema,
    name: z.string().optional().meta({ description: 'as it was submitted: placeholders are not filled in' }),
    source: z.enum(['queue', 'http', 'schedule']),
    createdAt: instantSchema,
    canceledAt: instantSchema
      .optional()
      .meta({ description: 'when a person first canceled the whole group' }),
    endedAt: instantSchema
      .optional()
      .meta({ description: 'when its last member ended; absent while one goes on' }),
    members: z.number().int().positive().meta({ description: 'how many jobs it has' }),
    made: z.number().int().nonnegative().meta({
      description: 'how many of them the lists know; fewer than members for a moment after its submission',
    }),
    atOnce: z.number().int().positive().optional().meta({ description: 'how many may run at once' }),
    states: z
      .partialRecord(z.enum(JOB_STATES), z.number().int().positive())
      .meta({ description: 'how many of its members are in each state' }),
    failures: z.array(jobSummarySchema).meta({
      description: 'the first ten members, by index, that ended in another way than Succeeded',
    }),
    links: z.object({ self: z.string(), jobs: z.string(), cancel: z.string() }),
  })
  .meta({ id: 'Group', description: 'The jobs that one submission of an array makes.' });
export type GroupView = z.infer<typeof groupViewSchema>;

export const canceledGroupSchema = z
  .object({
    canceled: z.array(jobIdSchema).meta({
      description: 'members that were asked to end; those that are not made yet are canceled when they are',
    }),
  })
  .meta({ id: 'CanceledGroup' });
