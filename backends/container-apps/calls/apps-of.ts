// One placement's way to Container Apps, in the few shapes in which this backend asks.
import type { JobsGetOptionalParams } from '@azure/arm-appcontainers';

import type { PaceReport } from '../../../domain/placement/pace';
import { paceReport } from '../../arm/pace-report';
import type { ContainerAppsClients } from '../cloud/clients';
import type { ContainerAppsPlacement } from '../placement';

/** A read, a delete or a stop that takes longer counts as unanswered, milliseconds. All reads of a look together. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The time limit that all reads of one look, or of one log, share. */
export function withinOneLook(): AbortSignal {
  return AbortSignal.timeout(REQUEST_TIMEOUT_MS);
}

/** What any request of the SDK may be told. */
type Options = Pick<JobsGetOptionalParams, 'abortSignal' | 'onResponse'>;
/** An answer as the SDK shows it to `onResponse`. */
export type Answer = Parameters<NonNullable<Options['onResponse']>>[0];

export interface Apps {
  readonly placement: ContainerAppsPlacement;
  readonly clients: () => ContainerAppsClients;
  /** The options of one request; `onAnswer` is told of each answer to it, polls included; `limit`: milliseconds. */
  readonly options: (
    kind: PaceReport['kind'],
    onAnswer?: (answer: Answer) => void,
    limit?: number | AbortSignal,
  ) => Options;
}

/** `onPace` receives what each answer says about the rate of requests. */
export function appsOf(
  placement: ContainerAppsPlacement,
  clients: () => ContainerAppsClients,
  onPace: (report: PaceReport) => void,
): Apps {
  return {
    placement,
    clients,
    options: (kind, onAnswer = () => undefined, limit = REQUEST_TIMEOUT_MS) => ({
      abortSignal: typeof limit === 'number' ? AbortSignal.timeout(limit) : limit,
      onResponse: (answer) => {
        onPace(paceReport(kind, answer.status, answer.headers));
        onAnswer(answer);
      },
    }),
  };
}
