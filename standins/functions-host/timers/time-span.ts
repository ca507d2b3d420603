// Reads .NET time spans, the notation of host.json: `hh:mm:ss`, with days and fractions where wanted.
import { z } from 'zod';

/** `[d.]hh:mm[:ss[.fffffff]]`, as TimeSpan.Parse takes it for host.json. */
const TIME_SPAN = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/** The milliseconds of a .NET time span; undefined if the text is none. */
export function parseTimeSpan(text: string): number | undefined {
  const match = TIME_SPAN.exec(text.trim());
  if (match === null) return undefined;
  const [, ...parts] = match;
  const [days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = parts;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const wholeMinutes = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  return (wholeMinutes * 60 + Number(seconds) + Number(`0.${fraction}`)) * 1000;
}

/** A host.json field that holds a time span; its value is milliseconds. */
export const timeSpan = z.string().transform((text, context) => {
  const ms = parseTimeSpan(text);
  if (ms === undefined) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is no time span. Write hh:mm:ss, for example 00:00:30.`,
    });
    return z.NEVER;
  }
  return ms;
});
