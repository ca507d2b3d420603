// A followed job as JSON, one event a line: {"event":"job"}, {"event":"log"}.
import { createLogText, type LogText } from '../../client/log-text';
import type { Cli } from '../cli';
import type { Screen } from './screen';

export function createJsonScreen({ out, say }: Pick<Cli, 'out' | 'say'>): Screen {
  const texts = new Map<number, LogText>();
  const event = (value: unknown): void => out(JSON.stringify(value));
  return {
    onJob: (job) => event({ event: 'job', job }),
    onLog: ({ bytes, from, gaps }, attempt) => {
      const text = texts.get(attempt) ?? createLogText();
      texts.set(attempt, text);
      event({ event: 'log', attempt, from, text: text.decode(bytes), gaps });
    },
    say,
    ask: (question) => (question === undefined ? undefined : say(question)),
    close: () => undefined,
  };
}
