// Reads what a custom role in Bicep grants. It takes literals alone: what is computed can't be compared.
import type { BicepText } from './bicep-text';

type ListName = 'actions' | 'notActions' | 'dataActions' | 'notDataActions';

export interface RoleLists {
  readonly lists: Readonly<Record<ListName, readonly string[]>>;
  /** What stands in a list and is no text. */
  readonly unread: readonly string[];
}

export function definesRole({ text }: BicepText): boolean {
  return /'Microsoft\.Authorization\/roleDefinitions@[^']+'\s*=/i.test(text);
}

/** All permissions of the file's roles together. */
export function readRole({ text }: BicepText): RoleLists {
  const unread: string[] = [];
  const read = (name: ListName): readonly string[] =>
    [...text.matchAll(new RegExp(String.raw`\b${name}\s*:\s*([^\n]*)`, 'g'))].flatMap((found) => {
      const start = found.index + found[0].length - (found[1] ?? '').length;
      const list = /^\[([^\]]*)\]/.exec(text.slice(start))?.[1];
      if (list === undefined) unread.push(`${name}: ${(found[1] ?? '').trim()}`);
      const items = [...(list ?? '').matchAll(/'([^'\n]*)'|[^\s,']+/g)];
      unread.push(
        ...items
          .filter(([whole, literal]) => literal === undefined || whole.includes('${'))
          .map(([whole]) => `${name}: ${whole}`),
      );
      return items.flatMap(([, literal]) => (literal === undefined ? [] : [literal]));
    });
  const lists = {
    actions: read('actions'),
    notActions: read('notActions'),
    dataActions: read('dataActions'),
    notDataActions: read('notDataActions'),
  };
  return { lists, unread };
}
