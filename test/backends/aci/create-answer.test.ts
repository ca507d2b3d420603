import { createAnswer } from '../../../backends/aci/create-answer';

function body(code: string, message = 'told so'): string {
  return JSON.stringify({ error: { code, message } });
}

describe('the answer to a create', () => {
  test.each([200, 201, 202, 204])('HTTP %i is an acceptance, whatever its body says', (status) => {
    expect(createAnswer(status, body('InternalServerError'))).toEqual({ kind: 'accepted' });
    expect(createAnswer(status, '')).toEqual({ kind: 'accepted' });
  });

  test.each([
    [400, 'ContainerGroupQuotaReached', 'quota'],
    [400, 'InaccessibleImage', 'image-not-found'],
    [400, 'InvalidOsType', 'refused'],
    [401, 'AuthenticationFailed', 'refused'],
    [403, 'AuthorizationFailed', 'refused'],
    [404, 'ResourceGroupNotFound', 'refused'],
    [429, 'ResourceRequestsThrottled', 'throttled'],
    [409, 'ServiceUnavailable', 'capacity'],
    [409, 'InsufficientCapacity', 'capacity'],
    [409, 'ContainerGroupQuotaReached', 'quota'],
    [409, 'RegistryErrorResponse', 'registry'],
  ])('HTTP %i %s is a refusal: %s', (status, code, why) => {
    expect(createAnswer(status, body(code))).toMatchObject({
      kind: 'refused',
      reason: { code: why, message: `${code}: told so` },
    });
  });

  test.each([
    [408, 'RequestTimeout'],
    [409, 'ContainerGroupTransitioning'],
    [409, 'SomethingNew'],
    [409, ''],
    [500, 'InternalServerError'],
    [502, 'BadGateway'],
    [503, 'ServiceUnavailable'],
    [504, 'GatewayTimeout'],
    [302, 'Found'],
    [410, 'Gone'],
    [413, 'TooLarge'],
    [418, 'Teapot'],
  ])('HTTP %i %s leaves the fate of the create unknown', (status, code) => {
    expect(createAnswer(status, body(code))).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining(`HTTP ${status}`) as string,
    });
  });

  test('a body that is no envelope is quoted as it is, and decides nothing', () => {
    expect(createAnswer(403, '<html>blocked</html>')).toMatchObject({
      kind: 'refused',
      reason: { message: 'HTTP 403: <html>blocked</html>' },
    });
    expect(createAnswer(409, '<html>ServiceUnavailable</html>').kind).toBe('unknown');
  });
});
