// What a recording's ids are here: learned from the answers so far, used in the requests to come.

export interface Translation {
  /** Learns from an answer and what was recorded of it: the ids that stand at the same places. */
  learn(recorded: unknown, ours: unknown): void;
  /** A version of the recording is this one here. */
  mark(recordedVersion: string, here: string): void;
  /** A text of a request (a path, a body as JSON) with this run's ids. `now`: for a version that was never met. */
  apply(text: string, now: string): string;
}

const LEARNED = ['uid', 'resourceVersion', 'continue', 'token'];
/** Versions that mean themselves: any, none yet, and those far in the future. */
const LARGEST_REAL = 1_000_000;

export function createTranslation(): Translation {
  const ids = new Map<string, string>();
  const versions = new Map<string, string>();
  const learn = (recorded: unknown, ours: unknown): void => {
    if (Array.isArray(recorded) && Array.isArray(ours)) {
      for (const [index, each] of recorded.entries()) learn(each, ours[index]);
      return;
    }
    if (!isRecord(recorded) || !isRecord(ours)) return;
    for (const [name, member] of Object.entries(recorded)) {
      const here = ours[name];
      if (!LEARNED.includes(name)) learn(member, here);
      else if (typeof member === 'string' && typeof here === 'string' && member !== '')
        (name === 'resourceVersion' ? versions : ids).set(member, here);
    }
  };
  const version = (recorded: string, now: string): string =>
    Number(recorded) <= 1 || Number(recorded) > LARGEST_REAL ? recorded : (versions.get(recorded) ?? now);
  /** A token of a list says at which version it goes on. */
  const continued = (token: string, now: string): string => {
    const text = Buffer.from(token, 'base64url').toString();
    const at = /(?<="rv":)\d+/;
    if (!at.test(text)) return token;
    return Buffer.from(text.replace(at, (found) => version(found, now))).toString('base64url');
  };
  return {
    learn,
    mark: (recordedVersion, here) => void versions.set(recordedVersion, here),
    apply: (raw, now) => {
      let text = raw;
      for (const [recorded, here] of ids) text = text.replaceAll(recorded, here);
      return text
        .replace(/(?<=[?&]resourceVersion=)\d+/g, (found) => version(found, now))
        .replace(/(?<=[?&]continue=)[^&]+/g, (token) => continued(token, now))
        .replace(/(?<="resourceVersion":")\d+(?=")/g, (found) => version(found, now));
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
