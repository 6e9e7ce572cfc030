import { useEffect, useState } from 'preact/hooks';
import type { SearchHit } from '../../../server/contract/wire.ts';
import { ApiError } from '../api/api-error.ts';
import type { AppContext } from '../state/app-context.ts';

const typingPauseMs = 180;

export interface SearchResults {
  status: 'idle' | 'loading' | 'ready' | 'failed';
  items: readonly SearchHit[];
}

/** What a text finds, asked for when the typing pauses; an older answer never overtakes a newer one. */
export function useSearch(app: AppContext, text: string): SearchResults {
  const [results, setResults] = useState<SearchResults>({ status: 'idle', items: [] });
  const day = app.day.value;
  useEffect(() => {
    const query = text.trim();
    if (query === '') {
      setResults({ status: 'idle', items: [] });
      return undefined;
    }
    const controller = new AbortController();
    const find = async (): Promise<void> => {
      try {
        const path = `/search?q=${encodeURIComponent(query)}&at=${day}`;
        const { items } = await app.api.get<{ items: SearchHit[] }>(path, controller.signal);
        setResults({ status: 'ready', items });
      } catch (error) {
        if (error instanceof ApiError) setResults({ status: 'failed', items: [] });
      }
    };
    const timer = setTimeout(() => void find(), typingPauseMs);
    setResults((before) => ({ ...before, status: 'loading' }));
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [app, text, day]);
  return results;
}
