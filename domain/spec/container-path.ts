// A path inside a container, in the one form in which two paths can be compared.
import { z } from 'zod';

/** Linux takes no longer one (PATH_MAX, its final NUL included). */
const MAX_CHARACTERS = 1024;
/**
 * Parts that are neither empty nor `.` nor `..`. A colon is refused because neither Container Instances nor Kubernetes
 * mounts anything at a path with one (docs/facts/container-instances.md#volumes, docs/facts/kubernetes.md#volumes).
 */
const NORMAL = /^(?:\/(?!\.{1,2}(?:\/|$))[^/:\\\p{Cc}\p{Cs}]+)+$/u;
const NORMAL_OR_ROOT = /^(?:\/|(?:\/(?!\.{1,2}(?:\/|$))[^/:\\\p{Cc}\p{Cs}]+)+)$/u;
const WRONG =
  'must be an absolute path in its shortest form, such as /data: no "..", ".", empty part or final "/", no ":", "\\" or control character';

/** Where something may be mounted: anywhere but at the root. */
export const mountPath = z.string().max(MAX_CHARACTERS).regex(NORMAL, WRONG);
/** Where a program may start. */
export const directoryPath = z.string().max(MAX_CHARACTERS).regex(NORMAL_OR_ROOT, WRONG);

/** Whether the first path is the second, or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
