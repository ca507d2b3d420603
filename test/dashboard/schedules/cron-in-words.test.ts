import { cronInWords } from '../../../dashboard/schedules/cron-in-words';

test.each([
  ['* * * * *', 'every minute'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['0 * * * *', 'every hour'],
  ['5 * * * *', 'every hour, 5 min past'],
  ['0 3 * * *', 'every day at 03:00'],
  ['30 6 * * 1', 'on Monday at 06:30'],
  ['0 0 * * 7', 'on Sunday at 00:00'],
  ['0 22 * * mon-fri', 'Monday to Friday at 22:00'],
  ['0 9 1 * *', 'on day 1 of every month at 09:00'],
])('%j is "%s"', (cron, words) => {
  expect(cronInWords(cron)).toBe(words);
});

test.each([
  '*/7 * * * *',
  '0 3 1 * 1',
  '0 3 * 1 *',
  '0,30 3 * * *',
  '0 3 * * MON,TUE',
  '0 3 * * 1-2-3',
  '0 3 * * 1-x',
  '* 3 * * *',
  '0 3 * *',
  '',
])('%j is shown as it is: it says more than a few words do', (cron) => {
  expect(cronInWords(cron)).toBeUndefined();
});
