// What options changed of a file: told on standard error, and as JSON.
import type { SpecChange } from '../../domain/spec/spec-overrides';
import type { Cli } from '../cli';
import { type GivenOverrides, optionFor } from '../spec/overrides-from-options';
import { changeInWords } from './change';

/** A change, and the option that made it. */
export interface ChangeBy extends SpecChange {
  readonly by?: string;
}

export function changesBy(changed: readonly SpecChange[], options: GivenOverrides['options']): ChangeBy[] {
  return changed.map((change) => {
    const by = optionFor(options, change.pointer);
    return by === undefined ? change : { ...change, by };
  });
}

export function tellChanges({ say }: Pick<Cli, 'say'>, changes: readonly ChangeBy[]): void {
  for (const { by, ...change } of changes) say(changeInWords(change, by));
}
