// Logs, names and messages that would act on the terminal on which they are shown.
import fc from 'fast-check';

import type { Output } from '../../cli/host';
import { createSafeStream, safeLines, terminalSafe } from '../../cli/show/terminal-safe';
import { attempt, job, JOB_ID, SUCCEEDED } from '../client/support/jobs';
import { type Answer, type Asked, json } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

const ESC = '\u001b';

describe('on a terminal', () => {
  test.each([
    ['a jump of the cursor', `a${ESC}[10;1Hb`, 'ab'],
    ['clearing the screen', `a${ESC}[2Jb`, 'ab'],
    ['repeating a character', `a${ESC}[99999bb`, 'ab'],
    ['a question that the terminal answers by typing', `a${ESC}[>0cb${ESC}[6nc`, 'abc'],
    ['a mode of the keyboard', `a${ESC}[>4;2mb`, 'ab'],
    ['a soft reset', `a${ESC}[!pb`, 'ab'],
    ['a new title', `a${ESC}]0;title\u0007b`, 'ab'],
    ['a title that never ends', `a${ESC}]0;titleb\nc`, 'a\nc'],
    ['what is written to the clipboard', `a${ESC}]52;c;cm0gLXJmIC8=${ESC}\\b`, 'ab'],
    ['where a link leads', `${ESC}]8;;https://evil.example${ESC}\\docs${ESC}]8;;${ESC}\\`, 'docs'],
    ['a device control string', `a${ESC}P+q544e${ESC}\\b`, 'ab'],
    ['a full reset', `a${ESC}cb`, 'ab'],
    ['another character set', `a${ESC}(0b`, 'ab'],
    ['one-byte forms of all these', 'a\u009b2Jb\u009d0;t\u009cc', 'a2Jb0;tc'],
    ['a bell, a backspace, a null', 'a\u0007\u0008\u0000b', 'ab'],
    ['an escape at the end', `a${ESC}`, 'a'],
    ['what reorders a line', 'a\u202egnp.exe\u2066', 'a\\u202egnp.exe\\u2066'],
  ])('%s does nothing', (_, hostile, shown) => {
    expect(terminalSafe(hostile)).toBe(shown);
  });

  test('colours, tabs, progress bars and any language stay', () => {
    const text = `${ESC}[1;31mred${ESC}[38:5:1m${ESC}[0m\t10%\r20%\nשלום 漢字 é 🙂`;
    expect(terminalSafe(text)).toBe(text);
  });

  test('a message that we quote does not write over our own words', () => {
    expect(safeLines('Failed, because\rSucceeded')).toBe('Failed, because\\rSucceeded');
  });

  test('a log that comes in parts is shown alike, wherever it is cut', () => {
    const piece = fc.constantFrom(ESC, '[', ']', '0', ';', 'm', 'H', '\u0007', '\\', '\n', 'x', `${ESC}[31m`);
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(60)), (pieces, cuts) => {
        const text = pieces.join('');
        const stream = createSafeStream();
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const shown = at.slice(1).map((end, index) => stream.add(text.slice(at[index], end)));
        expect(shown.join('')).toBe(terminalSafe(text));
      }),
    );
  });
});

/** A terminal, and what is written to it. */
function terminal(): { output: Output; written: () => string } {
  let written = '';
  const write = (chunk: string | Uint8Array): void => void (written += Buffer.from(chunk).toString());
  return { output: { write, isTTY: true, columns: 200 }, written: () => written };
}

const HOSTILE_LOG = `${ESC}]0;owned\u0007${ESC}[31mall is well${ESC}[2J\n`;

function deployment({ path }: Asked): Answer {
  if (!path.includes('/logs')) return json(SUCCEEDED, { headers: { etag: '"1"' } });
  const isFirst = path.includes('from=0') || !path.includes('from=');
  const headers = {
    'x-log-from': '0',
    'x-log-next': String(HOSTILE_LOG.length),
    'x-log-final': 'true',
    'x-log-gaps': '[]',
  };
  return new Response(isFirst ? HOSTILE_LOG : '', { headers });
}

describe('gpujobs logs', () => {
  test('shows a hostile log on a terminal as text, and ends its colours', async () => {
    const { output, written } = terminal();
    await runGpujobs(['logs', JOB_ID], deployment, { host: { stdout: output } });
    expect(written()).toBe(`${ESC}[31mall is well\n${ESC}[0m`);
  });

  test('writes a hostile log to a file byte for byte', async () => {
    const { out } = await runGpujobs(['logs', JOB_ID], deployment);
    expect(out).toBe(HOSTILE_LOG);
  });
});

test('gpujobs show quotes the words of a platform and the name of a job without acting on them', async () => {
  const { output, written } = terminal();
  const reason = {
    code: 'image-not-found',
    class: 'user',
    message: `no such image${ESC}[2J${ESC}]8;;https://evil.example\u0007\rSucceeded`,
  } as const;
  const failed = job({
    state: 'Failed',
    outcome: 'Failed',
    name: `name${ESC}[10A`,
    reason,
    attempts: [attempt({ reason })],
  });
  await runGpujobs(['show', JOB_ID], () => json(failed), {
    host: { stdout: output },
    env: { NO_COLOR: '1' },
  });
  expect(written()).toContain('no such image');
  expect(written()).not.toMatch(new RegExp(`[${ESC}\\r\u0007]`));
});
