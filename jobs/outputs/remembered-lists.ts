// Remembers lists of outputs, which each page of an answer needs. A list never changes once it is kept.
import type { OutputList } from '../../domain/outputs/output-list';
import type { OutputLists } from '../../domain/ports/output-lists';

/** Files in all that is remembered: two of the longest lists, some 40 MB. */
const MOST_FILES_REMEMBERED = 200_000;

export function createRememberedLists(lists: OutputLists, most = MOST_FILES_REMEMBERED): OutputLists {
  /** The least recently used first. */
  const known = new Map<string, OutputList>();
  const remember = (key: string, list: OutputList): OutputList => {
    known.delete(key);
    known.set(key, list);
    let files = [...known.values()].reduce((sum, one) => sum + one.files.length, 0);
    for (const [oldest, { files: of }] of known) {
      if (files <= most) break;
      known.delete(oldest);
      files -= of.length;
    }
    return list;
  };
  return {
    get: async (jobId, attempt) => {
      const key = `${jobId}/${attempt}`;
      const list = known.get(key) ?? (await lists.get(jobId, attempt));
      return list && remember(key, list);
    },
    keep: async (jobId, attempt, list) =>
      remember(`${jobId}/${attempt}`, await lists.keep(jobId, attempt, list)),
  };
}
