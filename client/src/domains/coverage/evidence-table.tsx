import type { CommuneEvidence, DisagreementList, EvidenceItem } from '../../../../server/contract/index.ts';
import { day, number, percent, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { DisagreementKind } from '../../state/coverage-choice.ts';
import { Icon } from '../../ui/icon.tsx';
import { coverageColour } from './classes.ts';
import { type CoverageData, chooseCoverage } from './data.ts';
import { ClassSwatch } from './swatches.tsx';
import { useAnswer } from './use-answer.ts';
import { dbm, scopeText, signed } from './words.ts';

/** Kinds of disagreement by `operator technology`. */
type Marks = ReadonlyMap<string, readonly DisagreementKind[]>;

const keyOf = (item: { operator: string | null; technology: string }): string => `${item.operator} ${item.technology}`;

function marksOf(list: DisagreementList | null, communeId: number): Marks {
  const marks = new Map<string, DisagreementKind[]>();
  for (const item of list?.items ?? []) {
    if (item.commune_id !== communeId) continue;
    marks.set(keyOf(item), [...(marks.get(keyOf(item)) ?? []), item.kind]);
  }
  return marks;
}

function Disagreement({ kind }: { kind: DisagreementKind }) {
  return (
    <small class="coverage-disagreement">
      <Icon name="warning" size={14} /> {t(`disagreement.short_${kind}`)}
    </small>
  );
}

function Modelled({ data, item }: { data: CoverageData; item: EvidenceItem }) {
  const text = item.status === 'unknown' ? t('app.unknown') : percent(item.pct_pop);
  return (
    <td>
      <span class="status-line">
        <ClassSwatch colour={coverageColour(item, data.choice.value.rule)} /> {text}
      </span>
      {item.unknown_reason && <small>{term('unknown_reason', item.unknown_reason)}</small>}
    </td>
  );
}

function Declared({ item, kinds }: { item: EvidenceItem; kinds: readonly DisagreementKind[] }) {
  const { declared } = item;
  if (!declared) return <td class="coverage-nothing">–</td>;
  const yes = declared.pct_pop === null ? t('evidence.yes') : percent(declared.pct_pop);
  return (
    <td>
      {declared.covered ? yes : t('evidence.no')}
      <small title={declared.source}>{t('evidence.as_of', { date: day(declared.as_of) })}</small>
      {kinds.includes('claimed_not_modelled') && <Disagreement kind="claimed_not_modelled" />}
    </td>
  );
}

function Measured({ item, kinds }: { item: EvidenceItem; kinds: readonly DisagreementKind[] }) {
  const { measured } = item;
  if (!measured) return <td class="coverage-nothing">–</td>;
  const error = measured.mean_error_db;
  return (
    <td>
      {t('evidence.points', { below: measured.below, points: measured.points })}
      <small>{t('evidence.median', { level: dbm(measured.median_dbm) })}</small>
      {error !== null && (
        <small>
          {t('evidence.error', {
            mean: signed(error),
            sd: number(measured.sd_error_db, 1),
          })}
        </small>
      )}
      {kinds.includes('modelled_not_measured') && <Disagreement kind="modelled_not_measured" />}
    </td>
  );
}

interface RowProps {
  app: AppContext;
  data: CoverageData;
  item: EvidenceItem;
  kinds: readonly DisagreementKind[];
}

function EvidenceRow({ app, data, item, kinds }: RowProps) {
  const name = scopeText(app, item.scope, item.operator);
  const chosen = data.evidence.subject.value;
  const isChosen =
    item.operator !== null && item.operator === chosen?.operator && item.technology === chosen.technology;
  const { operator, technology } = item;
  return (
    <tr
      class={kinds.length > 0 ? 'coverage-differs' : ''}
      aria-current={isChosen && item.measured ? 'true' : undefined}
    >
      <th scope="row">
        {item.measured && operator ? (
          <button
            type="button"
            class="link"
            aria-label={t('evidence.show_points', { operator: name, technology })}
            onClick={() => chooseCoverage(app, { evidence: { operator, technology } })}
          >
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <Modelled data={data} item={item} />
      <Declared item={item} kinds={kinds} />
      <Measured item={item} kinds={kinds} />
    </tr>
  );
}

/** Operator × technology: what is modelled, declared and measured, with what does not agree marked. */
export function EvidenceTable({
  app,
  data,
  commune,
}: {
  app: AppContext;
  data: CoverageData;
  commune: CommuneEvidence;
}) {
  const differing = useAnswer<DisagreementList>(
    app,
    `/coverage/disagreements?at=${app.day.value}&commune=${commune.code}&limit=100`,
  );
  const marks = marksOf(differing.state.value.data, commune.id);
  const byTechnology = new Map<string, EvidenceItem[]>();
  for (const item of commune.items) {
    byTechnology.set(item.technology, [...(byTechnology.get(item.technology) ?? []), item]);
  }
  if (commune.items.length === 0) return null;
  return (
    <section>
      <h3>{t('evidence.title')}</h3>
      <div class="table-scroll">
        <table class="figures coverage-evidence">
          <caption class="visually-hidden">{t('evidence.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('filter.operator')}</th>
              <th scope="col">{t('evidence.modelled')}</th>
              <th scope="col">{t('evidence.declared')}</th>
              <th scope="col">{t('evidence.measured')}</th>
            </tr>
          </thead>
          {[...byTechnology].map(([technology, items]) => (
            <tbody key={technology}>
              <tr class="coverage-evidence-technology">
                <th colSpan={4} scope="rowgroup">
                  {technology}
                </th>
              </tr>
              {items.map((item) => (
                <EvidenceRow
                  key={`${item.scope} ${keyOf(item)}`}
                  app={app}
                  data={data}
                  item={item}
                  kinds={marks.get(keyOf(item)) ?? []}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}
