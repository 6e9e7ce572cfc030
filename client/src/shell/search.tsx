import { useRef, useState } from 'preact/hooks';
import type { SearchHit } from '../../../server/contract/wire.ts';
import { t, term } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { select } from '../state/filter-actions.ts';
import type { SelectionKind } from '../state/selection.ts';
import { Combobox } from '../ui/combobox.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { type SearchResults, useSearch } from '../ui/use-search.ts';

type Found = SearchHit;

const pointZoom = 13.5;
const icons: Record<Found['kind'], IconName> = { unit: 'gaps', site: 'sites', node: 'connectivity' };

/** A unit is selected as what it is; one that is neither commune nor district is only shown. */
function selectionKind({ kind, level }: Found): SelectionKind | null {
  if (kind !== 'unit') return kind;
  return level === 'commune' || level === 'district' ? level : null;
}

function open(app: AppContext, found: Found): void {
  const { bbox, lon, lat, id } = found;
  if (bbox && found.kind === 'unit') app.session.camera.value = { bbox };
  else if (lon !== null && lat !== null) app.session.camera.value = { point: { lon, lat, zoom: pointZoom } };
  const kind = selectionKind(found);
  if (kind) select(app, { kind, id });
}

function statusText({ status, items }: SearchResults, text: string): string {
  if (status === 'failed') return t('app.error');
  if (status === 'loading') return items.length > 0 ? '' : t('app.loading');
  if (status === 'idle') return '';
  return items.length > 0 ? t('search.count', { count: items.length }) : t('search.none', { text: text.trim() });
}

/** Finds units, sites and nodes by accent-free text. */
export function Search({ app }: { app: AppContext }) {
  const [text, setText] = useState('');
  const results = useSearch(app, text);
  const byKey = useRef(new Map<string, Found>());
  byKey.current = new Map(results.items.map((found) => [`${found.kind}:${found.id}`, found]));
  return (
    <Combobox
      label={t('search.label')}
      placeholder={t('search.placeholder')}
      clearLabel={t('search.clear')}
      text={text}
      status={statusText(results, text)}
      items={results.items.map((found) => ({
        key: `${found.kind}:${found.id}`,
        text: found.name,
        content: (
          <>
            <Icon name={icons[found.kind]} />
            <span class="found">
              <strong>{found.kind === 'unit' ? found.name : `${found.code} · ${found.name}`}</strong>
              <small>
                {found.kind === 'node'
                  ? term('node', found.detail)
                  : [t(`search.${found.kind}`), found.detail].filter(Boolean).join(' · ')}
              </small>
            </span>
          </>
        ),
      }))}
      onText={setText}
      onPick={(key) => {
        const found = byKey.current.get(key);
        if (!found) return;
        setText(found.kind === 'unit' ? found.name : found.code);
        open(app, found);
      }}
    />
  );
}
