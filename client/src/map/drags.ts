import type { LngLat, Map as MapLibreMap, MapMouseEvent, MapTouchEvent, Point } from 'maplibre-gl';
import type { Drag } from '../domain.ts';

/**
 * Lets features of the map be dragged with mouse or finger. `dragAt` gives what follows the feature at a point of the
 * screen; null: the map moves as ever.
 */
export function followDrags(map: MapLibreMap, dragAt: (point: Point) => Drag | null): { isDragging: () => boolean } {
  let current: Drag | null = null;

  const move = ({ lngLat }: { lngLat: LngLat }): void => current?.move([lngLat.lng, lngLat.lat]);
  const end = (): void => {
    map.off('mousemove', move);
    map.off('touchmove', move);
    map.getCanvas().classList.remove('map-canvas-dragging');
    const done = current;
    current = null;
    done?.end();
  };
  const begin = (event: MapMouseEvent | MapTouchEvent): boolean => {
    current = dragAt(event.point);
    // Otherwise the map would move under the finger.
    if (current) event.preventDefault();
    return current !== null;
  };

  map.on('mousedown', (event) => {
    if (event.originalEvent.button !== 0 || !begin(event)) return;
    map.getCanvas().classList.add('map-canvas-dragging');
    map.on('mousemove', move);
    // The button may be let go beside the map.
    document.addEventListener('mouseup', end, { once: true });
  });
  map.on('touchstart', (event) => {
    if (current || event.points.length !== 1 || !begin(event)) return;
    map.on('touchmove', move);
    map.once('touchend', end);
    map.once('touchcancel', end);
  });
  return { isDragging: () => current !== null };
}
