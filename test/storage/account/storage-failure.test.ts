import { RetryableError, TerminalError } from '../../../domain/errors';
import { storageFailure } from '../../../storage/account/storage-failure';
import { createTableJobStore } from '../../../storage/rows/table-job-store';
import { type Azurite, AZURITE_KEY, startAzurite } from '../../support/azurite';
import { isolatedClients } from '../../support/isolated-clients';
import { testJobId } from '../../support/rows';

/** As the SDKs' RestError looks. */
function restError(fields: {
  statusCode?: number;
  code?: string;
  details?: { errorCode?: string; odataError?: { code: string } };
}): Error {
  return Object.assign(new Error('from the SDK'), { name: 'RestError', ...fields });
}

function classified(thrown: unknown): unknown {
  return storageFailure(thrown, 'insert a/b (table T)', { table: 'T', operation: 'insert' });
}

test.each([
  ['no answer', restError({ code: 'ECONNRESET' })],
  ['no answer and no code', restError({})],
  ['a time limit', Object.assign(new Error('aborted'), { name: 'AbortError' })],
  ['a broken socket', Object.assign(new Error('hang up'), { code: 'EPIPE' })],
  ['no token', Object.assign(new Error('IMDS'), { name: 'CredentialUnavailableError' })],
  ['an internal error', restError({ statusCode: 500, code: 'InternalError' })],
  ['a busy server', restError({ statusCode: 503, code: 'ServerBusy' })],
  ['throttling', restError({ statusCode: 429 })],
  ['a time-out', restError({ statusCode: 408 })],
  ['a broken body', restError({ statusCode: 200, code: 'PARSE_ERROR' })],
  [
    'a table on its way out',
    restError({ statusCode: 409, details: { odataError: { code: 'TableBeingDeleted' } } }),
  ],
  [
    'a table created but not yet seen',
    restError({ statusCode: 404, details: { errorCode: 'TableNotFound' } }),
  ],
])('%s may be repeated', (_, thrown) => {
  const failure = classified(thrown);
  expect(failure).toBeInstanceOf(RetryableError);
  expect(failure).toMatchObject({ cause: thrown, facts: { table: 'T', operation: 'insert' } });
});

test.each([
  [400, 'PropertyValueTooLarge'],
  [403, 'AuthorizationFailure'],
  [404, 'ResourceNotFound'],
  [409, 'EntityAlreadyExists'],
  [412, 'UpdateConditionNotSatisfied'],
  [413, 'RequestBodyTooLarge'],
])('%d %s is definite', (statusCode, code) => {
  const failure = classified(restError({ statusCode, details: { odataError: { code } } }));
  expect(failure).toBeInstanceOf(TerminalError);
  expect(failure).toMatchObject({
    message: expect.stringContaining(`refused to insert a/b (table T): ${statusCode} ${code}`) as string,
    facts: { status: statusCode, code },
  });
});

test.each([[new TypeError('a bug of ours')], [new TerminalError('said already')], ['a text']])(
  'what is not the store’s doing is handed back: %p',
  (thrown) => {
    expect(classified(thrown)).toBe(thrown);
  },
);

describe('with a wrong account key', () => {
  let azurite: Azurite;
  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterAll(() => azurite.stop());

  test('a read is refused with what to check, and the key stays out of the text', async () => {
    const wrongKey = Buffer.from('wrong').toString('base64');
    const clients = isolatedClients(azurite.connectionString.replace(AZURITE_KEY, wrongKey));
    const read = createTableJobStore(clients).read(testJobId(1));
    await expect(read).rejects.toThrow(TerminalError);
    await expect(read).rejects.toThrow(/403 .*check the account key/);
    await expect(read).rejects.not.toThrow(wrongKey);
  });
});
