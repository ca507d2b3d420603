import { readFile } from 'node:fs/promises';

import { queueAdvice } from '../../../functions/queues/queue-advice';

test.each([
  ['samples/tensorflow-mnist/gpu-deploy-aci.yaml', "a container group's YAML"],
  ['samples/tensorflow-mnist/kubernetes-job.yaml', 'a Kubernetes manifest'],
  ['samples/tensorflow-mnist/gpudeploy.json', 'an ARM template'],
  ['samples/tensorflow-mnist/job.yaml', 'a spec in YAML'],
])(
  '%s on the queue is named for what it is, with the advice that convert makes a spec of it',
  async (file, name) => {
    const text = await readFile(file, 'utf8');
    const advice = queueAdvice(text, file.endsWith('.json'));
    expect(advice).toContain(`It looks like ${name};`);
    expect(advice).toContain('`gpujobs convert FILE`');
  },
);

test('YAML that lost its line breaks on the way is named as YAML', async () => {
  const text = await readFile('samples/tensorflow-mnist/gpu-deploy-aci.yaml', 'utf8');
  expect(queueAdvice(text.replaceAll('\n', ''), false)).toContain('It looks like YAML;');
});

test.each([
  ['{"image":5}', true],
  ['{"id":"A234","source":"/s"}', true],
  ['hello there', false],
  ['note: that is all', true],
  ['', false],
])('of other content nothing is said: %s', (text, isJson) => {
  expect(queueAdvice(text, isJson)).toBeUndefined();
});
