// The route of the page's address, followed as it changes.
import { useEffect, useState } from 'preact/hooks';

import { hrefOf, parseRoute, type Route } from '../route';

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const changed = (): void => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

export function goTo(route: Route): void {
  location.hash = hrefOf(route);
}

/** The same without an entry in the history: for filters, which change with each key. */
export function replaceRoute(route: Route): void {
  history.replaceState(null, '', hrefOf(route));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
