// The lines of a log around the place up to which it was compared with another one, within bounded memory.

/** A window on the lines of one log, in which those of another are found. */
export interface LineWindow {
  /** The next line of the log; the oldest ones leave when the window is full. */
  add(line: string): void;
  /** Takes a line that was not taken yet. */
  take(line: string): boolean;
  /** Whether there is such a line, taken or not. */
  has(line: string): boolean;
  /** Whether there is a line that has this piece in it. */
  hasPiece(piece: string): boolean;
}

/**
 * Lines of one instant have no order in a log store, and lines of two streams may come in another one. A window of so
 * many characters holds more than a program prints at any instant.
 */
const MOST_CHARACTERS = 16 * 1024 * 1024;

interface Count {
  all: number;
  left: number;
}

export function createLineWindow(mostCharacters = MOST_CHARACTERS): LineWindow {
  const counts = new Map<string, Count>();
  let lines: string[] = [];
  let first = 0;
  let characters = 0;

  const leave = (line: string): void => {
    characters -= line.length + 1;
    const count = counts.get(line);
    if (count === undefined) return;
    count.all -= 1;
    // A line that was taken is taken to be the oldest of its kind.
    count.left = Math.min(count.left, count.all);
    if (count.all === 0) counts.delete(line);
  };

  return {
    add: (line) => {
      lines.push(line);
      characters += line.length + 1;
      const count = counts.get(line) ?? { all: 0, left: 0 };
      counts.set(line, { all: count.all + 1, left: count.left + 1 });
      while (characters > mostCharacters && first < lines.length - 1) {
        leave(lines[first] ?? '');
        first += 1;
      }
      if (first > lines.length / 2) {
        lines = lines.slice(first);
        first = 0;
      }
    },
    take: (line) => {
      const count = counts.get(line);
      if (count === undefined || count.left === 0) return false;
      count.left -= 1;
      return true;
    },
    has: (line) => counts.has(line),
    hasPiece: (piece) => {
      for (const line of counts.keys()) if (line.includes(piece)) return true;
      return false;
    },
  };
}
