// The whole list of an attempt's outputs, page by page.
import type { OutputsPage, OutputView } from '../../api/outputs';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';

/** The most that one answer has. */
const PAGE = 5_000;

/** `more`: there are more than a list holds. */
export interface AllOutputs extends Pick<OutputsPage, 'jobId' | 'attempt' | 'state' | 'more'> {
  readonly outputs: readonly OutputView[];
}

/** Rejects as `OutputsClient.page` does. `late`: instead of the list, what changed after it was made. */
export async function allOutputs(
  client: Pick<GpuJobsClient, 'outputs'>,
  id: string,
  { attempt, late }: { readonly attempt?: number; readonly late?: true },
): Promise<AllOutputs> {
  const outputs: OutputView[] = [];
  let last: OutputsPage | undefined;
  for await (const page of client.outputs.pages(id, { attempt, late, limit: PAGE })) {
    outputs.push(...page.outputs);
    last = page;
  }
  if (last === undefined) throw new Error(`The list of the outputs of ${id} had no page.`);
  const { jobId, attempt: number, state, more } = last;
  return { jobId, attempt: number, state, ...(more && { more }), outputs };
}

/** Of all files together. */
export function bytesOf(outputs: readonly OutputView[]): number {
  return outputs.reduce((sum, { bytes }) => sum + bytes, 0);
}
