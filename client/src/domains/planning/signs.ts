import type { PlannedChange, SuggestionKind } from '../../../../server/contract/planning.ts';
import type { MapImage } from '../../domain.ts';
import { hatch } from '../../map/images.ts';
import { planningColours } from '../../map/palette.ts';

export const signKinds = ['add', 'share', 'move', 'raise', 'remove', 'off'] as const;
export type SignKind = (typeof signKinds)[number];

/** A new station at a site of the inventory is shared; everything else is named by its kind. */
export const signOf = ({ kind, site_id }: PlannedChange): SignKind =>
  kind === 'add' && site_id !== undefined ? 'share' : kind;

/** What stands in the sign, on a 24 px square: it tells the kind without the colour. */
export const markPaths: Record<SignKind, string> = {
  add: 'M12 6.5v11M6.5 12h11',
  share: 'M9.5 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm5 0a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z',
  move: 'M5.5 12h13m-3-3 3 3-3 3m-7-6-3 3 3 3',
  raise: 'M12 18V6.500m-4 4 4-4 4 4',
  remove: 'm7.5 7.5 9 9m0-9-9 9',
  off: 'M12 6v6.500m-3.8-4.7a5.8 5.8 0 1 0 7.6 0',
};

const takesAway: ReadonlySet<SignKind> = new Set(['remove', 'off']);

export const signColour = (kind: SignKind): string =>
  takesAway.has(kind) ? planningColours.lost : planningColours.sign;
export const signImage = (kind: SignKind): string => `planning-sign-${kind}`;
export const lostPattern = 'planning-lost';
export const suggestionKinds = ['own', 'share', 'new'] as const satisfies readonly SuggestionKind[];
export const suggestionImage = (kind: string): string => `planning-suggestion-${kind}`;
/** Six-sided at a site of one's own, round on a mast of others, square on free ground. */
export const suggestionPaths: Record<SuggestionKind, string> = {
  own: 'M13 1.5 23.2 7.300v11.4L13 24.5 2.8 18.700V7.300Z',
  share: 'M13 2a11 11 0 1 0 0 22 11 11 0 0 0 0-22Z',
  new: 'M3 3h20v20H3Z',
};
export const spotImage = 'planning-spot';

const side = 24;
const rim = 4;

function drawSign(context: CanvasRenderingContext2D, kind: SignKind): void {
  context.translate(rim, rim);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  context.arc(side / 2, side / 2, side / 2 + 1, 0, 2 * Math.PI);
  context.fillStyle = signColour(kind);
  context.strokeStyle = '#ffffff';
  context.lineWidth = 2.5;
  context.stroke();
  context.fill();
  context.lineWidth = 2;
  context.stroke(new Path2D(markPaths[kind]));
}

function drawSuggestion(context: CanvasRenderingContext2D, kind: SuggestionKind): void {
  const path = new Path2D(suggestionPaths[kind]);
  context.strokeStyle = '#ffffff';
  context.lineWidth = 4;
  context.stroke(path);
  context.fillStyle = planningColours.suggestion;
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- fill of a canvas path, not of an array
  context.fill(path);
  context.strokeStyle = planningColours.suggestionRim;
  context.lineWidth = 1.8;
  context.stroke(path);
}

function drawSpot(context: CanvasRenderingContext2D): void {
  const cross = new Path2D('M14 2v7m0 10v7M2 14h7m10 0h7M14 8a6 6 0 1 0 0 12 6 6 0 0 0 0-12Z');
  for (const [colour, width] of [
    ['#ffffff', 5],
    [planningColours.spot, 2.4],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(cross);
  }
}

/** The signs of the map; legend and lists draw the same paths. */
export const planningImages: readonly MapImage[] = [
  ...signKinds.map((kind) => ({
    id: signImage(kind),
    width: side + 2 * rim,
    height: side + 2 * rim,
    pixelRatio: 2,
    draw: (context: CanvasRenderingContext2D) => drawSign(context, kind),
  })),
  ...suggestionKinds.map((kind) => ({
    id: suggestionImage(kind),
    width: 26,
    height: 26,
    pixelRatio: 2,
    draw: (context: CanvasRenderingContext2D) => drawSuggestion(context, kind),
  })),
  { id: spotImage, width: 28, height: 28, pixelRatio: 2, draw: drawSpot },
  hatch(lostPattern, 8, planningColours.lost, 1.6, false),
];
