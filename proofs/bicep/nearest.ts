// The name that was probably meant.

/** As the end of a message: `; did you mean "…"?`, or nothing where no name is near. */
export function didYouMean(said: string, known: Iterable<string>): string {
  const near = nearest(said, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

function nearest(said: string, known: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(said.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const one of known) {
    if (one.toLowerCase() === said.toLowerCase()) return one;
    const edits = distance(said.toLowerCase(), one.toLowerCase());
    if (edits < least) [best, least] = [one, edits];
  }
  return best;
}

/** Characters to add, remove, replace or swap with the next. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let edits = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (older[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    [older, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
