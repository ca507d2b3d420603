import { createLineWindow } from '../../../domain/logs/line-window';

it('gives each line as often as it was added', () => {
  const window = createLineWindow();
  for (const line of ['a', 'b', 'a']) window.add(line);
  expect([window.take('a'), window.take('a'), window.take('a')]).toEqual([true, true, false]);
  expect(window.has('a')).toBe(true);
  expect(window.take('c')).toBe(false);
});

it('finds lines in any order, and a piece of one', () => {
  const window = createLineWindow();
  for (const line of ['first line', 'second line']) window.add(line);
  expect([window.take('second line'), window.take('first line')]).toEqual([true, true]);
  expect(window.hasPiece('st li')).toBe(true);
  expect(window.hasPiece('third')).toBe(false);
});

it('lets the oldest lines go when it is full', () => {
  const window = createLineWindow(10);
  for (const line of ['1234', '5678', '9012']) window.add(line);
  expect([window.has('1234'), window.has('5678'), window.has('9012')]).toEqual([false, true, true]);
});
