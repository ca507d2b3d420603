// A line's text in runs of one colour, as names of classes and colours of a palette: never as markup. Pure.
import Anser from 'anser';

import { terminalLine } from './terminal-line';

export interface Run {
  readonly text: string;
  readonly classes: string;
  /** CSS colours that no class has: of the palette of 256, or of 24 bits. */
  readonly colour?: string | undefined;
  readonly background?: string | undefined;
}

export function runsOf(line: string): readonly Run[] {
  const text = terminalLine(line);
  if (!text.includes('\u001b')) return [{ text, classes: '' }];
  return Anser.ansiToJson(text, { use_classes: true, remove_empty: true }).map((entry) => {
    const classes = [
      classOf(entry.fg, 'fg'),
      classOf(entry.bg, 'bg'),
      ...entry.decorations.map((one) => `ansi-${one}`),
    ];
    return {
      text: entry.content,
      classes: classes.filter((one) => one !== '').join(' '),
      colour: colourOf(entry.fg, entry.fg_truecolor),
      background: colourOf(entry.bg, entry.bg_truecolor),
    };
  });
}

/** `ansi-red` as `ansi-red-fg`; nothing for a colour that is no class. */
function classOf(name: string | null, place: 'fg' | 'bg'): string {
  return name !== null && /^ansi-(?:bright-)?[a-z]+$/.test(name) && name !== 'ansi-truecolor'
    ? `${name}-${place}`
    : '';
}

function colourOf(name: string | null, trueColour: string | null): string | undefined {
  if (name === 'ansi-truecolor')
    return /^\d+, ?\d+, ?\d+$/.test(trueColour ?? '') ? `rgb(${trueColour ?? ''})` : undefined;
  const index = /^ansi-palette-(\d+)$/.exec(name ?? '')?.[1];
  return index === undefined ? undefined : paletteColour(Number(index));
}

/** Of the palette of 256: a cube of six levels, then greys. */
function paletteColour(index: number): string {
  if (index >= 232)
    return `rgb(${Array(3)
      .fill((index - 232) * 10 + 8)
      .join(', ')})`;
  const level = (part: number): number => (part === 0 ? 0 : part * 40 + 55);
  const cube = index - 16;
  return `rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level).join(', ')})`;
}
