// The log stream of a container: its last lines, live, in two forms (docs/facts/container-apps.md#lines-of-the-stream).
import { ArmFault } from '../../wire/arm-error';
import type { BodyStream } from '../../wire/handler';
import type { Action, ContainerAppsContext } from '../context';
import type { Execution, Replica, ReplicaContainer } from '../executions/execution';
import { foundExecution } from '../executions/executions-api';
import { zonelessStamp } from '../stamps';
import { checkToken } from './access-token';
import type { ConsoleLine } from './console';

/** The most lines back that a client gets, and how many it gets unless it says otherwise (az's own words). */
const MOST_TAIL_LINES = 300;
const DEFAULT_TAIL_LINES = 20;

export const readLogStream: Action = (context, request, match) => {
  checkToken(context, request);
  const execution = foundExecution(context, match);
  const { container, replica } = foundContainer(execution, match);
  if (container.console.ended && context.settings.switches.streamAfterEnd === 'gone')
    throw notFound(match.param('container'), match.param('replica'));
  const query = request.url.searchParams;
  const asked = Number(query.get('tailLines') ?? DEFAULT_TAIL_LINES);
  const tail = Math.min(Number.isFinite(asked) ? asked : DEFAULT_TAIL_LINES, MOST_TAIL_LINES);
  const asText = query.get('output') === 'text';
  const show = (line: ConsoleLine): string => (asText ? textLine(line) : jsonLine(context, line));
  const first = [
    ...greetings(context, execution, replica, container, asText),
    ...container.console.tail(tail).map(show),
  ];
  const stream: BodyStream = {
    open: (sink) => {
      sink.write(first.join(''));
      const goesOn = query.get('follow') === 'true' && !container.console.ended;
      if (!goesOn) {
        sink.end();
        return () => undefined;
      }
      return container.console.follow(
        (line) => sink.write(show(line)),
        () => {
          if (context.settings.switches.followEnd === 'ends') sink.end();
        },
      );
    },
  };
  return { status: 200, stream };
};

/** Two lines of the stream's own come first, with the time of the connection (recorded). */
function greetings(
  { clock }: ContainerAppsContext,
  execution: Execution,
  replica: Replica,
  { spec }: ReplicaContainer,
  asText: boolean,
): string[] {
  const lines = [
    `Connecting to the container '${spec.name}'...`,
    `Successfully Connected to container: '${spec.name}' [Execution: '${execution.name}', Replica: '${replica.name}']`,
  ];
  const at = zonelessStamp(clock.now()).replace(/00$/, '');
  return lines.map((Log) => (asText ? `${at} ${Log}\n` : asJsonLine({ TimeStamp: at, Log })));
}

/** As a container runtime writes a line: seven digits of a second, the stream, and whether the line is whole. */
function textLine({ at, text, isFull }: ConsoleLine): string {
  return `${zonelessStamp(at)}Z stdout ${isFull ? 'F' : 'P'} ${text}\n`;
}

function jsonLine({ settings }: ContainerAppsContext, { at, text, isFull }: ConsoleLine): string {
  const mark = settings.switches.runtimeMark === 'kept' ? `${isFull ? 'F' : 'P'} ` : '';
  // The time is a time there and no text, so its plus sign is not escaped (recorded).
  return asJsonLine({ TimeStamp: `${zonelessStamp(at)}+00:00`, Log: `${mark}${text}` }).replace(
    '\\u002B00:00"',
    '+00:00"',
  );
}

/** .NET writes quote marks and other characters of HTML as escapes (recorded). */
export function asJsonLine(value: unknown): string {
  const escaped = JSON.stringify(value).replaceAll(
    /['<>&+`]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}

function foundContainer(
  execution: Execution,
  match: Parameters<Action>[2],
): { replica: Replica; container: ReplicaContainer } {
  const replica = execution.replicas.find(({ name }) => name === match.param('replica'));
  const container = [...(replica?.containers ?? []), ...(replica?.initContainers ?? [])].find(
    ({ spec }) => spec.name === match.param('container'),
  );
  if (!replica || !container || replica.removed)
    throw notFound(match.param('container'), match.param('replica'));
  return { replica, container };
}

/** The answer to a container that is not there is not confirmed by any source. */
function notFound(container: string, replica: string): ArmFault {
  return new ArmFault(
    404,
    'ContainerNotFound',
    `Container '${container}' of replica '${replica}' was not found.`,
  );
}
