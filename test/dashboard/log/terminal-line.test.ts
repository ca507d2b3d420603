import { runsOf } from '../../../dashboard/log/coloured';
import { terminalLine } from '../../../dashboard/log/terminal-line';

const GREEN = '\u001b[32m';
const RESET = '\u001b[0m';

describe('a line is shown as a terminal shows it', () => {
  test.each([
    ['a progress bar keeps its last writing', ' 10%\r 50%\r100%', '100%'],
    ['a shorter writing leaves the rest of a longer one', 'abcdef\rXY', 'XYcdef'],
    ['a carriage return at the end takes nothing away', 'done\r', 'done'],
    ['what is erased is gone', 'abcdef\r\u001b[KXY', 'XY'],
    ['a whole line is erased', 'abc\u001b[2K\rd', 'd  '],
    ['a backspace goes back by one', 'abc\u0008\u0008X', 'aXc'],
    ['colours stay with their characters', `${GREEN}ab${RESET}c\rX`, `X${RESET}${GREEN}b${RESET}c`],
  ])('%s', (_, line, shown) => {
    expect(terminalLine(line)).toBe(shown);
  });

  test.each([
    ['the address of a link', '\u001b]8;;https://evil.example\u0007text\u001b]8;;\u0007', 'text'],
    ['a title', '\u001b]0;owned\u0007text', 'text'],
    ['moves of the cursor', 'a\u001b[2Jb\u001b[10;10Hc', 'abc'],
    ['NUL', 'a\u0000b', 'ab'],
  ])('%s is not in it', (_, line, shown) => {
    expect(terminalLine(line)).toBe(shown);
  });

  test('characters that reorder a text are shown by their numbers', () => {
    expect(terminalLine('a\u202eb')).toBe('a\\u202eb');
  });
});

describe('colours are classes and values, never markup', () => {
  test('of a name', () => {
    expect(runsOf(`${GREEN}\u001b[1m<b>ok</b>${RESET} plain`)).toMatchObject([
      { text: '<b>ok</b>', classes: 'ansi-green-fg ansi-bold' },
      { text: ' plain', classes: '' },
    ]);
  });

  test('of the palette and of 24 bits', () => {
    expect(runsOf('\u001b[38;5;196mred\u001b[48;2;1;2;3mdeep')).toMatchObject([
      { text: 'red', colour: 'rgb(255, 0, 0)' },
      { text: 'deep', background: 'rgb(1, 2, 3)' },
    ]);
  });
});
