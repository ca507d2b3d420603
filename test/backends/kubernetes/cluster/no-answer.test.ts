// What Node's own errors become: a sentence, whether a repetition could help, whether something was sent.
import { leadsNowhere, noAnswer } from '../../../../backends/kubernetes/cluster/no-answer';
import { NotCarriedOut } from '../../../../backends/kubernetes/cluster/not-carried-out';
import { RetryableError, TerminalError } from '../../../../domain/errors';

const PRIVATE =
  ' The cluster is private: its host has an address only in its own virtual network. Let the app into that network and its DNS zone, or name a cluster with a public API server.';

/** As Node makes them. */
function nodeError(code: string, syscall?: string): Error {
  return Object.assign(new Error(`${syscall ?? ''} ${code}`), { code, ...(syscall && { syscall }) });
}

function told(error: unknown, host = 'api.example:6443', isTimedOut = false): Error {
  return noAnswer(error, {
    method: 'POST',
    url: new URL(`https://${host}/apis/batch/v1/namespaces/n/jobs?fieldValidation=Strict`),
    timeoutMs: 1_000,
    isTimedOut,
  });
}

const POST = 'POST /apis/batch/v1/namespaces/n/jobs.';

it.each([
  ['ECONNREFUSED', 'connect', 'refused the connection (ECONNREFUSED)'],
  ['ENOTFOUND', 'getaddrinfo', 'has no address (ENOTFOUND)'],
  ['EAI_AGAIN', 'getaddrinfo', 'has no address at the moment (EAI_AGAIN)'],
  ['ETIMEDOUT', 'connect', 'did not answer in time (ETIMEDOUT)'],
  ['EHOSTUNREACH', 'connect', 'can’t be reached (EHOSTUNREACH)'],
  ['ENETUNREACH', 'connect', 'can’t be reached (ENETUNREACH)'],
])('%s of a connection that never stood says that nothing was sent', (code, syscall, happened) => {
  const error = told(nodeError(code, syscall));
  expect(error).toBeInstanceOf(NotCarriedOut);
  expect(error.message).toBe(`The API server api.example:6443 ${happened}, so nothing was sent: ${POST}`);
});

it.each([
  ['ECONNRESET', 'read', 'broke the connection (ECONNRESET)'],
  ['EPIPE', 'write', 'broke the connection (EPIPE)'],
  ['ETIMEDOUT', 'read', 'did not answer in time (ETIMEDOUT)'],
  ['EHOSTUNREACH', 'read', 'can’t be reached (EHOSTUNREACH)'],
])('%s of a connection that stood says nothing of what was sent', (code, syscall, happened) => {
  const error = told(nodeError(code, syscall));
  expect(error).toBeInstanceOf(RetryableError);
  expect(error).not.toBeInstanceOf(NotCarriedOut);
  expect(error.message).toBe(`The API server api.example:6443 ${happened}: ${POST}`);
});

it('several addresses that all take no connection say that nothing was sent; one that broke off does not', () => {
  const refused = nodeError('ECONNREFUSED', 'connect');
  const both = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });
  expect(told(both)).toBeInstanceOf(NotCarriedOut);
  const mixed = Object.assign(new AggregateError([refused, nodeError('ECONNRESET', 'read')]), {
    code: 'ECONNRESET',
  });
  expect(told(mixed)).not.toBeInstanceOf(NotCarriedOut);
});

it('a time that ran out says nothing of what was sent, whatever Node was doing', () => {
  const error = told(nodeError('ECONNREFUSED', 'connect'), undefined, true);
  expect(error).not.toBeInstanceOf(NotCarriedOut);
  expect(error.message).toContain('did not answer within 1000 ms');
});

it('what has no code is told in its own words', () => {
  expect(told(new Error('socket hang up')).message).toBe(
    `The API server api.example:6443 gave no answer: socket hang up: ${POST}`,
  );
});

describe('a private cluster of AKS', () => {
  const HOSTS = [
    'gpu-1.abc.privatelink.westeurope.azmk8s.io',
    'gpu-1.sub.privatelink.westeurope.azmk8s.io',
    'gpu-1.private.westeurope.azmk8s.io',
  ];
  it.each(HOSTS)('%s that has no address here is named as one, for good', (host) => {
    const error = told(nodeError('ENOTFOUND', 'getaddrinfo'), host);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe(
      `The API server ${host} has no address here (ENOTFOUND), so nothing was sent: ${POST}${PRIVATE}`,
    );
  });

  it.each([
    ['ETIMEDOUT', 'connect'],
    ['EAI_AGAIN', 'getaddrinfo'],
  ])('is named as one where %s may pass', (code, syscall) => {
    const error = told(nodeError(code, syscall), HOSTS[0]);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message.endsWith(PRIVATE)).toBe(true);
  });

  it('is none whose name only sounds like one', () => {
    for (const host of ['private.example', 'gpu-private.hcp.westeurope.azmk8s.io'])
      expect(told(nodeError('ENOTFOUND', 'getaddrinfo'), host).message).not.toContain('private:');
  });
});

it.each(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
  'a certificate that is not trusted (%s) is no case for a repetition, and may mean a new authority',
  (code) => {
    const error = nodeError(code);
    expect(told(error)).toBeInstanceOf(TerminalError);
    expect(told(error).message).toContain(`does not trust (${code}), so nothing was sent: POST `);
    expect(leadsNowhere(error)).toBe(true);
  },
);
