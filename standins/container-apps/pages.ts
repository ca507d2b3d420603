// Lists in pages.
import type { JsonObject } from './json-shapes';

/** `whole`: one page without a nextLink member, as every recorded list. */
export function pageOf(value: readonly unknown[], url: URL, size: 'whole' | number): JsonObject {
  if (size === 'whole') return { value };
  const from = Number(url.searchParams.get('$skiptoken') ?? '0');
  const end = from + size;
  if (end >= value.length) return { value: value.slice(from) };
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(end));
  return { value: value.slice(from, end), nextLink: next.href };
}
