// What was found of a workload's name, as the port has it. Pure.
import type { Observation } from '../../domain/ports/compute-backend';
import type { Found } from './calls/look';
import { workloadOf } from './reading/workload-of';

export function observationOf(found: Found): Observation {
  const workload = workloadOf(found);
  if (workload !== undefined) return { kind: 'present', workload };
  if (found.secrets.some(({ isOurs }) => isOurs)) return { kind: 'prepared' };
  return found.isTaken || found.secrets.length > 0 ? { kind: 'foreign' } : { kind: 'absent' };
}
