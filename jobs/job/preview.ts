// What would become of a spec if it were submitted now. Makes no job.
import { type Outlook, outlookOf } from '../../domain/placement/outlook';
import type { JobSpec, SpecProblem } from '../../domain/spec/job-spec';
import { forbidden, type Policy } from '../../domain/spec/policy';
import { unconfigured } from '../../domain/spec/preflight';
import type { PlacePorts } from '../ports';

export type Preview =
  /** The deployment's policy does not allow what the spec uses. */
  | { readonly kind: 'forbidden'; readonly problems: readonly SpecProblem[] }
  /** In the order in which they would be tried. */
  | { readonly kind: 'seen'; readonly outlooks: readonly NamedOutlook[] };

export type NamedOutlook = Outlook & { readonly placement: string };

/**
 * Reads one row for each placement that the spec allows, and the quotas where the last reading is minutes old. Older
 * waiting jobs are not looked at. `policy`: what specs may use.
 */
export async function preview(
  ports: PlacePorts,
  spec: JobSpec,
  policy: Policy | undefined,
): Promise<Preview> {
  const problems = forbidden(spec, policy ?? {});
  if (problems.length > 0) return { kind: 'forbidden', problems };
  const names = spec.placements ?? ports.placements.map(({ name }) => name);
  const outlooks = await Promise.all(
    names.map(async (name): Promise<NamedOutlook> => ({
      placement: name,
      ...(await outlook(ports, spec, name, policy)),
    })),
  );
  return { kind: 'seen', outlooks };
}

async function outlook(
  ports: PlacePorts,
  spec: JobSpec,
  name: string,
  policy: Policy | undefined,
): Promise<Outlook> {
  const placement = ports.placements.find((candidate) => candidate.name === name);
  if (placement === undefined) return { kind: 'refuses', why: unconfigured(ports.placements) };
  const [{ row }, quotas] = await Promise.all([ports.placementRows.read(name), ports.quotas?.current(name)]);
  return outlookOf(spec, placement, {
    backend: ports.factsOf(name),
    row,
    reading: quotas?.reading,
    pausedUntil: ports.pace.createPause(name)?.until,
    policy,
    now: ports.clock.now(),
  });
}
