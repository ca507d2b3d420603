// The API for every component, and which answers it may take from a request that is over.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Api } from './calls';

export const ApiContext = createContext<Api | undefined>(undefined);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === undefined) throw new Error('No ApiContext is around this component.');
  return api;
}
