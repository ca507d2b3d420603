// A part of the page whose code is loaded when it is first shown.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface LazyProps<Part> {
  /** The same function each time. */
  readonly load: () => Promise<Part>;
  readonly children: (part: Part) => JSX.Element;
}

export function Lazy<Part>({ load, children }: LazyProps<Part>): JSX.Element {
  const [loaded, setLoaded] = useState<{ readonly part: Part }>();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    load().then(
      (part) => setLoaded({ part }),
      () => setLost(true),
    );
  }, [load]);
  // A deployment of another version has other files.
  if (isLost)
    return <p class="error">This part of the page could not be loaded. Reload the page to try it again.</p>;
  return loaded === undefined ? <p class="quiet">Loading …</p> : children(loaded.part);
}
