// The rules of the repository's layout, as functions over files: each tells what breaks it.
import { posix } from 'node:path';

export interface SourceFile {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/**
 * What each room may import besides itself, and the rooms that may import anything and that no room imports. A room
 * within a room (`standins/stack`) has arrows of its own, both ways.
 */
export interface Layers {
  readonly rooms: Readonly<Record<string, { readonly imports: readonly string[] }>>;
  readonly outside: readonly string[];
}

const MAX_LINES = 300;
/** A folder with more is a list, not a concept. */
const MAX_FILES = 25;
const MAX_MEDIAN_LINES = 100;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.tsx?$/;

/** Imports and re-exports, with what they bring in; dynamic ones too. */
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

export function importsOf({ text }: SourceFile): string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

export function layerOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '';
}

/** The innermost room that a path lies in; where none does, its first folder. */
export function roomOf({ rooms }: Layers, path: string): string {
  const around = Object.keys(rooms).filter((room) => path.startsWith(`${room}/`));
  return around.toSorted((a, b) => b.length - a.length)[0] ?? layerOf(path);
}

/** What a file of a room imports that its room may not. */
export function brokenArrows(layers: Layers, file: SourceFile): string[] {
  const room = roomOf(layers, file.path);
  if (layers.outside.includes(room)) return [];
  const imports = layers.rooms[room]?.imports;
  if (imports === undefined) return [`${file.path}: room "${room}" is in no rule`];
  return targetsOf(file)
    .filter((target) => roomOf(layers, target) !== room)
    .filter((target) => !imports.some((one) => covers(layers, one, target)))
    .map((target) => `${file.path} imports ${target}`);
}

/** What a room is allowed to import though none of its files does. */
export function unusedArrows(layers: Layers, files: readonly SourceFile[]): string[] {
  return Object.entries(layers.rooms).flatMap(([room, { imports }]) => {
    const targets = files.filter(({ path }) => roomOf(layers, path) === room).flatMap(targetsOf);
    return imports
      .filter((one) => !targets.some((target) => covers(layers, one, target)))
      .map((one) => `${room} may import ${one} and never does`);
  });
}

/** What a file imports of this repository: paths without an ending. */
export function targetsOf(file: SourceFile): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(file.path), specifier));
}

/**
 * An entry names a room, a folder of one or a file without its ending; a room within the room is an entry of its own.
 */
function covers(layers: Layers, entry: string, target: string): boolean {
  return entry === target || (target.startsWith(`${entry}/`) && entry.startsWith(roomOf(layers, target)));
}

function linesOf({ text }: SourceFile): number {
  return text.replace(/\n$/, '').split('\n').length;
}

export function tooLong(file: SourceFile): string[] {
  const lines = linesOf(file);
  return lines > MAX_LINES ? [`${file.path} has ${lines} lines, at most ${MAX_LINES} are allowed`] : [];
}

export function withoutOpening({ path, text }: SourceFile): string[] {
  return /^(#!.*\n)?(\/\/ \S|\/\*\*? ?\S)/.test(text)
    ? []
    : [`${path} does not open with a comment that says what lives there`];
}

export function defaultExports({ path, text }: SourceFile): string[] {
  return /(?:^|\n)\s*export\s+default\b|(?:^|\n)\s*export\s*\{[^}]*\bas\s+default\b|(?:^|\n)\s*export\s*=/.test(
    text,
  )
    ? [`${path} has a default export`]
    : [];
}

export function badNames({ path }: SourceFile): string[] {
  return KEBAB_CASE.test(posix.basename(path)) ? [] : [`${path} is not named in kebab-case`];
}

/** A file that hands on what other files export. */
export function barrels({ path, text }: SourceFile): string[] {
  return /(?:^|\n)\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^'"`;\n]*\bfrom\s*['"]/.test(text)
    ? [`${path} exports again what another file exports`]
    : [];
}

function medianLines(files: readonly SourceFile[]): number {
  const lengths = files.map(linesOf).toSorted((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}

export function longMedian(files: readonly SourceFile[]): string[] {
  const median = medianLines(files);
  return median < MAX_MEDIAN_LINES
    ? []
    : [`half of the files have ${median} lines or more, it must be less than ${MAX_MEDIAN_LINES}`];
}

/**
 * Folders that hold too many files directly. `paths` are those of all files; `lists` are folders that are meant to be
 * lists.
 */
export function crowded(paths: readonly string[], lists: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > MAX_FILES && !lists.includes(folder))
    .map(([folder, count]) => `${folder}/ has ${count} files, at most ${MAX_FILES} are allowed`);
}
