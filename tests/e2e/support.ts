/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Spot } from './pixels.ts';

/** Only this file and pixels.ts know the browser driver; the specs speak of the map, the list and the search. */

/**
 * Parts of the browser beside the page. The driver's own list gives way to this one, so what matters of it is here again;
 * the last two are the address bar's pages, which every window would load: a quarter of the work of opening a page.
 */
const disabledFeatures = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  `--disable-features=${disabledFeatures.join(',')}`,
];

/** The software renderer draws slowly. */
const drawLimitMs = 60_000;

export const desktop = { width: 1400, height: 900 };
export const phone = { width: 390, height: 844 };

export interface View {
  zoom: number;
  lon: number;
  lat: number;
}

/** The server of all specs, and a browser of the specs of one file. */
export interface World {
  /** Address of the page, with a slash at the end. */
  url: string;
  browser: Browser;
  close(): Promise<void>;
}

/** Open it in `beforeAll`, close it in `afterAll`. */
export async function openWorld(): Promise<World> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: chromiumFlags,
  });
  return { url: inject('pageUrl'), browser, close: () => browser.close() };
}

/** GET a JSON answer of the API. */
export async function getJson<T>(world: World, path: string, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(new URL(`api/v1${path}`, world.url), { headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const body: T = await response.json();
  return body;
}

export interface OpenOptions {
  size?: { width: number; height: number };
  isPhone?: boolean;
  language?: string;
  prepare?: (page: Page) => Promise<unknown>;
}

export class MapPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #origin: string;
  /** Everything that should not happen on a page: errors, refused content, requests elsewhere. */
  readonly troubles: string[] = [];

  constructor(page: Page, context: BrowserContext, origin: string) {
    this.page = page;
    this.#context = context;
    this.#origin = origin;
    page.on('console', (message) => {
      const isNoise = message.text().includes('GL Driver Message');
      if ((message.type() === 'error' || message.type() === 'warning') && !isNoise) {
        this.troubles.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.troubles.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      const { protocol, origin: target } = new URL(request.url());
      if (/^https?:$/.test(protocol) && target !== this.#origin) this.troubles.push(`request to ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.troubles.push(`${response.status()} ${response.url()}`);
    });
  }

  /** Waits until the map has drawn everything it has asked for. */
  async drawn(): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const map = document.querySelector<HTMLElement>('.map');
        return (
          map?.dataset['map'] === 'ready' &&
          map.dataset['drawing'] === 'false' &&
          !document.querySelector('.async-stale, .skeleton')
        );
      },
      null,
      { timeout: drawLimitMs, polling: 100 },
    );
    // Labels and the legend settle one frame later.
    await this.page.waitForTimeout(400);
  }

  /** A picture of the map as it is on the screen, with what lies over it. */
  async picture(): Promise<Buffer> {
    return await this.page.locator('.map').screenshot();
  }

  /** Where places stand in `picture()`, those under the legend, buttons or details left out. */
  async spots<T extends { lon: number; lat: number }>(view: View, places: readonly T[]): Promise<(T & Spot)[]> {
    const box = await this.page.locator('.map').boundingBox();
    if (!box) throw new Error('the map has no size');
    const projected = places.map((place) => ({ ...place, ...project(view, place, box) }));
    const isFree = await this.page.evaluate(
      ({ spots, left, top }) =>
        spots.map(({ x, y }) => document.elementFromPoint(left + x, top + y)?.tagName === 'CANVAS'),
      { spots: projected.map(({ x, y }) => ({ x, y })), left: box.x, top: box.y },
    );
    const edge = 12;
    const isInside = ({ x, y }: Spot): boolean => x > edge && y > edge && x < box.width - edge && y < box.height - edge;
    return projected.filter((spot, index) => isInside(spot) && isFree[index]);
  }

  /** Clicks the map at a spot of `picture()`. */
  async clickMap({ x, y }: Spot): Promise<void> {
    await this.page.locator('.map canvas').click({ position: { x, y } });
  }

  get search(): Locator {
    return this.page.getByRole('combobox', { name: /Tìm|Search/ });
  }

  get details(): Locator {
    return this.page.getByRole('complementary');
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** The number of sites that the list says it has. */
  async listedSites(): Promise<number> {
    await this.page.locator('.async:not(.async-stale) [data-count=matched]').waitFor();
    return Number(await this.page.locator('[data-count=matched]').getAttribute('data-value'));
  }

  query(): URLSearchParams {
    return new URL(this.page.url()).searchParams;
  }

  /** Closes the page once the answers that a spec makes for it are made: one cut short would fail the whole run. */
  async close(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'wait' });
    await this.#context.close();
  }
}

/** 0 at the north edge of the world, 1 at the south. */
function mercatorY(degrees: number): number {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI);
}

/** Web Mercator with 512-pixel tiles, computed here and not asked from the map. */
function project(
  view: View,
  { lon, lat }: { lon: number; lat: number },
  size: { width: number; height: number },
): Spot {
  const world = 512 * 2 ** view.zoom;
  return {
    x: size.width / 2 + ((lon - view.lon) / 360) * world,
    y: size.height / 2 + (mercatorY(lat) - mercatorY(view.lat)) * world,
  };
}

/** Opens the page with a query such as `?tab=sites` and waits until it is drawn. */
export async function openPage(world: World, query: string, options: OpenOptions = {}): Promise<MapPage> {
  const context = await world.browser.newContext({
    viewport: options.size ?? (options.isPhone ? phone : desktop),
    ...(options.isPhone && { hasTouch: true, isMobile: true }),
    reducedMotion: 'reduce',
    locale: options.language ?? 'vi-VN',
  });
  const page = await context.newPage();
  const opened = new MapPage(page, context, new URL(world.url).origin);
  await options.prepare?.(page);
  await page.goto(new URL(query, world.url).href);
  await opened.drawn();
  return opened;
}

/** The address part for a view. */
export function viewQuery({ zoom, lon, lat }: View): string {
  return `view=${zoom}/${lon}/${lat}`;
}

/** Text of the page with every kind of space, also several, as one. */
export const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** A number as the Vietnamese page writes it. */
export const vietnamese = (value: number, digits = 0): string =>
  value.toLocaleString('vi-VN', { maximumFractionDigits: digits });
