// Transcripts in a document: what was typed, what was answered; and what of an answer differs from run to run.

export interface Transcript {
  /** After the prompt. */
  readonly command: string;
  /** The lines up to the next prompt. */
  readonly output: string;
}

const BLOCK = /```console\n([\s\S]*?)```/g;
const PROMPT = '$ ';

/** All transcripts of a Markdown document, in order. */
export function transcriptsIn(markdown: string): Transcript[] {
  return [...markdown.matchAll(BLOCK)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = '', ...lines] = text.replace(/\n$/, '').split('\n');
        return { command, output: lines.join('\n') };
      }),
  );
}

/** The document with these outputs instead of its own, in order. */
export function withOutputs(markdown: string, outputs: readonly string[]): string {
  const rest = [...outputs];
  return markdown.replace(BLOCK, (_, block: string) => {
    const commands = block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => text.split('\n')[0] ?? '');
    const lines = commands.map((command) => {
      const output = rest.shift() ?? '';
      return `${PROMPT}${command}\n${output === '' ? '' : `${output}\n`}`;
    });
    return `\`\`\`console\n${lines.join('')}\`\`\``;
  });
}

/** What a run prints, with the exit code where it says something. */
export function shownOutput({ output, exitCode }: { output: string; exitCode: number }): string {
  const text = output.replace(/\n$/, '');
  if (exitCode === 0) return text;
  return `${text === '' ? '' : `${text}\n`}[exit code ${exitCode}]`;
}

/**
 * What differs from run to run, by its kind: ids, instants, durations, costs, the state of a removal, and the widths
 * that follow from them.
 */
const DIFFERS: readonly (readonly [RegExp, string])[] = [
  [/\bj(?!0{19})[0-9a-z]{19}\b/g, 'JOB'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(?:Z| UTC| [+-]\d\d:\d\d)?/g, 'INSTANT'],
  [/\b\d\d:\d\d:\d\d\b/g, 'TIME'],
  [/\b\d+ (s|min|h|d) ago\b|\bnow\b/g, 'AGO'],
  [/\b\d+ (d \d+ h|h \d\d min|min \d\d s)\b|\b\d+(\.\d)? s\b/g, 'DURATION'],
  [/\$\d+\.\d+( so far)?/g, 'COST'],
  [/\b(asked for|confirmed|requested|due|gone)$/gm, 'REMOVAL'],
  [/\b(never swept|swept DURATION ago|swept AGO)/g, 'SWEPT'],
  [/\(\d+ tries\)/g, '(TRIES)'],
  [/\b\d+ of 4 +\d+ +\d+ +\d+/g, 'PLACES'],
  [/\b(ContainerGroups|Standard\w*Cores): \d+ of/g, '$1: N of'],
  [/"listed": \d+/g, '"listed": N'],
  [/ {2,}/g, '  '],
];

export function normalised(output: string): string {
  return DIFFERS.reduce((text, [pattern, name]) => text.replace(pattern, name), output);
}
