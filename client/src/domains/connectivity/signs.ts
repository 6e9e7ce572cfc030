import type { DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import type { MapImage } from '../../domain.ts';
import { connectivityColours, palette } from '../../map/palette.ts';

type Status = DistrictConnectivity['status'];

const side = 26;

/** The outline of each sign on a 26 px square; the shape alone tells the status. */
export const signPaths: Record<Status, string> = {
  none: 'M8 3h10l5 5v10l-5 5H8l-5-5V8Z',
  single: 'M13 3 24 22.500H2Z',
  dual: 'M13 2.500a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21Z',
};

/** What stands in it: a cross, one line, two lines. */
export const markPaths: Record<Status, string> = {
  none: 'M9.5 9.500l7 7m0-7-7 7',
  single: 'M13 11v7',
  dual: 'M10.3 8.500v9m5.4-9v9',
};

export const signName = (status: Status): string => `connectivity-${status}`;

/** The sign of a planned span on 28 by 36 pixels: a head for its number, and a tip at the middle of the span. */
export const planPath = 'M14 34 10.5 24.4A11 11 0 1 1 17.5 24.4Z';
/** Pixels from the foot of the sign up to the middle of its head. */
export const planHeadAbove = 22;
export const planImage = (isChosen: boolean): string => (isChosen ? 'connectivity-plan-chosen' : 'connectivity-plan');

const planImages: readonly MapImage[] = [false, true].map((isChosen) => ({
  id: planImage(isChosen),
  width: 28,
  height: 36,
  pixelRatio: 2,
  draw(context) {
    const sign = new Path2D(planPath);
    context.lineJoin = 'round';
    context.strokeStyle = '#ffffff';
    context.lineWidth = 4;
    context.stroke(sign);
    context.fillStyle = isChosen ? palette.selection : palette.plan;
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- fill of a canvas path, not of an array
    context.fill(sign);
  },
}));

const statusImages: readonly MapImage[] = (['none', 'single', 'dual'] as const).map((status) => ({
  id: signName(status),
  width: side,
  height: side,
  pixelRatio: 2,
  draw(context) {
    const sign = new Path2D(signPaths[status]);
    context.lineJoin = 'round';
    context.lineCap = 'round';
    context.strokeStyle = '#ffffff';
    context.lineWidth = 3;
    context.stroke(sign);
    context.fillStyle = connectivityColours[status];
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- fill of a canvas path, not of an array
    context.fill(sign);
    context.lineWidth = 2.6;
    context.strokeStyle = status === 'single' ? '#1c1c1c' : '#ffffff';
    context.stroke(new Path2D(markPaths[status]));
  },
}));

/** The signs of the map, drawn from the same paths as the legend. */
export const signImages: readonly MapImage[] = [...statusImages, ...planImages];
