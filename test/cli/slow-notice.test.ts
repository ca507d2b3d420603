import type { Host } from '../../cli/host';
import { createPatientFetch } from '../../cli/slow-notice';

/** A host whose standard error is a file, and whose server answers when the test lets it. */
function stage(): { readonly host: Host; readonly written: string[]; readonly answer: () => void } {
  const written: string[] = [];
  let answer = (): void => undefined;
  const host = {
    stderr: { write: (text: string) => written.push(text) },
    fetch: () => new Promise<Response>((resolve) => (answer = () => resolve(new Response('')))),
  } as unknown as Host; // The notice reads only these members.
  return { host, written, answer: () => answer() };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('where standard error is no terminal, one line says that an answer is slow, once', async () => {
  const { host, written, answer } = stage();
  const ask = createPatientFetch(host, 'http://app.example');
  for (const path of ['jobs', 'placements']) {
    const answered = ask(`http://app.example/api/${path}`);
    jest.advanceTimersByTime(10_000);
    answer();
    await answered;
  }
  expect(written).toEqual(['Waiting for http://app.example to answer (for a minute at most)\n']);
});

test('no line is printed for a quick answer, nor for a request that asks to wait', async () => {
  const { host, written, answer } = stage();
  const ask = createPatientFetch(host, 'http://app.example');
  const quick = ask('http://app.example/api/jobs');
  jest.advanceTimersByTime(1_000);
  answer();
  await quick;
  const waiting = ask('http://app.example/api/jobs/x?wait=30');
  jest.advanceTimersByTime(20_000);
  answer();
  await waiting;
  expect(written).toEqual([]);
});
