// oxlint-disable unicorn/consistent-function-scoping -- what runs inside the page has to carry its helpers with it.
import type { Browser, Page } from 'playwright-core';

export interface Spot {
  x: number;
  y: number;
}

/** Two pictures of the same size, compared point by point. */
export interface Comparison {
  /** Share of all pixels that differ, 0–1. */
  changed: number;
  /** For each spot: how many pixels within the radius differ. */
  near: number[];
  /** Pixels that differ farther than the radius from every spot. */
  elsewhere: number;
}

interface CompareArguments {
  before: string;
  after: string;
  spots: Spot[];
  radius: number;
}

/** Runs inside an empty page: the browser decodes the pictures. */
async function compareInPage({ before, after, spots, radius }: CompareArguments): Promise<Comparison> {
  const read = async (base64: string): Promise<ImageData> => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [one, two] = [await read(before), await read(after)];
  const { width, height } = one;
  const differs = (x: number, y: number): boolean => {
    if (x < 0 || y < 0 || x >= width || y >= height) return false;
    const at = 4 * (y * width + x);
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) {
      sum += Math.abs((one.data[at + channel] ?? 0) - (two.data[at + channel] ?? 0));
    }
    return sum > 24;
  };
  const covered = new Uint8Array(width * height);
  const near = spots.map((spot) => {
    let count = 0;
    for (let y = Math.round(spot.y - radius); y <= spot.y + radius; y++) {
      for (let x = Math.round(spot.x - radius); x <= spot.x + radius; x++) {
        if (x >= 0 && y >= 0 && x < width && y < height) covered[y * width + x] = 1;
        if (differs(x, y)) count++;
      }
    }
    return count;
  });
  let all = 0;
  let elsewhere = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!differs(x, y)) continue;
      all++;
      if (covered[y * width + x] === 0) elsewhere++;
    }
  }
  return { changed: all / (width * height), near, elsewhere };
}

/** Runs inside an empty page: the colour at each spot as `#rrggbb`. */
async function coloursInPage({ image: base64, spots }: { image: string; spots: Spot[] }): Promise<string[]> {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0);
  return spots.map(({ x, y }) => {
    const { data } = context.getImageData(Math.round(x), Math.round(y), 1, 1);
    return `#${Array.from(data.slice(0, 3), (part) => part.toString(16).padStart(2, '0')).join('')}`;
  });
}

async function inEmptyPage<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage();
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

/** Compares two PNG pictures of the same size. */
export function comparePictures(
  browser: Browser,
  before: Buffer,
  after: Buffer,
  spots: Spot[] = [],
  radius = 4,
): Promise<Comparison> {
  const pictures = { before: before.toString('base64'), after: after.toString('base64'), spots, radius };
  return inEmptyPage(browser, (page) => page.evaluate(compareInPage, pictures));
}

/** The colours of a PNG picture at the spots. */
export function coloursAt(browser: Browser, image: Buffer, spots: Spot[]): Promise<string[]> {
  return inEmptyPage(browser, (page) => page.evaluate(coloursInPage, { image: image.toString('base64'), spots }));
}

/** The largest difference of a channel between two `#rrggbb` colours. */
export function colourDistance(a: string, b: string): number {
  const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [left, right] = [channels(a), channels(b)];
  return Math.max(...left.map((value, index) => Math.abs(value - (right[index] ?? 0))));
}
