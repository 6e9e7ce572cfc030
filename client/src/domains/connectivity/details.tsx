import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterBy } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { NetworkNote } from './chooser.tsx';
import type { ConnectivityData } from './data.ts';
import { StatusSign } from './legend.tsx';
import { PathsInSight, Resilience } from './resilience.tsx';

/** One district: status, paths to the core, and each cut that would isolate it. */
export function DistrictDetails({ app, data, id }: { app: AppContext; data: ConnectivityData; id: number }) {
  return (
    <AsyncView resource={data.districts}>
      {(list) => {
        const item = list.items.find((candidate) => candidate.id === id);
        if (!item) return <p class="empty">{t('app.not_found')}</p>;
        const unit = app.reference.districts.state.value.data?.items.find((candidate) => candidate.id === id);
        return (
          <>
            <PathsInSight app={app} item={item} itself={unit?.bbox ? { bbox: unit.bbox } : null} />
            <p class="details-kind">{t('filter.district')}</p>
            <h2 class="details-title">
              {item.name} <small>{item.code}</small>
            </h2>
            <p class="status-line">
              <StatusSign status={item.status} />
              {`${t(`connectivity.${item.status}`)}: ${t(`connectivity_hint.${item.status}`)}`}
            </p>
            {item.centre_name && <p class="hint">{`${t('connectivity.centre')}: ${item.centre_name}`}</p>}
            <NetworkNote app={app} />
            <Resilience app={app} item={item} />
            <Button
              icon="sites"
              onClick={() => {
                filterBy(app, { district: item.code });
                app.url.change({ tab: 'sites' });
              }}
            >
              {t('connectivity.show_sites')}
            </Button>
          </>
        );
      }}
    </AsyncView>
  );
}
