// What the API server refuses of a body, in the recorded words.
import { recordedAnswer } from './recordings';
import { setStage } from './support';

test.each([
  'C06-create-ns-404',
  'C07-create-ns-mismatch-400',
  'C08-422-restartpolicy',
  'C09-422-no-containers',
  'C10-422-name',
  'C11-422-name-64',
  'C12-422-gpu-request-limit',
  'C13-422-gpu-request-only',
  'C14-422-gpu-fraction',
  'C15-422-no-image',
  'C16-env-name',
  'C17-unknown-field-strict-400',
  'C18-unknown-field-warn',
  'C20-400-bad-json',
  'C21-400-wrong-type',
  'C22-400-wrong-kind',
  'C23-415',
  'C24-406',
  'C34-podfailurepolicy-needs-never-422',
  'D01-secret-dockerconfigjson',
  'D02-secret-422',
  'D03-secret-bad-base64',
  'F06-list-fieldselector-bad',
  'F07-list-labelselector-bad',
  'F10-bad-continue',
  'F12-list-rv-too-large',
  'F13-list-rv-bad',
  'F19-watch-rv-bad',
  'F20-watch-sendinitial-no-match',
  'F26-pretty',
  'G11-patch-404',
  'H03-delete-404',
  'H07-delete-bad-policy',
  'O01-422-annotations-too-long',
  'O02-configmap-too-large',
  'O03-413-body-too-large',
])('%s is answered as recorded', async (id) => {
  expect(await setStage().play(id)).toEqual(recordedAnswer(id));
});
