import type { CommuneCoverage } from '../../../../server/contract/wire.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { coverageRules, coverageSections } from '../../state/coverage-choice.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { SubjectFields } from './chooser.tsx';
import { CommuneTable } from './commune-table.tsx';
import { type CoverageData, chooseCoverage } from './data.ts';
import { DisagreementsSection } from './disagreements.tsx';
import { ExportLinks } from './export-links.tsx';
import { RunNote } from './run-note.tsx';
import { Totals } from './totals.tsx';
import { UnitsSection } from './units.tsx';

export interface CoveragePanelProps {
  app: AppContext;
  data: CoverageData;
}

/** What the map is coloured by: communes by one of the three rules, or the level of the signal. */
function PaintChoice({ app, data }: CoveragePanelProps) {
  const { rule, paint } = data.choice.value;
  return (
    <ChoiceRow
      label={t('coverage.paint')}
      value={paint === 'bands' ? paint : rule}
      options={[...coverageRules, 'bands' as const].map((value) => ({ value, label: t(`coverage.paint_${value}`) }))}
      onChange={(value) => {
        // What was chosen among the layers gives way: the wish is for the map.
        const coverage = {
          ...data.choice.peek(),
          ...(value === 'bands' ? { paint: value } : { rule: value, paint: 'rule' as const }),
        };
        app.url.change({ coverage, layers: null });
      }}
    />
  );
}

function SectionChoice({ app, data }: CoveragePanelProps) {
  return (
    <ChoiceRow
      label={t('coverage.sections')}
      hiddenLabel
      value={data.choice.value.section}
      options={coverageSections.map((value) => ({ value, label: t(`coverage.section_${value}`) }))}
      onChange={(section) => chooseCoverage(app, { section })}
    />
  );
}

function CommunesSection({ app, data, items }: CoveragePanelProps & { items: readonly CommuneCoverage[] }) {
  const { rule } = data.choice.value;
  const { district } = app.url.state.value.filter;
  if (items.length === 0) return <p class="empty">{t('coverage.empty')}</p>;
  const query = district ? `${data.subject.value}&district=${district}` : data.subject.value;
  return (
    <>
      {data.isComputed.value && <ExportLinks app={app} what="coverage" query={query} count={items.length} />}
      <CommuneTable key={rule} app={app} items={items} rule={rule} />
    </>
  );
}

/** Figures of coverage by commune and by unit, and where they do not agree with what is declared and measured. */
export function CoveragePanel({ app, data }: CoveragePanelProps) {
  const { section, rule } = data.choice.value;
  const { district } = app.url.state.value.filter;
  return (
    <>
      <FilterBox>
        <SubjectFields app={app} unions />
      </FilterBox>
      <PaintChoice app={app} data={data} />
      <AsyncView resource={district ? data.ofDistrict : data.communes} lines={8}>
        {(list) => (
          <>
            <SectionChoice app={app} data={data} />
            {section !== 'disagreements' && data.isComputed.value && (
              <Totals totals={list.totals} items={list.items} rule={rule} />
            )}
            <RunNote app={app} data={data} run={list.run} withJob />
            {section === 'communes' && <CommunesSection app={app} data={data} items={list.items} />}
          </>
        )}
      </AsyncView>
      {section === 'units' && <UnitsSection app={app} data={data} />}
      {section === 'disagreements' && <DisagreementsSection app={app} data={data} />}
    </>
  );
}
