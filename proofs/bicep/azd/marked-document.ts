// A document of YAML or JSON, with the place of each value.
import { isCollection, isPair, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

import type { Finding } from '../finding';

export interface MarkedDocument {
  readonly value: unknown;
  /** Faults of the form, and a way to tell one of the value at a path. */
  readonly faults: readonly Finding[];
  fault(path: readonly (string | number)[], message: string): Finding;
}

export function readMarkedDocument(file: string, text: string): MarkedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number, message: string): Finding => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, message };
  };
  /** Where the value at a path begins; of what is missing, where the innermost value around it begins. */
  const offsetOf = (path: readonly (string | number)[]): number => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const step of path) {
      if (!isCollection(node)) break;
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (isPair(pair)) offset = rangeStart(pair.key) ?? offset;
      node = node.get(step, true);
      if (typeof step === 'number') offset = rangeStart(node) ?? offset;
    }
    return offset;
  };
  return {
    value: document.toJS(),
    faults: document.errors.map(({ pos, message }) => at(pos[0], message.split('\n')[0] ?? message)),
    fault: (path, message) => at(offsetOf(path), message),
  };
}

function rangeStart(node: unknown): number | undefined {
  return z.object({ range: z.array(z.number()) }).safeParse(node).data?.range[0];
}
