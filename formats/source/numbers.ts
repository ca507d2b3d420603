// Numbers in decimal notation: whether a double holds what was written.

/** Characters of a number that are quoted. */
const SHOWN = 40;
const DECIMAL = /^[-+]?(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/;

/**
 * Why the number can't be taken: as a double it would be another one (too large, too precise). Undefined where it
 * survives, and where the text is no number in decimal notation.
 */
export function lossOf(written: string): string | undefined {
  const value = Number(written);
  const wanted = significance(written);
  if (wanted === undefined || (Number.isFinite(value) && wanted === significance(String(value))))
    return undefined;
  const shown = written.length <= SHOWN ? written : `${written.slice(0, SHOWN)}…`;
  return `is the number ${shown}, which would be read as ${value}; write one that survives, or a text in quotes`;
}

/**
 * Digits without zeros around them, and the exponent of the last one: the same for all ways to write the same number.
 */
function significance(text: string): string | undefined {
  const [matched, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const digits = whole + fraction;
  let start = 0;
  let end = digits.length;
  while (digits[start] === '0') start += 1;
  while (end > start && digits[end - 1] === '0') end -= 1;
  if (start === end) return '0';
  return `${digits.slice(start, end)}e${Number(exponent) - fraction.length + (digits.length - end)}`;
}
