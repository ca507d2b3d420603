// The links to all pages.
import type { JSX } from 'preact';

import { hrefOf, type Route } from '../route';
import { VIEWS } from './views';

interface NavigationProps {
  readonly page: Route['page'];
  /** Undefined: nobody is signed in, because no key is asked for. */
  readonly onSignOut: (() => void) | undefined;
}

export function Navigation({ page, onSignOut }: NavigationProps): JSX.Element {
  return (
    <header class="bar">
      <a class="skip" href="#main" onClick={toMain}>
        Skip to the content
      </a>
      <nav aria-label="Pages">
        <strong class="brand">GPU jobs</strong>
        {VIEWS.map(({ route, title }) => (
          <a
            key={title}
            href={hrefOf(route)}
            aria-current={
              page === route.page || (page === 'job' && route.page === 'jobs') ? 'page' : undefined
            }
          >
            {title}
          </a>
        ))}
      </nav>
      {onSignOut !== undefined && (
        <button type="button" onClick={onSignOut}>
          Sign out
        </button>
      )}
    </header>
  );
}

/** The fragment is the route, so the link itself must not change it. */
function toMain(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector('main')?.focus();
}
