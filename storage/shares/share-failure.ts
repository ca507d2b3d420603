// What the share's SDK threw, in our own words.
import { RunnerError, TerminalError } from '../../domain/errors';
import { answerOf, storageFailure } from '../account/storage-failure';

const BY_KEY = 'the secret that keyRef names must hold a key of this account';
const BY_IDENTITY =
  "give the app's identity the role Storage File Data Privileged Contributor on it, or name the account's key with keyRef";

/** Of a share without room (docs/facts/azure-files.md#full). */
const FULL: ReadonlySet<unknown> = new Set([
  'ShareSizeLimitReached',
  'InsufficientStorage',
  'OutOfDiskSpace',
]);

export function isFull(code: unknown): boolean {
  return FULL.has(code);
}

/**
 * The error to throw. TerminalError for a definite refusal, which says what to do; RetryableError without an answer.
 *
 * @param doing names the operation and its object, such as `list folder outputs/jab`.
 */
export function shareFailure(
  thrown: unknown,
  doing: string,
  share: { readonly label: string; readonly byKey: boolean },
): unknown {
  if (thrown instanceof RunnerError) return thrown;
  const { status, code } = answerOf(thrown);
  const facts = {
    share: share.label,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
  };
  if (isFull(code))
    return new TerminalError(
      `Share ${share.label} is full (${status} ${code ?? ''}) and could not ${doing}: remove files from it or raise its quota.`,
      facts,
    );
  if (code === 'ShareNotFound')
    return new TerminalError(
      `There is no share ${share.label} (404 ShareNotFound): create it, or correct the url in the placement's volume.`,
      facts,
    );
  if (status !== undefined && status >= 300 && status < 400)
    return new TerminalError(
      `Share ${share.label} answered with a redirect (${status}), which is not followed: correct the url in the placement's volume.`,
      facts,
    );
  if (status === 401 || status === 403)
    return new TerminalError(
      `Share ${share.label} refused to ${doing} (${status} ${code ?? ''}): ${share.byKey ? BY_KEY : BY_IDENTITY}, and let the app's network in.`,
      facts,
    );
  return storageFailure(thrown, `${doing} on share ${share.label}`, facts);
}
