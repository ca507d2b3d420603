// Cuts a YAML text into lexemes and refuses, before anything is composed, what is too long or too deep: composing
// recurses.
import { CST, Lexer } from 'yaml';

import { MAX_DEPTH } from '../../domain/parse/max-depth';
import { type Limit, MAX_TOKENS } from './limits';

export type Lexed =
  | { readonly ok: true; readonly lexemes: readonly string[] }
  | { readonly ok: false; readonly exceeded: Limit; readonly offset: number };

/**
 * Linear in the text. Depth is bounded from above by the columns at which nested blocks start, and the open flow
 * brackets.
 */
export function lexYaml(text: string): Lexed {
  const lexemes: string[] = [];
  const depth = new Depth();
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes.length === MAX_TOKENS) return { ok: false, exceeded: 'tokens', offset };
    lexemes.push(lexeme);
    const type = isScalar ? 'scalar' : CST.tokenType(lexeme);
    // These three are marks of the lexer's, no part of the text; after the last one comes a scalar, whatever it looks
    // like.
    const isMark = type === 'doc-mode' || type === 'flow-error-end' || lexeme === CST.SCALAR;
    isScalar = !isScalar && lexeme === CST.SCALAR;
    if (isMark) continue;
    depth.take(type, lexeme);
    if (depth.levels > MAX_DEPTH) return { ok: false, exceeded: 'depth', offset };
    offset += lexeme.length;
  }
  return { ok: true, lexemes };
}

class Depth {
  /** Columns at which the blocks that are open now start. */
  readonly #blocks: number[] = [];
  #flows = 0;
  #column = 0;
  /** What the next lexeme that is no white space does. */
  #next: 'starts-line' | 'starts-inner' | 'continues' = 'starts-line';

  get levels(): number {
    return this.#blocks.length + this.#flows;
  }

  take(type: CST.TokenType | null, lexeme: string): void {
    if (type === 'newline') this.#next = 'starts-line';
    else if (type !== 'space' && type !== 'comment') this.#content(type);
    const lastBreak = lexeme.lastIndexOf('\n');
    this.#column = lastBreak === -1 ? this.#column + lexeme.length : lexeme.length - lastBreak - 1;
    if (lastBreak !== -1) this.#next = 'starts-line';
  }

  #content(type: CST.TokenType | null): void {
    if (this.#flows === 0) {
      if (this.#next === 'starts-line')
        while ((this.#blocks.at(-1) ?? -1) >= this.#column) this.#blocks.pop();
      if (this.#next !== 'continues') this.#blocks.push(this.#column);
      const opens = type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind';
      this.#next = opens ? 'starts-inner' : 'continues';
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.#flows += 1;
    if (type === 'flow-map-end' || type === 'flow-seq-end') this.#flows = Math.max(0, this.#flows - 1);
  }
}
