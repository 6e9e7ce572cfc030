import { computed, signal } from '@preact/signals';
import type { SourceSpecification } from 'maplibre-gl';
import { createRef } from 'preact';
import type { ClientDomain } from '../../domain.ts';
import { measureLayers, pathFeatures } from './layers.ts';
import { emptyPath, withClick } from './path.ts';
import { endMeasure, MeasureButton, MeasureCard, type MeasureState } from './tool.tsx';

/** Measuring on the map: a length along clicks, and the area once the line is closed. Nothing of it is kept. */
export function createMeasureDomain(): ClientDomain {
  const state: MeasureState = { isOn: signal(false), path: signal(emptyPath), button: createRef() };
  // The map compares data by identity: only a new path makes new data.
  const source = computed<SourceSpecification>(() => ({ type: 'geojson', data: pathFeatures(state.path.value) }));
  return {
    id: 'measure',
    sources: () => ({ measure: source.value }),
    layers: measureLayers,
    tool: {
      isOn: state.isOn,
      onClick({ lon, lat, isAt }) {
        const { points } = state.path.peek();
        const [first, last] = [points[0], points.at(-1)];
        state.path.value = withClick(state.path.peek(), [lon, lat], {
          atFirst: first !== undefined && isAt(first),
          atLast: last !== undefined && isAt(last),
        });
      },
      end: () => endMeasure(state),
      Button: () => <MeasureButton state={state} />,
      Card: () => <MeasureCard state={state} />,
    },
  };
}
