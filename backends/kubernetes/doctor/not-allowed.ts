// What the doctor says where it may not read what an inspection is about.
import type { Check } from '../../../domain/backend/check';

export function notAllowed(name: string, right: string): Check {
  return {
    name,
    standing: 'skipped',
    detail: `this identity may not ${right}`,
    todo: 'To have it looked at: "kubectl apply -f infra/kubernetes/doctor.yaml", then bind that role to this identity (docs/kubernetes.md, "Rights").',
  };
}
