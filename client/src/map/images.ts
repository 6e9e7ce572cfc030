import type { MapImage } from '../domain.ts';

/** Draws an image of the map in memory. */
export function drawImage(image: MapImage): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = image.width * image.pixelRatio;
  canvas.height = image.height * image.pixelRatio;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser gives no 2D canvas');
  context.scale(image.pixelRatio, image.pixelRatio);
  image.draw(context);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** A square of `side` pixels that repeats. */
const pattern = (id: string, side: number, draw: MapImage['draw']): MapImage => ({
  id,
  width: side,
  height: side,
  pixelRatio: 2,
  draw,
});

/** Horizontal lines that repeat without a seam on a square of `side` pixels: each dark with a light one below, seen on every colour. */
export function crossLines(
  id: string,
  side: number,
  [dark, light]: readonly [string, string],
  width: number,
): MapImage {
  return pattern(id, side, (context) => {
    const middle = side / 2;
    context.fillStyle = light;
    context.fillRect(0, middle, side, width);
    context.fillStyle = dark;
    context.fillRect(0, middle - width, side, width);
  });
}

/** Diagonal lines that repeat without a seam on a square of `side` pixels. */
export function hatch(id: string, side: number, colour: string, width: number, rising = true): MapImage {
  return pattern(id, side, (context) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    for (const shift of [-side, 0, side]) {
      context.beginPath();
      context.moveTo(shift, rising ? side : 0);
      context.lineTo(shift + side, rising ? 0 : side);
      context.stroke();
    }
  });
}
