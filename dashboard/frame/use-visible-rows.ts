// Which rows of a long list are seen: only those are made, the others are room above and below.
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

export interface VisibleRows {
  /** Index of the first row to show, and of the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/** Rows beyond both edges, so that scrolling shows no void before the next frame. */
const MARGIN = 12;

/** `frame` holds the rows, each `rowHeight` pixels high, whatever scrolls around it. */
export function useVisibleRows(
  frame: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): VisibleRows {
  const [seen, setSeen] = useState<VisibleRows>({ from: 0, to: 60 });
  useLayoutEffect(() => {
    let asked = 0;
    const look = (): void => {
      asked = 0;
      const top = frame.current?.getBoundingClientRect().top ?? 0;
      const from = Math.max(0, Math.floor(-top / rowHeight) - MARGIN);
      const to = Math.max(0, Math.ceil((innerHeight - top) / rowHeight) + MARGIN);
      setSeen((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    const askOnce = (): void => {
      if (asked === 0) asked = requestAnimationFrame(look);
    };
    look();
    addEventListener('scroll', askOnce, { capture: true, passive: true });
    addEventListener('resize', askOnce);
    return () => {
      cancelAnimationFrame(asked);
      removeEventListener('scroll', askOnce, { capture: true });
      removeEventListener('resize', askOnce);
    };
  }, [rowHeight]);
  return { from: Math.min(seen.from, count), to: Math.min(seen.to, count) };
}
