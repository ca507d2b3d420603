// Names and values as lines of a text, `NAME=value`.

export type Named = Readonly<Record<string, string>>;

/** A line without `=` is a name without a value. Empty lines are none. */
export function namedOf(text: string): Named {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
    }),
  );
}

export function linesOf(named: Named): string {
  return Object.entries(named)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** Whether lines can hold it. */
export function fitsLine(name: string, value: unknown): value is string {
  return typeof value === 'string' && !/[\r\n]/.test(value) && name.trim() === name && !name.includes('=');
}
