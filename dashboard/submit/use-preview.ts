// What the API says of a document, asked a moment after it was last changed.
import { useEffect, useState } from 'preact/hooks';

import type { Previewed } from '../../api/previews';
import { isAborted } from '../api/aborted';
import { asError } from '../api/as-error';
import { useApi } from '../api/use-api';
import { previewOf } from './submission-calls';

/** People pause longer than this when they have typed what they meant. */
const PAUSE_MS = 400;

export type Preview =
  | { readonly kind: 'none' }
  | { readonly kind: 'asked' }
  | { readonly kind: 'told'; readonly document: string; readonly previewed: Previewed }
  | { readonly kind: 'refused'; readonly error: Error };

/** `undefined`: there is nothing to ask about. */
export function usePreview(document: string | undefined): Preview {
  const { send } = useApi();
  const [preview, setPreview] = useState<Preview>({ kind: 'none' });
  useEffect(() => {
    if (document === undefined) {
      setPreview({ kind: 'none' });
      return;
    }
    const ended = new AbortController();
    const ask = async (): Promise<void> => {
      setPreview((old) => (old.kind === 'none' ? { kind: 'asked' } : old));
      try {
        const previewed = await previewOf(send, document, ended.signal);
        if (!ended.signal.aborted) setPreview({ kind: 'told', document, previewed });
      } catch (error) {
        if (!isAborted(error) && !ended.signal.aborted)
          setPreview({ kind: 'refused', error: asError(error) });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [send, document]);
  return preview;
}
