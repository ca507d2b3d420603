// Bodies that kubectl 1.32.4 sent in protobuf, recorded.
import { readProtobuf } from '../../../standins/kubernetes/schema/protobuf';

const AUTHORIZATION = 'azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcS';
const CREATE_JOBS = `${AUTHORIZATION}RQoQCgASABoAIgAqADIAOABCABInCiUKCGdwdS1qb2JzEgZjcmVhdGUaBWJhdGNoIgAqBGpvYnMyADoAGggIABIAGgAgABoAIgA=`;
const GET_LOGS = `${AUTHORIZATION}QAoQCgASABoAIgAqADIAOABCABIiCiAKCGdwdS1qb2JzEgNnZXQaACIAKgRwb2RzMgA6A2xvZxoICAASABoAIAAaACIA`;
const TOKEN =
  'azhzAAooChhhdXRoZW50aWNhdGlvbi5rOHMuaW8vdjESDFRva2VuUmVxdWVzdBIaChAKABIAGgAiACoAMgA4AEIAEgAaBAoAEgAaACIA';
const RULES =
  'azhzAAoxChdhdXRob3JpemF0aW9uLms4cy5pby92MRIWU2VsZlN1YmplY3RSdWxlc1JldmlldxIkChAKABIAGgAiACoAMgA4AEIAEgoKCGdwdS1qb2JzGgQYACIAGgAiAA==';

const read = (body: string) => readProtobuf(Buffer.from(body, 'base64'));

test('`kubectl auth can-i create jobs` asks about a resource of a group', () => {
  expect(read(CREATE_JOBS)).toEqual({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { namespace: 'gpu-jobs', verb: 'create', group: 'batch', resource: 'jobs' } },
  });
});

test('`kubectl auth can-i get pods/log` names the log as an object, which is kubectl’s own reading', () => {
  expect(read(GET_LOGS)).toMatchObject({
    spec: { resourceAttributes: { namespace: 'gpu-jobs', verb: 'get', resource: 'pods', name: 'log' } },
  });
});

test('`kubectl create token` asks for a token without any wish', () => {
  expect(read(TOKEN)).toEqual({
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
});

test('other kinds and other bytes are not read', () => {
  expect(read(RULES)).toBeUndefined();
  expect(readProtobuf(Buffer.from('{"kind":"TokenRequest"}'))).toBeUndefined();
  expect(readProtobuf(Buffer.from('k8s\0'))).toBeUndefined();
});

test('a body that ends in the middle is an error, not a question about less', () => {
  const whole = Buffer.from(CREATE_JOBS, 'base64');
  expect(() => readProtobuf(whole.subarray(0, whole.length - 20))).toThrow(RangeError);
});
