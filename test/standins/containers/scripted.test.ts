// Containers that follow a script under virtual time.
import { createScriptedRuntime } from '../../../standins/containers/scripted';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';

const START = {
  groupName: 'one',
  containerName: 'program',
  image: 'example/program:1',
  command: [],
  environment: {},
};

function play(script: Parameters<typeof createScriptedRuntime>[1]): {
  happened: string[];
  stop: () => void;
  advance: (ms: number) => void;
} {
  const time = createVirtualTime(0);
  const happened: string[] = [];
  const running = createScriptedRuntime(time.timers, script).start(START, {
    onOutput: (bytes) => happened.push(`${time.clock.now()} ${bytes.toString()}`),
    onExit: ({ exitCode }) => happened.push(`${time.clock.now()} exit ${exitCode}`),
  });
  const advance = (ms: number): void => {
    const until = time.clock.now() + ms;
    while (time.runNext(until));
  };
  return {
    happened,
    stop: () => {
      if (running.kind === 'running') running.stop();
    },
    advance,
  };
}

const SCRIPT = {
  prints: [
    { atMs: 10, text: 'a' },
    { atMs: 20, text: 'b' },
  ],
  exit: { atMs: 20, code: 4 },
};

it('print and exit at their times, the last print before the exit', () => {
  const { happened, advance } = play(() => SCRIPT);
  expect(happened).toEqual([]);
  advance(100);
  expect(happened).toEqual(['10 a', '20 b', '20 exit 4']);
});

it('print nothing more once stopped, and exit once', () => {
  const { happened, stop, advance } = play(() => SCRIPT);
  advance(15);
  stop();
  stop();
  advance(100);
  expect(happened).toEqual(['10 a', '15 exit 143']);
});
