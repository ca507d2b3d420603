// The part of the command line that says what to run: one file, or an image with its command after `--`.
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import type { ArmParameters } from './arm-deployment';

export interface DocumentOptions extends ArmParameters {
  readonly format?: string;
  readonly restartPolicy?: string;
}

export type WhatToRun = {
  /** What stands after `--`. */
  readonly command: readonly string[];
} & ({ readonly kind: 'file'; readonly file: string } | { readonly kind: 'image' });

/** `operands`: those before and behind `--`, as commander gives them. */
export function whatToRun(
  cli: Pick<Cli, 'args'>,
  operands: readonly string[],
  flags: DocumentOptions & { readonly image?: string },
): WhatToRun {
  const { before, behind: command } = splitOperands(cli.args, operands);
  const [file, ...more] = before;
  if (flags.image === undefined) {
    if (file !== undefined && more.length === 0) return { kind: 'file', file, command };
    const given = before.length === 0 ? '' : ` ${before.length} are given: ${before.join(', ')}.`;
    throw new CliError(
      `Say what to run: one FILE (- reads standard input), or --image IMAGE and options.${given}`,
      EXIT.usage,
    );
  }
  if (file !== undefined)
    throw new CliError(
      `--image ${flags.image} and "${before.join(' ')}" both say what to run. Leave --image out to submit the file, whose image only the file can change; or put the command to run in the image behind --: --image ${flags.image} -- ${before.join(' ')}`,
      EXIT.usage,
    );
  const ofDocuments = [
    ...(flags.format === undefined ? [] : ['--format']),
    ...(flags.restartPolicy === undefined ? [] : ['--restart-policy']),
    ...(flags.parameters === undefined ? [] : ['--parameters']),
  ];
  if (ofDocuments.length === 0) return { kind: 'image', command };
  throw new CliError(
    `${ofDocuments.join(' and ')} ${ofDocuments.length === 1 ? 'says' : 'say'} how to read a FILE, and --image does without one.`,
    EXIT.usage,
  );
}

/** Operands after the first `--` are always the end of the command line. */
export function splitOperands(
  args: readonly string[],
  operands: readonly string[],
): { readonly before: readonly string[]; readonly behind: readonly string[] } {
  const at = args.indexOf('--');
  const behind = at < 0 ? 0 : Math.min(args.length - at - 1, operands.length);
  const split = operands.length - behind;
  return { before: operands.slice(0, split), behind: operands.slice(split) };
}
