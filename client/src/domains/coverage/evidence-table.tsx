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

function Declared({ item }: { item: EvidenceItem }) {
  const { declared } = item;
  if (!declared) return <td class="coverage-nothing">–</td>;
  const yes = declared.pct_pop === null ? t('evidence.yes') : percent(declared.pct_pop);
  return (
    <td>
      {declared.covered ? yes : t('evidence.no')}
      <small class="coverage-day" title={declared.source}>
        {day(declared.as_of)}
      </small>
    </td>
  );
}

function Measured({ item }: { item: EvidenceItem }) {
  const { measured } = item;
  if (!measured) return <td class="coverage-nothing">–</td>;
  return (
    <td>
      {t('evidence.points', { below: measured.below, points: measured.points })}
      <small>{t('evidence.median', { level: dbm(measured.median_dbm) })}</small>
    </td>
  );
}

/** Below the row: how far the model is from the measurements, and what does not agree. */
function NoteRow({ item, kinds }: { item: EvidenceItem; kinds: readonly DisagreementKind[] }) {
  const { mean_error_db: mean = null, sd_error_db: sd = null } = item.measured ?? {};
  if (mean === null && kinds.length === 0) return null;
  return (
    <tr class={kinds.length > 0 ? 'coverage-note-row coverage-differs' : 'coverage-note-row'}>
      <td colSpan={4}>
        {mean !== null && <small>{t('evidence.error', { mean: signed(mean), sd: number(sd, 1) })}</small>}
        {kinds.map((kind) => (
          <small key={kind} class="coverage-disagreement">
            <Icon name="warning" size={14} /> {t(`disagreement.${kind}`)}
          </small>
        ))}
      </td>
    </tr>
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
    <>
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
        <Declared item={item} />
        <Measured item={item} />
      </tr>
      <NoteRow item={item} kinds={kinds} />
    </>
  );
}

interface EvidenceTableProps {
  app: AppContext;
  data: CoverageData;
  commune: CommuneEvidence;
  /** The technology that stands first: the one that is looked at. */
  first: string;
}

/** By technology, the one looked at first. */
function byTechnology(items: readonly EvidenceItem[], first: string): [technology: string, items: EvidenceItem[]][] {
  const groups = new Map<string, EvidenceItem[]>([[first, []]]);
  for (const item of items) groups.set(item.technology, [...(groups.get(item.technology) ?? []), item]);
  return [...groups].filter(([, group]) => group.length > 0);
}

/** Operator × technology: what is modelled, declared and measured, with what does not agree marked. */
export function EvidenceTable({ app, data, commune, first }: EvidenceTableProps) {
  const differing = useAnswer<DisagreementList>(
    app,
    `/coverage/disagreements?at=${app.day.value}&commune=${commune.code}&limit=100`,
  );
  const marks = marksOf(differing.state.value.data, commune.id);
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
          {byTechnology(commune.items, first).map(([technology, items]) => (
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
