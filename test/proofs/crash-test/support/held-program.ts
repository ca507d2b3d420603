// A program that runs until the test lets it go, so that what happens meanwhile depends on no clock.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HOST_PROCESS_IMAGE } from '../../../../standins/containers/known-images';

export interface HeldProgram {
  readonly spec: { readonly image: string; readonly command: readonly string[]; readonly name: string };
  readonly exitCode: number;
  readonly printed: string;
  /** Lets it print its last line and end. */
  letGo(): Promise<void>;
}

/** `folder` exists; `name` is unique in it. */
export function heldProgram(folder: string, name: string, exitCode: number): HeldProgram {
  const sign = join(folder, name);
  const script = `echo "$0 begins"; until [ -e '${sign}' ]; do sleep 0.3; done; echo "$0 ends"; exit ${exitCode}`;
  return {
    spec: { image: HOST_PROCESS_IMAGE, command: ['sh', '-c', script, name], name },
    exitCode,
    printed: `${name} begins\n${name} ends\n`,
    letGo: () => writeFile(sign, ''),
  };
}
