// What the app registers when its entry point is loaded, as the Functions worker would be told; for a process of plain
// node.
import { resolve } from 'node:path';

import { z } from 'zod';

import { provideCoreModule } from '../../../standins/functions-host/app/core-module-hook';
import {
  bindingsOf,
  createCoreModule,
  emptyRegistrations,
} from '../../../standins/functions-host/app/core-shim';
import { LOCAL_PLACEMENTS } from '../../../standins/stack/local-placements';

const httpTrigger = z.object({
  type: z.literal('httpTrigger'),
  route: z.string(),
  methods: z.array(z.string()),
  authLevel: z.string(),
});

export const httpFunctionsSchema = z.array(
  z.object({ name: z.string(), route: z.string(), methods: z.array(z.string()), authLevel: z.string() }),
);
export type HttpFunctions = z.infer<typeof httpFunctionsSchema>;

/** The functions that HTTP triggers. Loads the app: once a process. */
export async function registeredHttpFunctions(): Promise<HttpFunctions> {
  const registrations = emptyRegistrations();
  provideCoreModule(createCoreModule(registrations, () => undefined));
  process.env['AzureWebJobsStorage'] = 'UseDevelopmentStorage=true';
  process.env['GPU_JOBS_PLACEMENTS'] = JSON.stringify(LOCAL_PLACEMENTS);
  await import(resolve(__dirname, '../../../functions/index'));
  return [...registrations.functions.values()].flatMap(({ metadata }) => {
    const trigger = bindingsOf(metadata)
      .map((binding) => httpTrigger.safeParse(binding))
      .find(({ success }) => success)?.data;
    return trigger === undefined ? [] : [{ name: metadata.name, ...trigger }];
  });
}
