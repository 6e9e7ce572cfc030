import type { ComponentType } from 'preact';
import type { DistrictConnectivity, DistrictConnectivityList } from '../../../../server/contract/connectivity.ts';
import { day, number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { selectAndShow } from '../../state/filter-actions.ts';
import { type NetworkSection, ratesQuery } from '../../state/network-choice.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { NetworkChooser } from './chooser.tsx';
import type { ConnectivityData } from './data.ts';
import { ExportLinks } from './export-links.tsx';
import { FiguresSection } from './figures.tsx';
import { StatusSign } from './legend.tsx';
import { CommunesSection, SitesSection } from './places.tsx';
import { PlanSection } from './plan.tsx';
import { RisksSection } from './risks.tsx';
import { TopologySection } from './topology.tsx';

const order = { none: 0, single: 1, dual: 2 } as const;

/** The worst first: those are what a planner looks for. */
function byNeed(items: readonly DistrictConnectivity[]): DistrictConnectivity[] {
  return [...items].sort((a, b) => order[a.status] - order[b.status] || a.code.localeCompare(b.code));
}

function Totals({ totals }: { totals: DistrictConnectivityList['totals'] }) {
  return (
    <>
      <p class="lead" aria-live="polite">
        {totals.on_fibre === 0 ? t('network.districts_none', totals) : t('connectivity.summary', totals)}
      </p>
      <ul class="status-counts">
        {(['dual', 'single', 'none'] as const).map((status) => (
          <li key={status}>
            <StatusSign status={status} />
            <strong>{number(totals[status])}</strong>
            <span>{t(`connectivity.${status}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function DistrictRow({ app, item, selected }: { app: AppContext; item: DistrictConnectivity; selected: boolean }) {
  const [first, second] = item.paths;
  const lengths = [first, second]
    .filter((path) => path !== undefined)
    .map((path) => t('connectivity.path_value', { length: number(path.length_km, 1), hops: path.hops }));
  const cuts =
    item.bridges.length > 0 ? t('connectivity.bridges', { count: item.bridges.length }) : t('connectivity.no_bridges');
  return (
    <li>
      <button
        type="button"
        class="row row-signed"
        aria-current={selected ? 'true' : undefined}
        onClick={() => selectAndShow(app, { kind: 'district', id: item.id })}
      >
        <StatusSign status={item.status} />
        <span class="row-body">
          <span class="row-top">
            <strong>{item.name}</strong>
            <span class="row-name">{t(`connectivity.${item.status}`)}</span>
          </span>
          {lengths.length > 0 && <span class="row-middle">{lengths.join('  |  ')}</span>}
          {item.status === 'single' && <span class="row-bottom">{cuts}</span>}
        </span>
      </button>
    </li>
  );
}

/** A sentence of the server, its days written as the page writes them. */
const withDays = (text: string): string => text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => day(date));

interface SectionProps {
  app: AppContext;
  data: ConnectivityData;
}

function DistrictsSection({ app, data }: SectionProps) {
  return (
    <AsyncView resource={data.districts} lines={8}>
      {(list) => (
        <>
          {list.items.length === 0 ? <p class="empty">{t('network.empty')}</p> : <Totals totals={list.totals} />}
          {list.district_note && <p class="hint">{withDays(list.district_note)}</p>}
          {list.items.length > 0 && (
            <ExportLinks
              app={app}
              kind="connectivity"
              what={t('connectivity.title')}
              query={`${data.subject.value}${ratesQuery(data.choice.value)}`}
              count={list.items.length}
            />
          )}
          <ul class="plain-list">
            {byNeed(list.items).map((item) => (
              <DistrictRow key={item.id} app={app} item={item} selected={data.selected.value?.id === item.id} />
            ))}
          </ul>
        </>
      )}
    </AsyncView>
  );
}

const sections: Record<NetworkSection, ComponentType<SectionProps>> = {
  districts: DistrictsSection,
  communes: CommunesSection,
  sites: SitesSection,
  risks: RisksSection,
  plan: PlanSection,
  figures: FiguresSection,
  topology: TopologySection,
};

/** Who is on fibre, what one cut takes away, the cheapest way to be safe, and the network's figures and faults. */
export function ConnectivityPanel({ app, data }: SectionProps) {
  const Section = sections[data.choice.value.part];
  return (
    <>
      <NetworkChooser app={app} />
      <Section app={app} data={data} />
    </>
  );
}
