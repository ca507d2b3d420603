// Where the demo's progress goes: on a terminal it is redrawn in place, elsewhere it is plain lines.
import type { JobProgress } from './job-progress';
import { renderLive } from './live-view';
import { indent, type Paint } from './paint';
import { plainLines } from './plain-view';

export interface Screen {
  /** Shows what is known now. */
  show(jobs: readonly JobProgress[]): void;
  /** Leaves the last picture on the screen. */
  done(): void;
}

/** Milliseconds between two pictures of a live screen, so that its spinners turn between two looks. */
const REDRAW_EVERY_MS = 80;

/** Loads log-update when there is a terminal to draw on: it is an ES module, which CommonJS code imports by a call. */
export async function createLiveScreen(stream: NodeJS.WriteStream, paint: Paint): Promise<Screen> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(stream);
  let jobs: readonly JobProgress[] = [];
  const redraw = (): void =>
    update(indent(`${renderLive({ jobs, now: Date.now(), columns: stream.columns, paint })}\n`));
  const timer = setInterval(redraw, REDRAW_EVERY_MS).unref();
  return {
    show: (known) => {
      jobs = known;
      redraw();
    },
    done: () => {
      clearInterval(timer);
      if (jobs.length > 0) redraw();
      update.done();
    },
  };
}

export function createPlainScreen(write: (line: string) => void): Screen {
  const begun = performance.now();
  let before: readonly JobProgress[] = [];
  return {
    show: (jobs) => {
      const width = Math.max(...jobs.map(({ title }) => title.length));
      jobs.forEach((after, index) => {
        const old = before[index] ?? { ...after, job: undefined, logLines: [] };
        plainLines(old, after, width, performance.now() - begun).forEach(write);
      });
      before = jobs;
    },
    done: () => undefined,
  };
}
