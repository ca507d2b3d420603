// Asks for a function key. It goes into the session's memory and is gone with the page.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface SignInProps {
  /** A key was given and the app did not take it. */
  readonly wasRefused: boolean;
  readonly onKey: (key: string) => void;
}

export function SignIn({ wasRefused, onKey }: SignInProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [wasRefused]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const key = field.current?.value.trim() ?? '';
    if (field.current !== null) field.current.value = '';
    if (key !== '') onKey(key);
  };
  return (
    <form class="card sign-in" onSubmit={submit}>
      <h1>Sign in</h1>
      <p>This deployment asks for a function key.</p>
      <label for="key">Function key</label>
      <input
        id="key"
        ref={field}
        type="password"
        autocomplete="off"
        spellcheck={false}
        aria-invalid={wasRefused}
        aria-describedby="key-hint"
      />
      <p id="key-hint" class={wasRefused ? 'error' : 'quiet'} role={wasRefused ? 'alert' : undefined}>
        {wasRefused
          ? 'The app does not take this key. Keys are listed by az functionapp keys list.'
          : 'It is kept in the memory of this page alone, until you reload or close it.'}
      </p>
      <button type="submit" class="primary">
        Sign in
      </button>
    </form>
  );
}
