// The event streams of an environment and of a job: what the platform says, as JSON lines (recorded).
import { ArmFault } from '../../wire/arm-error';
import type { BodyStream, WireResponse } from '../../wire/handler';
import type { Action, ContainerAppsContext } from '../context';
import { found } from '../environments/environments-api';
import { foundJob } from '../jobs/find-job';
import { checkToken } from './access-token';
import { asJsonLine } from './log-stream';
import type { SystemEvent } from './system-events';

const DEFAULT_TAIL_LINES = 20;

export const readEnvironmentEvents: Action = (context, request, match) => {
  checkToken(context, request);
  const environment = found(context, match);
  const id = environment.id.toLowerCase();
  return streamed(context, request.url, ({ environmentId }) => environmentId.toLowerCase() === id);
};

export const readJobEvents: Action = (context, request, match) => {
  checkToken(context, request);
  const job = foundJob(context, match);
  if (context.settings.switches.jobEvents === 'absent')
    throw new ArmFault(404, 'NotFound', `Job '${job.place.name}' has no event stream here.`);
  return streamed(context, request.url, ({ job: name }) => name === job.place.name);
};

function streamed(
  { clock, systemEvents }: ContainerAppsContext,
  url: URL,
  fits: (event: SystemEvent) => boolean,
): WireResponse {
  const asked = Number(url.searchParams.get('tailLines') ?? DEFAULT_TAIL_LINES);
  const past = systemEvents
    .of(fits)
    .slice(-(Number.isFinite(asked) && asked > 0 ? asked : DEFAULT_TAIL_LINES));
  const at = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  const first = [
    ownLine(at, 'Connecting to the events collector...', 'StartingGettingEvents'),
    ownLine(at, 'Successfully connected to events server', 'ConnectedToEventsServer'),
    ...past.map(eventLine),
  ];
  const stream: BodyStream = {
    open: (sink) => {
      sink.write(first.join(''));
      if (url.searchParams.get('follow') !== 'true') {
        sink.end();
        return () => undefined;
      }
      return systemEvents.follow((event) => {
        if (fits(event)) sink.write(eventLine(event));
      });
    },
  };
  return { status: 200, stream };
}

function ownLine(TimeStamp: string, Msg: string, Reason: string): string {
  return asJsonLine({
    TimeStamp,
    Type: 'Normal',
    ContainerAppName: null,
    RevisionName: null,
    ReplicaName: null,
    Msg,
    Reason,
    EventSource: 'ContainerAppController',
    Count: 1,
  });
}

/** The platform's own lines write their time in Go's way, with whole seconds (recorded). */
function eventLine({ at, type, job, execution, replica, message, reason, count }: SystemEvent): string {
  return asJsonLine({
    TimeStamp: `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`,
    Type: type,
    ContainerAppName: job,
    RevisionName: execution ?? '',
    ReplicaName: replica ?? '',
    Msg: message,
    Reason: reason,
    EventSource: 'ContainerAppController',
    Count: count,
  });
}
