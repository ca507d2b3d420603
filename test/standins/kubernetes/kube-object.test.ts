// Times and owners of objects, as the API writes and reads them.
import {
  apiMicroTime,
  apiTime,
  controllerOf,
  type OwnerReference,
} from '../../../standins/kubernetes/store/kube-object';

test('times are whole seconds, and microseconds where an event says when it happened', () => {
  const at = Date.UTC(2026, 0, 1, 0, 0, 6, 792);
  expect(apiTime(at)).toBe('2026-01-01T00:00:06Z');
  expect(apiMicroTime(at)).toBe('2026-01-01T00:00:06.792000Z');
});

test('the controller of an object is the one owner that acts on it', () => {
  const owner = (name: string, controller?: boolean): OwnerReference => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    name,
    uid: name,
    ...(controller !== undefined && { controller }),
  });
  const metadata = { name: 'pod', uid: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  const owned = { ...metadata, ownerReferences: [owner('a'), owner('b', false), owner('c', true)] };
  expect(controllerOf({ apiVersion: 'v1', kind: 'Pod', metadata: owned })?.name).toBe('c');
  expect(controllerOf({ apiVersion: 'v1', kind: 'Pod', metadata })).toBeUndefined();
});
