// Tells a system's error by its code.

/** Whether the error carries this code, such as ENOENT. */
export function isErrorWithCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
