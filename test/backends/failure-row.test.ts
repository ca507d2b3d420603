import { type FailureTable, reasonBy } from '../../backends/failure-row';

const TABLE: FailureTable = [
  { shown: 'cores', text: /cores exceeded/i, reason: 'quota', advice: 'Ask for more.', source: 'a test' },
  { shown: 'anything else', reason: 'capacity', source: 'a test' },
];

describe('the message of a failure', () => {
  test.each([
    ['Cores exceeded', 'It says: Cores exceeded. Ask for more.'],
    ['Cores exceeded.', 'It says: Cores exceeded. Ask for more.'],
    ['Cores exceeded!', 'It says: Cores exceeded! Ask for more.'],
    ['No node', 'It says: No node'],
    [' ', 'It says: the platform said no more'],
  ])('of "%s" is what was shown, and the advice as a sentence of its own', (text, message) => {
    expect(reasonBy(TABLE, text, (shown) => `It says: ${shown}`).message).toBe(message);
  });
});
