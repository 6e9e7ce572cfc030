import type { ComponentChildren, ComponentType } from 'preact';
import type { SiteItem } from '../../../../server/contract/wire.ts';
import { t, term } from '../../i18n/index.ts';
import { type AppContext, operatorsByCode } from '../../state/app-context.ts';
import { districtNote } from '../../state/district-note.ts';
import { select } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import type { SitesData } from './data.ts';
import { SiteFilterForm, SiteTextFilter } from './filter-form.tsx';

const rowHeight = 74;
const siteZoom = 13;

interface SitesPanelProps {
  app: AppContext;
  data: SitesData;
  /** Parts of other rooms, put in by main: the conditions common to all lists, and the export buttons. */
  CommonFilter: ComponentType<{ children?: ComponentChildren }>;
  ExportBar: ComponentType<{ count: number }>;
}

function OperatorMarks({ app, codes }: { app: AppContext; codes: readonly string[] }) {
  const known = operatorsByCode(app);
  return (
    <span class="operator-marks">
      {codes.map((code) => (
        <span key={code} class="operator-mark">
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="4.5" fill={known.get(code)?.colour ?? '#546e7a'} />
          </svg>
          {known.get(code)?.name ?? code}
        </span>
      ))}
    </span>
  );
}

function SiteRow({ app, site, selected }: { app: AppContext; site: SiteItem; selected: boolean }) {
  const open = (): void => {
    app.session.camera.value = { point: { lon: site.lon, lat: site.lat, zoom: siteZoom } };
    select(app, { kind: 'site', id: site.id });
  };
  const place = [site.commune_name, site.district_name].filter(Boolean).join(', ');
  return (
    <button type="button" class="row" aria-current={selected ? 'true' : undefined} onClick={open}>
      <span class="row-top">
        <strong>{site.code}</strong>
        <span class="row-name">{site.name}</span>
        {site.status !== 'active' && <Badge tone="warn">{term('status', site.status)}</Badge>}
      </span>
      <span class="row-middle">{place || site.address}</span>
      <span class="row-bottom">
        <OperatorMarks app={app} codes={site.operators} />
        <span class="technologies">{site.technologies.join(' ')}</span>
      </span>
    </button>
  );
}

function Empty() {
  return (
    <div class="empty">
      <p>{t('sites.empty')}</p>
      <p class="hint">{t('sites.empty_hint')}</p>
    </div>
  );
}

function SiteRows({ app, data, total }: { app: AppContext; data: SitesData; total: number }) {
  const items = data.items.value;
  const { selection } = app.url.state.value;
  const selectedId = selection?.kind === 'site' ? selection.id : null;
  return (
    <>
      <VirtualList
        label={t('sites.list')}
        count={items.length}
        total={total}
        estimateHeight={rowHeight}
        itemKey={(index) => items[index]?.id ?? index}
        onEnd={data.loadMore}
        activeIndex={selectedId === null ? -1 : items.findIndex((site) => site.id === selectedId)}
        renderItem={(index) => {
          const site = items[index];
          return site && <SiteRow app={app} site={site} selected={site.id === selectedId} />;
        }}
      />
      {items.length < total && (
        <div class="list-end">
          <span>{t('sites.loaded', { loaded: items.length, total })}</span>
          <Button onClick={data.loadMore} disabled={data.more.value === 'loading'}>
            {data.more.value === 'loading' ? t('app.loading') : t('sites.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Filter, counts, export and list of sites: all by the one filter. */
export function SitesPanel({ app, data, CommonFilter, ExportBar }: SitesPanelProps) {
  return (
    <>
      <FilterBox>
        <CommonFilter>
          <SiteTextFilter app={app} />
        </CommonFilter>
        <SiteFilterForm app={app} />
      </FilterBox>
      <AsyncView resource={data.first} lines={8}>
        {(list) => (
          <>
            <div class="list-head">
              <h2 class="list-count" aria-live="polite" data-count="matched" data-value={list.numberMatched}>
                {t('sites.count', { ...list.counts })}
              </h2>
              {list.district_note && <p class="hint">{districtNote(app)}</p>}
              <ExportBar count={list.numberMatched} />
            </div>
            {list.numberMatched === 0 ? <Empty /> : <SiteRows app={app} data={data} total={list.numberMatched} />}
          </>
        )}
      </AsyncView>
    </>
  );
}
