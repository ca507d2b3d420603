import { matchRoute, parseRoute } from '../../../../standins/functions-host/http/route';

const match = (template: string, path: string): object | undefined => matchRoute(parseRoute(template), path);

test.each([
  ['api/jobs', '/api/jobs', {}],
  ['api/jobs', '/API/Jobs/', {}],
  ['api/jobs/{id}', '/api/jobs/J1', { id: 'J1' }],
  ['api/jobs/{id?}', '/api/jobs', {}],
  ['api/jobs/{id?}', '/api/jobs/x', { id: 'x' }],
  ['api/jobs/{id=all}', '/api/jobs', { id: 'all' }],
  ['api/{a}/{b?}', '/api/1', { a: '1' }],
  ['api/{*rest}', '/api', {}],
  ['api/{*rest}', '/api/a/b%20c/d', { rest: 'a/b c/d' }],
  ['api/{x}', '/api/%C3%BC', { x: 'ü' }],
  ['api/{x}', '/api/a%2Fb', { x: 'a%2Fb' }],
  ['api/{x}', '/api/%zz', { x: '%zz' }],
  ['api/{x:int}/y', '/api/-12/y', { x: '-12' }],
  ['api/{x:int:range(1,5)?}', '/api/5', { x: '5' }],
  ['api/{x:regex(^a/[0-9]{{2}}$)}', '/api/a%2F12', undefined],
  ['api/{x:regex(^[a-c]{{2}}$)}', '/api/aB', { x: 'aB' }],
])('%s takes %s as %j', (template, path, parameters) => {
  expect(match(template, path)).toEqual(parameters);
});

test.each([
  ['api/jobs', '/api'],
  ['api/jobs', '/api/jobs/1'],
  ['api/jobs/{id}', '/api/jobs'],
  ['api/jobs/{id}', '/api/jobs//'],
  ['api/jobs/{id}/logs', '/api/jobs/1'],
  ['api/{x:int}', '/api/2147483648'],
  ['api/{x:bool}', '/api/yes'],
  ['api/{x:alpha}', '/api/a1'],
  ['api/{x:guid}', '/api/123'],
  ['api/{x:length(2)}', '/api/abc'],
  ['api/{x:length(2,3)}', '/api/a'],
  ['api/{x:minlength(2)}', '/api/a'],
  ['api/{x:maxlength(2)}', '/api/abc'],
  ['api/{x:min(3)}', '/api/2'],
  ['api/{x:max(3)}', '/api/4'],
  ['api/{x:range(1,5)}', '/api/6'],
  ['api/{x:double}', '/api/1,5'],
  ['api/{x:decimal}', '/api/1e5'],
])('%s does not take %s', (template, path) => {
  expect(match(template, path)).toBeUndefined();
});

test.each([
  ['/api/x', 'must not begin with'],
  ['api//x', 'empty segment'],
  ['api/{x', 'braces do not match'],
  ['api/{a}-{b}', 'is not offered'],
  ['api/{*rest}/x', 'must come last'],
  ['api/{a?}/x', 'optional parameters only'],
  ['api/{a}/{A}', 'appears twice'],
  ['api/{a:datetime}', 'constraint "datetime" is not offered'],
  ['api/{a:range(1)}', 'constraint "range(1)" is not offered'],
])('%s is refused: %s', (template, reason) => {
  expect(() => parseRoute(template)).toThrow(reason);
});
