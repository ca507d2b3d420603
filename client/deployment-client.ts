// The deployment itself over HTTP: health, placements, draining, the API's own description.
import { z } from 'zod';

import { controlSchema } from '../api/drain';
import { healthSchema, unreachableSchema } from '../api/health';
import { placementListSchema, type PlacementView } from '../api/placements';
import type { Transport } from './transport';

/** A job to ask the placements about. */
export interface PlacementQuery {
  readonly gpu?: string | undefined;
  readonly count?: number | undefined;
  readonly cpu?: number | undefined;
  readonly memoryGb?: number | undefined;
}

export interface DeploymentClient {
  /** Also the answer of a deployment that is not well. */
  health(): Promise<HealthAnswer & { readonly well: boolean }>;
  placements(query?: PlacementQuery): Promise<readonly PlacementView[]>;
  /** Stops admission, or takes it up again; answers how it stands. */
  drain(draining: boolean): Promise<boolean>;
  /** The OpenAPI document of the API. */
  openapi(): Promise<Readonly<Record<string, unknown>>>;
}

const healthAnswerSchema = z.union([healthSchema, unreachableSchema]);
/** How the deployment is; one whose storage does not answer says no more than that. */
type HealthAnswer = z.infer<typeof healthAnswerSchema>;

const SERVICE_UNAVAILABLE = 503;

export function createDeploymentClient(transport: Transport): DeploymentClient {
  return {
    health: async () => {
      const answer = await transport.ask(
        { method: 'GET', path: '/api/health', alsoAnswers: [SERVICE_UNAVAILABLE] },
        healthAnswerSchema,
      );
      return { ...answer, well: answer.status === 'healthy' };
    },
    placements: async (query = {}) =>
      (
        await transport.ask(
          { method: 'GET', path: '/api/placements', query: { ...query } },
          placementListSchema,
        )
      ).placements,
    drain: async (draining) =>
      (await transport.ask({ method: 'POST', path: '/api/drain', body: { draining } }, controlSchema))
        .draining,
    openapi: () =>
      transport.ask({ method: 'GET', path: '/api/openapi.json' }, z.record(z.string(), z.unknown())),
  };
}
