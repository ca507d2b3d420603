// Finds the citations in a file's text and says which of them lead nowhere.
import { posix } from 'node:path';

import { anchorsOf, codeSpansOf, linksOf, numbersOf, withoutLinks } from './markdown';
import type { SourceFile } from './rules';

/** What can be cited. */
export interface Library {
  /** Every file and folder of the repository, relative to its root. */
  readonly paths: ReadonlySet<string>;
  /** The folders at the top. */
  readonly rooms: ReadonlySet<string>;
  /** The anchors of each Markdown page, by its path. */
  readonly anchors: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sections and rules of docs/protocol.md: `4`, `4.1`. */
  readonly sections: ReadonlySet<string>;
  /** Numbers of the records in docs/decisions. */
  readonly decisions: ReadonlySet<number>;
  /** The tags that the legend of docs/model/README.md explains. */
  readonly tags: ReadonlySet<string>;
  /** The invariants that ARCHITECTURE.md lists. */
  readonly invariants: ReadonlySet<string>;
}

const TAG = /\b[WM]_[A-Z0-9]{2,}\b/g;
/** A path to a file or a folder: no wildcard, nothing left out. */
const PATH = /^[\w.@-]+(?:\/[\w.@-]+)+\/?$/;

/** The name of a page that stands alone, without a path that would lead elsewhere. */
const NAMED_PAGE = /(?<![\w/.@<>-])([\w-]+\.md)\b/g;

export function libraryOf(files: readonly SourceFile[], otherPaths: readonly string[] = []): Library {
  const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
  const paths = new Set([...files.map(({ path }) => path), ...otherPaths].flatMap(withFolders));
  return {
    paths,
    rooms: new Set([...paths].filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? '')),
    anchors: new Map(
      files.filter(({ path }) => path.endsWith('.md')).map(({ path, text }) => [path, anchorsOf(text)]),
    ),
    sections: numbersOf(textOf('docs/protocol.md')),
    decisions: new Set(
      [...paths].flatMap((path) => /^docs\/decisions\/(\d{4})-/.exec(path)?.[1] ?? []).map(Number),
    ),
    tags: legendOf(textOf('docs/model/README.md')),
    invariants: new Set(
      [...textOf('ARCHITECTURE.md').matchAll(/^- \*\*(I\d+)\*\* /gm)].map(([, name = '']) => name),
    ),
  };
}

/** The tags that begin a row of a table. */
function legendOf(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(/^\| `([WM]_[A-Z0-9]+)`/gm)].map(([, tag = '']) => tag));
}

export function tagsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(TAG)].map(([tag]) => tag));
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** What the file cites and the library does not hold, each as `file: citation`. */
export function deadCitations(file: SourceFile, library: Library): string[] {
  const dead = [
    ...deadSections(file.text, library),
    ...cited(file.text, /\bdecision (\d+)\b/gi, (number) => library.decisions.has(Number(number))),
    ...[...tagsIn(file.text)].filter((tag) => !library.tags.has(tag)),
    ...(file.path.endsWith('.md') ? deadInPage(file, library) : deadInCode(file, library)),
  ];
  return [...new Set(dead)].map((citation) => `${file.path}: ${citation}`);
}

/**
 * What may stand right before a section's sign, so that the protocol's is meant: any other word names another document.
 */
const BEFORE_A_SECTION: readonly string[] = ['protocol', "protocol's", 'its', 'and', 'or', 'in'];

function deadSections(text: string, library: Library): string[] {
  return [...text.matchAll(/(?:(RFC \d+|[\w.][\w.']*) )?§(\d+(?:\.\d+)?)/g)]
    .filter(([, before = 'protocol', number = '']) => {
      if (before.startsWith('RFC ')) return false;
      return !BEFORE_A_SECTION.includes(before.toLowerCase()) || !library.sections.has(number);
    })
    .map(([whole]) => whole.replace(/^(?:and|or|in|its|protocol(?:'s)?) /i, ''));
}

function cited(text: string, pattern: RegExp, exists: (found: string) => boolean): string[] {
  return [...text.matchAll(pattern)].filter(([, found = '']) => !exists(found)).map(([whole]) => whole);
}

function deadInPage({ path, text }: SourceFile, library: Library): string[] {
  const folder = posix.dirname(path);
  const links = linksOf(text).filter((link) => {
    const [target = '', anchor] = link.split('#');
    return !leadsTo(target === '' ? path : posix.join(folder, target), anchor, library);
  });
  const spans = codeSpansOf(text).filter(
    (span) => namesOurs(span, library) && !isThere(span, folder, library),
  );
  const named = cited(withoutLinks(text), NAMED_PAGE, (name) => isPage(name, folder, library));
  return [...links, ...spans, ...named];
}

function deadInCode({ path, text }: SourceFile, library: Library): string[] {
  const folder = posix.dirname(path);
  const comments = commentsOf(path, text);
  const pages = cited(text, /(?<![\w/.-])(docs\/[\w./-]+\.\w+(?:#[\w-]+)?)/g, (citation) =>
    leadsTo(citation.split('#')[0] ?? '', citation.split('#')[1], library),
  );
  const named = cited(comments, NAMED_PAGE, (name) => isPage(name, folder, library));
  const files = cited(
    comments,
    /(?<![\w/.@<>:-])((?:[\w.-]+\/)+[\w.-]*\w)(?![\w/]*[*<{…])/g,
    (name) => !namesOurs(name, library) || isThere(name, folder, library),
  );
  const invariants = cited(comments, /(?<![\w-])(I\d+)(?![\w-])/g, (name) => library.invariants.has(name));
  return [...pages, ...named, ...files, ...invariants];
}

function isPage(name: string, folder: string, library: Library): boolean {
  return library.paths.has(name) || library.paths.has(posix.join(folder, name));
}

function leadsTo(target: string, anchor: string | undefined, library: Library): boolean {
  const path = target.replace(/\/$/, '');
  if (path !== '' && path !== '.' && !library.paths.has(path)) return false;
  return anchor === undefined || (library.anchors.get(path)?.has(anchor) ?? false);
}

/** Whether a text is the path of something that should lie in one of our folders. `api/jobs` is a route. */
function namesOurs(text: string, library: Library): boolean {
  const [room = ''] = text.split('/');
  return PATH.test(text) && library.rooms.has(room) && (room !== 'api' || /\.\w+$/.test(text));
}

/** A path from the root or from the folder that names it; a module may be named without its ending. */
function isThere(text: string, folder: string, library: Library): boolean {
  const path = text.replace(/\/$/, '');
  return [path, posix.join(folder, path)].some(
    (one) => library.paths.has(one) || library.paths.has(`${one}.ts`),
  );
}

/**
 * The text of a file's comments; those that begin within a line need a space before and after their slashes. Scripts,
 * models, templates and patches count as a whole, data has none.
 */
function commentsOf(path: string, text: string): string {
  if (/\.(json|txt)$/.test(path)) return '';
  if (!/\.[cm]?[jt]s$/.test(path)) return text;
  const comments = text.matchAll(/^[ \t]*\/\*[^]*?\*\/|(?:^|\s)\/\/ .*$/gm);
  return [...comments].map(([comment]) => comment).join('\n');
}
