// Why a text can't be taken, and where in it. Thrown by the walks over JSON and YAML, caught where they were started.
import type { Limit } from './source/limits';

export class Refusal extends Error {
  override name = 'Refusal';
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly exceeded: Limit | undefined;

  constructor(offset: number, message: string, exceeded?: Limit) {
    super(message);
    this.offset = offset;
    this.exceeded = exceeded;
  }
}
