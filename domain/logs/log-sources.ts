// Where a kind of compute has a log from, while the program runs and afterwards.
import { z } from 'zod';

export const logSourceSchema = z.object({
  /** For people: what it is, and which one. */
  name: z.string(),
  /** What it does not hold, or not for certain. */
  limits: z.string(),
});
type LogSource = Readonly<z.infer<typeof logSourceSchema>>;

/** Of a placement where what is served of a running program need not be all of its log. */
export interface LogSources {
  /** What is archived while the program runs. */
  readonly live: LogSource;
  /** What holds the whole log some time after the end; `missing`: that there is none, and what to do about it. */
  readonly full: LogSource | { readonly missing: string };
}
