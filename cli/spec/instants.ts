// Instants on the command line: ISO 8601, or how long ago.
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `2026-01-31`, `2026-01-31T12:00:00Z`, or `90m`, `2h`, `3d` before `now` (epoch milliseconds); as ISO 8601 in UTC. */
export function parseInstant(option: string, text: string, now: number): string {
  const relative = /^(\d+)([smhdw])$/.exec(text);
  const ms =
    relative === null ? Date.parse(text) : now - Number(relative[1]) * (UNIT_MS[relative[2] ?? ''] ?? NaN);
  if (/^\d+([smhdw]|-.*)$/.test(text) && Number.isFinite(ms)) return new Date(ms).toISOString();
  throw new CliError(
    `${option} is "${text}", must be an instant such as 2026-01-31T12:00:00Z, or how long ago: 90m, 2h, 3d.`,
    EXIT.usage,
  );
}
