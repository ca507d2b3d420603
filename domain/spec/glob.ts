// Patterns of policies: `*` stands for any characters, or none; everything else for itself.

/** Whether the whole of `text` fits. The time is at most proportional to the product of both lengths. */
export function fits(text: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let from = head.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > text.length - tail.length) return false;
    from = at + piece.length;
  }
  return true;
}
