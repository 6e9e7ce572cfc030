import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { CommuneCoverage, CommuneCoverageList, UnitCoverageList } from '../../../../server/contract/index.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { CoverageChoice } from '../../state/coverage-choice.ts';
import type { ClientFilter } from '../../state/filter.ts';
import { coverageTechnology } from '../../state/filter-actions.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { coverageClass } from './classes.ts';
import { createEvidenceData, type EvidenceData } from './evidence-data.ts';
import { createGapData, type GapData } from './gap-data.ts';
import { type CoverageJobs, createCoverageJobs } from './jobs.ts';

export interface CoverageData {
  choice: ReadonlySignal<CoverageChoice>;
  technology: ReadonlySignal<NonNullable<ClientFilter['technology']>>;
  /** Day, technology, operator or union as query parameters: lists, figures and exports ask for the same. */
  subject: ReadonlySignal<string>;
  communes: Resource<CommuneCoverageList>;
  /** Districts, and the province as their total; asked for when their section is open. */
  districts: Resource<UnitCoverageList>;
  province: Resource<UnitCoverageList>;
  /** Whether a run serves day and technology; true while that is not known yet. */
  isComputed: ReadonlySignal<boolean>;
  /** Whether the run has signal bands; true while that is not known yet. */
  hasBands: ReadonlySignal<boolean>;
  /** Those of the filtered district with its sums, also of an abolished one; the map has `communes`, all of them. */
  ofDistrict: Resource<CommuneCoverageList>;
  /** What list and legend show: the district filtered by, or the province. */
  shown: ReadonlySignal<readonly CommuneCoverage[]>;
  /** Class of each commune by the chosen rule, and whether anything is known of it. The same answer feeds map, legend and table: they cannot differ. */
  states: ReadonlySignal<ReadonlyMap<number, { cls: number; unknown: boolean }>>;
  gaps: GapData;
  evidence: EvidenceData;
  jobs: CoverageJobs;
}

/** Layer groups that show the communes of the subject, or which of them are unknown. */
const coloured: ReadonlySet<string> = new Set(['choropleth', 'coverage_area', 'gaps']);

/** Changes a part of what of coverage is looked at: a step that the back button undoes. */
export function chooseCoverage(app: AppContext, change: Partial<CoverageChoice>): void {
  app.url.change({ coverage: { ...app.url.state.peek().coverage, ...change } });
}

function createSubject(app: AppContext, technology: CoverageData['technology']): ReadonlySignal<string> {
  return computed(() => {
    const { filter, coverage } = app.url.state.value;
    const params = new URLSearchParams({ at: app.day.value, technology: technology.value });
    if (filter.operator) params.set('operator', filter.operator);
    else if (coverage.scope !== 'any') params.set('scope', coverage.scope);
    return params.toString();
  });
}

/** Coverage of the operator, or union of operators, and technology filtered by. */
export function createCoverageData(app: AppContext): CoverageData {
  const { state } = app.url;
  const retry = app.reachability.recoveries;
  const choice = computed(() => state.value.coverage);
  const technology = computed(() => coverageTechnology(state.value.filter.technology, app.day.value));
  const subject = createSubject(app, technology);
  const isWanted = computed(() => {
    const { tab, selection } = state.value;
    const isShown = visibleGroups(state.value).some((group) => coloured.has(group));
    return (
      isShown || tab === 'coverage' || tab === 'gaps' || selection?.kind === 'commune' || selection?.kind === 'gap'
    );
  });
  const communes = createResource<CommuneCoverageList>(
    app.api,
    () => (isWanted.value ? `/coverage/communes?${subject.value}` : null),
    retry,
  );
  const ofDistrict = createResource<CommuneCoverageList>(
    app.api,
    () => {
      const { district } = state.value.filter;
      return isWanted.value && district ? `/coverage/communes?${subject.value}&district=${district}` : null;
    },
    retry,
  );
  const isUnits = computed(() => state.value.tab === 'coverage' && choice.value.section === 'units');
  const unitsOf = (level: 'district' | 'province'): Resource<UnitCoverageList> =>
    createResource(app.api, () => (isUnits.value ? `/coverage/units?${subject.value}&level=${level}` : null), retry);
  const [districts, province] = [unitsOf('district'), unitsOf('province')];
  const answer = computed(() => communes.state.value.data);
  const items = computed(() => answer.value?.items ?? []);
  const evidence = createEvidenceData(app, technology);
  const gaps = createGapData(app, technology);
  const jobs = createCoverageJobs(app);
  effect(() => {
    if (app.session.dataChanges.value === 0) return;
    const lists = [
      communes,
      ofDistrict,
      districts,
      province,
      gaps.list.first,
      evidence.disagreements.first,
      evidence.points,
    ];
    untracked(() => lists.forEach((list) => list.reload()));
  });
  return {
    choice,
    technology,
    subject,
    communes,
    districts,
    province,
    isComputed: computed(() => {
      if (!answer.value) return true;
      const { run, items: all } = answer.value;
      return run !== null && !all.every((item) => item.unknown_reason === 'not_computed');
    }),
    hasBands: computed(() => !answer.value?.run || !answer.value.run.note),
    ofDistrict,
    shown: computed(() => {
      if (!state.value.filter.district) return items.value;
      return ofDistrict.state.value.data?.items ?? [];
    }),
    states: computed(
      () =>
        new Map(
          items.value.map((item) => [
            item.id,
            { cls: coverageClass(item, choice.value.rule), unknown: item.status === 'unknown' },
          ]),
        ),
    ),
    gaps,
    evidence,
    jobs,
  };
}
