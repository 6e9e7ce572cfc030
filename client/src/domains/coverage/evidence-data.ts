import { computed, type ReadonlySignal } from '@preact/signals';
import type { AdminUnit, Disagreement, DisagreementList, MeasurementList } from '../../../../server/contract/index.ts';
import { createPagedList, type PagedList } from '../../api/paged-list.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { EvidenceSubject } from '../../state/coverage-choice.ts';
import type { ClientFilter } from '../../state/filter.ts';
import { visibleGroups } from '../../state/layer-groups.ts';

const disagreementPageSize = 100;
/** The most that the API gives at once: the points of a commune are fewer. */
const mostPoints = 1_000;

export interface EvidenceData {
  /** What the list of disagreements and its export ask for. */
  query: ReadonlySignal<string>;
  disagreements: PagedList<Disagreement, DisagreementList>;
  /** The commune whose measured points are on the map; null when none is selected. */
  commune: ReadonlySignal<AdminUnit | null>;
  /** Whose points they are; null when no operator was chosen. */
  subject: ReadonlySignal<EvidenceSubject | null>;
  points: Resource<MeasurementList>;
}

/** Disagreements between what is declared, modelled and measured, and the measured points of the selected commune. */
export function createEvidenceData(
  app: AppContext,
  technology: ReadonlySignal<NonNullable<ClientFilter['technology']>>,
): EvidenceData {
  const { state } = app.url;
  const retry = app.reachability.recoveries;
  const query = computed(() => {
    const { filter, coverage } = state.value;
    const params = new URLSearchParams({ at: app.day.value });
    if (filter.operator) params.set('operator', filter.operator);
    if (filter.technology) params.set('technology', filter.technology);
    if (filter.district) params.set('district', filter.district);
    if (coverage.disagreement) params.set('kind', coverage.disagreement);
    return params.toString();
  });
  const disagreements = createPagedList<Disagreement, DisagreementList>(
    app.api,
    () =>
      state.value.tab === 'coverage' && state.value.coverage.section === 'disagreements'
        ? `/coverage/disagreements?${query.value}&limit=${disagreementPageSize}`
        : null,
    retry,
  );
  const commune = computed(() => {
    const { selection } = state.value;
    const units = app.reference.communes.state.value.data?.items ?? [];
    return selection?.kind === 'commune' ? (units.find((unit) => unit.id === selection.id) ?? null) : null;
  });
  const subject = computed((): EvidenceSubject | null => {
    const { filter, coverage } = state.value;
    if (coverage.evidence) return coverage.evidence;
    return filter.operator ? { operator: filter.operator, technology: technology.value } : null;
  });
  const points = createResource<MeasurementList>(
    app.api,
    () => {
      if (!commune.value || !subject.value || !visibleGroups(state.value).includes('measurements')) return null;
      const params = new URLSearchParams({ at: app.day.value, ...subject.value, commune: commune.value.code });
      return `/coverage/measurements?${params}&limit=${mostPoints}`;
    },
    retry,
  );
  return { query, disagreements, commune, subject, points };
}
