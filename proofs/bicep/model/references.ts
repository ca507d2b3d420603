// Which declared names a value leads to, directly.
import type { Expression } from '../parse/syntax';
import { partsOf } from './walk';

/** Names of the file's declarations; those of loops and lambdas hide them. */
export function namesIn(expression: Expression, hidden: readonly string[] = []): string[] {
  const own = ownName(expression);
  const inner = [...hidden, ...hiddenBy(expression)];
  const below = partsOf(expression).flatMap((part) =>
    namesIn(part, expression.kind === 'for' && part === expression.list ? hidden : inner),
  );
  return own === undefined || hidden.includes(own) ? below : [own, ...below];
}

function ownName(expression: Expression): string | undefined {
  if (expression.kind === 'variable' || expression.kind === 'nested') return expression.name.text;
  return expression.kind === 'call' && expression.base === undefined ? expression.name.text : undefined;
}

function hiddenBy(expression: Expression): string[] {
  if (expression.kind === 'lambda') return expression.params.map(({ text }) => text);
  if (expression.kind !== 'for') return [];
  return [expression.item.text, ...(expression.index === undefined ? [] : [expression.index.text])];
}
