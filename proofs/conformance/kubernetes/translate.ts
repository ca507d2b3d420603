// What a recording's ids and times of lines are here: learned from the answers so far, used in the requests to come.

export interface Translation {
  /** Learns from an answer and what was recorded of it: the ids that stand at the same places. */
  learn(recorded: unknown, ours: unknown): void;
  /** A version of the recording is this one here. */
  mark(recordedVersion: string, here: string): void;
  /** A text of a request (a path, a body as JSON) with this run's ids. `now`: for a version that was never met. */
  apply(text: string, now: string): string;
}

const LEARNED = ['uid', 'resourceVersion', 'continue', 'token'];
const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+Z(?= )/;
/** Versions that mean themselves: any, none yet, and those far in the future. */
const LARGEST_REAL = 1_000_000;

export function createTranslation(): Translation {
  const ids = new Map<string, string>();
  const versions = new Map<string, string>();
  const stamps = new Map<string, string>();
  const learn = (recorded: unknown, ours: unknown): void => {
    if (typeof recorded === 'string' && typeof ours === 'string') learnStamps(recorded, ours);
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
  /** The lines of a log with timestamps, one by one. */
  const learnStamps = (recorded: string, ours: string): void => {
    const here = ours.split('\n');
    for (const [index, line] of recorded.split('\n').entries()) {
      const stamp = STAMP.exec(line)?.[0];
      const our = STAMP.exec(here[index] ?? '')?.[0];
      if (stamp === undefined || our === undefined) continue;
      stamps.set(stamp, our);
      stamps.set(wholeSecond(stamp), wholeSecond(our));
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
        .replace(/(?<=[?&]sinceTime=)[^&]+/g, (found) => {
          const our = stamps.get(decodeURIComponent(found));
          return our === undefined ? found : encodeURIComponent(our);
        })
        .replace(/(?<=[?&]continue=)[^&]+/g, (token) => continued(token, now))
        .replace(/(?<="resourceVersion":")\d+(?=")/g, (found) => version(found, now));
    },
  };
}

function wholeSecond(stamp: string): string {
  return stamp.replace(/\.\d+/, '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
