// The frame around each page: sign-in, navigation, the reader's zone.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { createApi } from '../api/calls';
import { createSend } from '../api/request';
import { ApiContext } from '../api/use-api';
import type { Route } from '../route';
import { createSession } from '../session/session';
import { SignIn } from '../session/sign-in';
import { contentOf } from './content';
import { Navigation } from './navigation';
import { useRoute } from './use-route';
import { titleOf } from './views';
import { zoneInWords } from './zone';

export function App(): JSX.Element {
  const route = useRoute();
  const session = useMemo(createSession, []);
  const [asks, setAsks] = useState<'nothing' | 'key' | 'another key'>('nothing');
  const [signIns, setSignIns] = useState(0);
  const api = useMemo(
    () =>
      createApi(
        createSend(session, (hadKey) => {
          session.signOut();
          setAsks((old) => (hadKey ? 'another key' : old === 'nothing' ? 'key' : old));
        }),
      ),
    [session],
  );
  const signIn = (key: string): void => {
    session.signIn(key);
    setSignIns((n) => n + 1);
    setAsks('nothing');
  };
  const signOut = (): void => {
    session.signOut();
    setAsks('key');
  };
  if (asks !== 'nothing')
    return (
      <main class="page">
        <SignIn wasRefused={asks === 'another key'} onKey={signIn} />
      </main>
    );
  return (
    <ApiContext.Provider value={api}>
      <Navigation page={route.page} onSignOut={session.isSignedIn() ? signOut : undefined} />
      <PageOf key={signIns} route={route} />
      <footer class="page quiet">Times are those of {zoneInWords(new Date())}.</footer>
    </ApiContext.Provider>
  );
}

function PageOf({ route }: { readonly route: Route }): JSX.Element {
  const main = useRef<HTMLElement>(null);
  const place = route.page === 'job' ? route.id : route.page;
  const first = useRef(true);
  useEffect(() => {
    document.title = `${titleOf(route.page)} · GPU jobs`;
    // Whoever uses a keyboard or a screen reader goes on in what a link led to.
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [place]);
  return (
    <main class="page" ref={main} tabIndex={-1} key={place}>
      {contentOf(route)}
    </main>
  );
}
