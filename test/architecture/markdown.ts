// What a Markdown page offers to be cited, and what it links to.

/** A page without its fenced blocks: what stands in these is an example. */
function prose(page: string): string {
  return page.replace(/^```[^]*?^```$/gm, '');
}

/** The anchors that GitHub gives a page's headings; a repeated heading gets a number. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return anchors;
}

/** Targets of the page's links that lead into the repository: `path`, `path#anchor` or `#anchor`. */
export function linksOf(page: string): string[] {
  const withoutCode = prose(page).replace(/`[^`\n]*`/g, '');
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target));
}

/** The page's sections of the third level: heading and text. */
export function sectionsOf(page: string): readonly { readonly heading: string; readonly text: string }[] {
  return [...page.matchAll(/^### (.+)\n([^]*?)(?=^#{1,3} |(?![^]))/gm)].map(
    ([, heading = '', text = '']) => ({
      heading,
      text: text.trim(),
    }),
  );
}

/** What the page says besides its links and its examples. */
export function withoutLinks(page: string): string {
  return prose(page).replace(/\[[^\]]*\]\([^)]*\)/g, '');
}

/** Whole texts in backticks. */
export function codeSpansOf(page: string): string[] {
  return [...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

/**
 * The numbers of the page's sections and rules: `4` for `## 4. …`, `4.1` for a list's item, a heading or a table's row
 * in it.
 */
export function numbersOf(page: string): ReadonlySet<string> {
  const numbers = new Set<string>();
  let section: string | undefined;
  for (const line of prose(page).split('\n')) {
    const heading = /^## (\d+)\. /.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading;
      numbers.add(heading);
    }
    if (section === undefined) continue;
    const [, whole, item] =
      /^(?:### |\| )?§?(?:(\d+\.\d+)|(\d+)(?:\.| \|)) /.exec(line.replace(/\s+/g, ' ')) ?? [];
    if (heading === undefined && whole !== undefined) numbers.add(whole);
    if (heading === undefined && item !== undefined) numbers.add(`${section}.${item}`);
  }
  return numbers;
}
