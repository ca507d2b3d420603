// The place in a platform's log at which its archive goes on.
import { z } from 'zod';

/** Characters. A position travels in the metadata of a blob, of which the service takes 8 KB in all. */
export const MAX_POSITION_CHARACTERS = 512;

export const logCursorSchema = z.object({
  /** Offset in the archive, bytes, never beyond its length. The platform's text after `position` begins here. */
  at: z.number().int().min(0),
  /** In the backend's own words, such as a time and how many lines of that time are archived. Only it reads them. */
  position: z.string().max(MAX_POSITION_CHARACTERS),
});
export type LogCursor = Readonly<z.infer<typeof logCursorSchema>>;
