// How a recorded request is told in the ids of this run.
import { createTranslation } from '../../../../proofs/conformance/kubernetes/translate';

const RECORDED_UID = '00000000-0000-4000-8000-000000000016';
const token = (rv: number): string =>
  Buffer.from(`{"v":"meta.k8s.io/v1","rv":${rv},"start":"/c-0\\u0000"}`).toString('base64url');

describe('a recorded request', () => {
  test('names the ids that earlier answers had at the same places', () => {
    const translation = createTranslation();
    translation.learn(
      { items: [{ metadata: { uid: RECORDED_UID } }] },
      { items: [{ metadata: { uid: 'ours' } }] },
    );
    expect(translation.apply(`{"uid":"${RECORDED_UID}"}`, '9')).toBe('{"uid":"ours"}');
  });

  test('names our version where it was met, and the present one where it was not', () => {
    const translation = createTranslation();
    translation.learn({ metadata: { resourceVersion: '283' } }, { metadata: { resourceVersion: '12' } });
    expect(translation.apply('/jobs?watch=1&resourceVersion=283', '40')).toBe(
      '/jobs?watch=1&resourceVersion=12',
    );
    expect(translation.apply('/jobs?watch=1&resourceVersion=300', '40')).toBe(
      '/jobs?watch=1&resourceVersion=40',
    );
    expect(translation.apply('{"resourceVersion":"283"}', '40')).toBe('{"resourceVersion":"12"}');
  });

  test('keeps the versions that mean themselves: any, the first, and one in the far future', () => {
    const translation = createTranslation();
    for (const version of ['0', '1', '999999999'])
      expect(translation.apply(`/jobs?resourceVersion=${version}`, '40')).toBe(
        `/jobs?resourceVersion=${version}`,
      );
  });

  test('goes on with a list at our version', () => {
    const translation = createTranslation();
    translation.mark('1933', '17');
    expect(translation.apply(`/jobs?limit=1&continue=${token(1933)}`, '40')).toBe(
      `/jobs?limit=1&continue=${token(17)}`,
    );
    expect(translation.apply('/jobs?limit=2&continue=garbage', '40')).toBe('/jobs?limit=2&continue=garbage');
  });
});
