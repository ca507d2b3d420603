// Problem details (RFC 9457): what every error of the API says.
import { z } from 'zod';

/** One thing that is wrong, and where: in the body by pointer or by line and column, or in the query. */
const problemErrorSchema = z.object({
  pointer: z
    .string()
    .optional()
    .meta({ description: 'JSON pointer (RFC 6901) into the body; "" is the whole' }),
  parameter: z.string().optional().meta({ description: 'name of a query parameter or header' }),
  line: z.number().int().optional().meta({ description: 'line of the body, from 1' }),
  column: z.number().int().optional().meta({ description: 'column of that line, from 1' }),
  placement: z.string().optional().meta({ description: 'the placement that refuses the job' }),
  detail: z.string(),
});
export type ProblemError = z.infer<typeof problemErrorSchema>;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(problemErrorSchema).optional(),
    groupId: z.string().optional().meta({ description: 'the group that the problem is about' }),
    jobId: z.string().optional().meta({ description: 'the job that the problem is about' }),
  })
  .meta({ id: 'Problem', description: 'What went wrong, where, and what to do (RFC 9457).' });
export type Problem = z.infer<typeof problemSchema>;
