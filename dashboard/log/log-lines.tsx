// The rows of a log that are seen. It scrolls within itself and stays at the end while it follows.
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import { useVisibleRows } from '../frame/use-visible-rows';
import { LogRow } from './log-row';
import { rowsIn } from './log-window';
import type { Row } from './rows';
import type { Log } from './use-log';

/** Pixels, as style/log.css has them. */
const ROW_HEIGHT = 18;
/** So near an end, pixels, counts as there. */
const NEAR = 4;

interface LogLinesProps {
  readonly log: Log;
  readonly label: string;
  /** What a search marks. */
  readonly marked: string;
  /** The offset of the row that a search found. */
  readonly found: number | undefined;
}

export function LogLines({ log, label, marked, found }: LogLinesProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => (log.window === undefined ? [] : rowsIn(log.window)), [log.window]);
  const { from, to } = useVisibleRows(inner, rows.length, ROW_HEIGHT);
  useKeptPlace(frame, rows, log);
  useFound(frame, rows, found);
  const scrolled = (): void => {
    const box = frame.current;
    if (box === null) return;
    const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - NEAR;
    if (log.isFollowing && !isAtEnd && rows.length > 0) log.follow(false);
    if (box.scrollTop < ROW_HEIGHT * 20) log.earlier();
    if (isAtEnd && !log.isFollowing) log.later();
  };
  return (
    <div class="log" ref={frame} role="region" aria-label={label} tabIndex={0} onScroll={scrolled}>
      <div class="log-rows" ref={inner} style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
        <div class="seen" style={{ transform: `translateY(${from * ROW_HEIGHT}px)` }}>
          {rows.slice(from, to).map((row, index) => (
            <LogRow key={from + index} row={row} marked={marked} isFound={row.at === found} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** At the end while it follows; else what is read stays where it is when rows come above it. */
function useKeptPlace(frame: { readonly current: HTMLElement | null }, rows: readonly Row[], log: Log): void {
  const before = useRef<readonly Row[]>([]);
  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return;
    if (log.isFollowing) box.scrollTop = box.scrollHeight;
    else {
      const old = before.current[0];
      const moved = old === undefined ? 0 : rows.findIndex(({ at }) => at > old.at) - 1;
      if (moved > 0) box.scrollTop += moved * ROW_HEIGHT;
    }
    before.current = rows;
  }, [rows, log.isFollowing]);
}

function useFound(
  frame: { readonly current: HTMLElement | null },
  rows: readonly Row[],
  found: number | undefined,
): void {
  const shown = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (found === undefined) shown.current = undefined;
    const index =
      found === undefined || found === shown.current ? -1 : rows.findIndex(({ at }) => at === found);
    if (index < 0 || frame.current === null) return;
    frame.current.scrollTop = index * ROW_HEIGHT - frame.current.clientHeight / 3;
    shown.current = found; // Once: whoever scrolls on from there is not brought back as rows come.
  }, [found, rows]);
}
