// A log's blobs for a writer that dies at a chosen write.
import type { LogBlobs } from '../../../storage/logs/log-blobs';

export interface Death {
  readonly write: 'create' | 'append' | 'mark' | 'writeText';
  /** How many writes of that kind pass before; 0: it dies at the first. */
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** The write at which the writer dies rejects with "died", and so does every request after it. */
export function dyingAt(blobs: LogBlobs, { write, nth, when }: Death): LogBlobs {
  let writes = 0;
  let isDead = false;
  return new Proxy(blobs, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        const isIt = key === write && (writes += 1) > nth;
        if (isDead || (isIt && when === 'before')) throw dead();
        const answer: unknown = await Reflect.apply(member, target, args);
        if (isIt) throw dead();
        return answer;
      };
    },
  });

  function dead(): Error {
    isDead = true;
    return new Error('died');
  }
}
