import type { LineString, MultiLineString } from 'geojson';
import type { ComponentType } from 'preact';
import type { FibreNodeItem, FibreSpanItem } from '../../../../server/contract/wire.ts';
import { useResource } from '../../api/use-resource.ts';
import { distance, number, t, term } from '../../i18n/index.ts';
import { boundsOf } from '../../map/bounds.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import type { FailedPart } from '../../state/network-choice.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { InSight } from '../../ui/in-sight.tsx';

/** The closest zoom that a single point is shown at. */
const nodeZoom = 13;

type Course = LineString | MultiLineString;
/** One span as the API gives it by its id: with its course. */
type SpanAnswer = FibreSpanItem & { geometry: Course | null };

/** What another domain knows of the network. */
export interface FibreParts {
  /** What is lost when this is cut. */
  Cut: ComponentType<{ label: string; part: FailedPart }>;
  /** What, cut alone, isolates a district in the network looked at; null while that is not known. */
  singleCut: (span: number) => SingleCut | null;
}

/** The span itself, its route as a whole, or neither. */
export type SingleCut = 'span' | 'route' | 'none';

interface DetailsProps extends FibreParts {
  app: AppContext;
  id: number;
}

function SingleCutBadge({ by }: { by: SingleCut }) {
  return (
    <p>
      <Badge tone={by === 'none' ? 'good' : 'bad'}>{t(`fibre.bridge_${by}`)}</Badge>
    </p>
  );
}

function Head({ title, code, name, synthetic }: { title: string; code: string; name: string; synthetic: boolean }) {
  return (
    <>
      <p class="details-kind">{title}</p>
      <h2 class="details-title">
        {name || code} {name && <small>{code}</small>}
      </h2>
      {synthetic && (
        <p class="badges">
          <Badge>{t('app.synthetic')}</Badge>
        </p>
      )}
    </>
  );
}

function SpanInSight({ app, course }: { app: AppContext; course: Course | null }) {
  const bbox = boundsOf((course?.type === 'MultiLineString' ? course.coordinates.flat() : course?.coordinates) ?? []);
  return bbox ? <InSight app={app} camera={{ bbox }} /> : null;
}

export function SpanDetails({ app, id, Cut, singleCut }: DetailsProps) {
  const resource = useResource<SpanAnswer>(
    app.api,
    `/fibre/spans/${id}?at=${app.day.value}`,
    app.reachability.recoveries,
  );
  return (
    <AsyncView resource={resource}>
      {(span) => {
        const inService = span.status === 'operational';
        return (
          <>
            <SpanInSight app={app} course={span.geometry} />
            <Head title={t('fibre.span')} {...span} />
            {inService && (
              <SingleCutBadge by={singleCut(id) ?? (span.bridge ? (span.route_group ? 'route' : 'span') : 'none')} />
            )}
            <Facts
              items={[
                [t('fibre.from_to'), `${span.start_node} – ${span.end_node}`],
                [t('fibre.length'), distance(span.length_m)],
                [t('fibre.deployment'), term('deployment', span.deployment ?? 'unknown')],
                [t('fibre.route_group'), span.route_group],
                [t('fibre.fibres'), span.fibre_count === null ? null : number(span.fibre_count)],
                [t('fibre.operator'), span.operator && operatorName(app, span.operator)],
                [t('fibre.network'), span.network],
                [t('filter.status'), term('span_status', span.status)],
              ]}
            />
            {inService ? (
              <>
                <Cut key={`span${id}`} label={t('fibre.cut')} part={{ kind: 'span', id: String(span.id) }} />
                {span.route_group && (
                  <Cut key={`group${id}`} label={t('fibre.cut_group')} part={{ kind: 'group', id: span.route_group }} />
                )}
              </>
            ) : (
              <p class="hint">{t('fibre.not_in_service')}</p>
            )}
          </>
        );
      }}
    </AsyncView>
  );
}

export function NodeDetails({ app, id, Cut }: DetailsProps) {
  const resource = useResource<FibreNodeItem>(
    app.api,
    `/fibre/nodes/${id}?at=${app.day.value}`,
    app.reachability.recoveries,
  );
  const units = [
    ...(app.reference.districts.state.value.data?.items ?? []),
    ...(app.reference.communes.state.value.data?.items ?? []),
  ];
  return (
    <AsyncView resource={resource}>
      {(node) => (
        <>
          <InSight app={app} camera={{ point: { lon: node.lon, lat: node.lat, zoom: nodeZoom } }} />
          <Head title={term('node', node.kind)} {...node} />
          <Facts
            items={[
              [
                t('fibre.serves'),
                node.serves_unit_code &&
                  (units.find((unit) => unit.code === node.serves_unit_code)?.name ?? node.serves_unit_code),
              ],
              [t('fibre.operator'), node.operator && operatorName(app, node.operator)],
              [t('fibre.network'), node.network],
              [t('filter.status'), term('span_status', node.status)],
              [t('sites.wgs84'), `${node.lat.toFixed(6)}, ${node.lon.toFixed(6)}`],
            ]}
          />
          {node.status === 'operational' ? (
            <Cut key={`node${id}`} label={t('fibre.cut_node')} part={{ kind: 'node', id: String(node.id) }} />
          ) : (
            <p class="hint">{t('fibre.not_in_service')}</p>
          )}
        </>
      )}
    </AsyncView>
  );
}
