import type { CommuneEvidence, EvidenceItem } from '../../../../server/contract/index.ts';
import { number, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterBy } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { InSight } from '../../ui/in-sight.tsx';
import { coverageColour } from './classes.ts';
import type { CoverageData } from './data.ts';
import { EvidenceTable } from './evidence-table.tsx';
import { RunNote } from './run-note.tsx';
import { ClassSwatch } from './swatches.tsx';
import { useAnswer } from './use-answer.ts';
import { areaBand, atLeast, peopleBand, scopeText, shareText, subjectText, withoutTerrain } from './words.ts';

interface CommuneDetailsProps {
  app: AppContext;
  data: CoverageData;
  id: number;
}

/** A figure with the band about it below. */
function WithBand({ text, band }: { text: string; band: string | null }) {
  return (
    <>
      {text}
      {band && <small class="coverage-band">{band}</small>}
    </>
  );
}

function Figures({ item }: { item: EvidenceItem }) {
  const [population, area_km2] = [number(item.population), `${number(item.area_km2, 1)} km²`];
  const people = shareText(number(item.people_covered), population, item.pct_pop);
  const area = shareText(number(item.area_covered_km2, 1), area_km2, item.pct_area);
  const certainPeople = atLeast(item.pct_pop, item.people_at_least, [number(item.people_at_least), population]);
  const certainArea = atLeast(item.pct_area, item.area_at_least_km2, [number(item.area_at_least_km2, 1), area_km2]);
  const centre = item.centre_covered === null ? t('app.unknown') : t(item.centre_covered ? 'app.yes' : 'app.no');
  return (
    <Facts
      items={[
        [
          t('coverage.people'),
          <WithBand key="people" text={people} band={peopleBand(item.people_low, item.people_high) ?? certainPeople} />,
        ],
        [
          t('coverage.area'),
          <WithBand key="area" text={area} band={areaBand(item.area_low_km2, item.area_high_km2) ?? certainArea} />,
        ],
        [t('coverage.centre_covered'), centre],
        [t('coverage.unknown_reason'), item.unknown_reason && term('unknown_reason', item.unknown_reason)],
        [t('coverage.terrain'), withoutTerrain(item.pct_terrain)],
      ]}
    />
  );
}

/** The figures of whose measured points are looked at, else of the operator or union that the page is about. */
function selectOptionalFigures(
  app: AppContext,
  data: CoverageData,
  items: readonly EvidenceItem[],
): EvidenceItem | null {
  const { filter, coverage } = app.url.state.value;
  const { operator = filter.operator, technology = data.technology.value } = coverage.evidence ?? {};
  const found = items.find(
    (item) => item.technology === technology && (operator ? item.operator === operator : item.scope === coverage.scope),
  );
  return found ?? null;
}

function itemText(app: AppContext, { scope, operator, technology }: EvidenceItem): string {
  return t('coverage.legend_subject', { technology, operator: scopeText(app, scope, operator) });
}

function CommuneContent({ app, data, commune }: Omit<CommuneDetailsProps, 'id'> & { commune: CommuneEvidence }) {
  const item = selectOptionalFigures(app, data, commune.items);
  const unit = app.reference.communes.state.value.data?.items.find(({ id }) => id === commune.id);
  return (
    <>
      {unit?.bbox && <InSight app={app} camera={{ bbox: unit.bbox }} />}
      <p class="details-kind">{t('coverage.commune')}</p>
      <h2 class="details-title">
        {commune.name} <small>{[commune.code, unit?.parent_name].filter(Boolean).join(' · ')}</small>
      </h2>
      {item ? (
        <>
          <p class="status-line">
            <ClassSwatch colour={coverageColour(item, data.choice.value.rule)} />
            {`${term('coverage_status', item.status)} · ${itemText(app, item)}`}
          </p>
          <Figures item={item} />
        </>
      ) : (
        <p class="notice notice-info">{t('coverage.nothing_for', { subject: subjectText(app, data) })}</p>
      )}
      <EvidenceTable app={app} data={data} commune={commune} first={item?.technology ?? data.technology.value} />
      <RunNote app={app} data={data} run={commune.run} />
      <Button
        icon="sites"
        onClick={() => {
          filterBy(app, { commune: commune.code });
          app.url.change({ tab: 'sites' });
        }}
      >
        {t('coverage.show_sites')}
      </Button>
    </>
  );
}

/** One commune: numerators and denominators of the three rules, and what is declared and measured beside them. */
export function CommuneDetails({ app, data, id }: CommuneDetailsProps) {
  const evidence = useAnswer<CommuneEvidence>(app, `/coverage/communes/${id}?at=${app.day.value}`);
  return (
    <AsyncView resource={evidence} lines={8}>
      {(commune) => <CommuneContent app={app} data={data} commune={commune} />}
    </AsyncView>
  );
}
