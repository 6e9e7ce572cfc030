import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classColours, coverageClass } from '../../client/src/domains/coverage/classes.ts';
import { palette } from '../../client/src/map/palette.ts';
import type {
  AdminUnit,
  CommuneCoverageList,
  DistrictConnectivityList,
  GapList,
  SiteList,
} from '../../server/contract/index.ts';
import { colourDistance, coloursAt, comparePictures } from './pixels.ts';
import { getJson, openPage, openWorld, type View, viewQuery, type World } from './support.ts';

/** The map is checked by its pixels: a layer is drawn where the data says it is, and nowhere else. */

const province: View = { zoom: 8.9, lon: 105.15, lat: 21.33 };
const town: View = { zoom: 11.5, lon: 105.38, lat: 21.33 };
const day = '2008-12-31';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A picture of the map with only these layer groups. */
async function picture(view: View, layers: string, more = `at=${day}`) {
  const opened = await openPage(world, `?tab=layers&${viewQuery(view)}&layers=${layers}&${more}`);
  return { opened, image: await opened.picture() };
}

describe('the map draws', () => {
  it('every commune in the colour of its class', async () => {
    const query = 'at=2026-11-01&technology=5G&operator=VIETTEL';
    const [{ opened, image }, coverage, units] = await Promise.all([
      picture(province, 'choropleth', query),
      getJson<CommuneCoverageList>(world, `/coverage/communes?${query}`),
      getJson<{ items: AdminUnit[] }>(world, '/admin-units?at=2026-11-01&level=commune&limit=1000'),
    ]);
    const centres = new Map(units.items.map((unit) => [unit.id, unit]));
    const places = coverage.items.flatMap((item) => {
      const { lon, lat } = centres.get(item.id) ?? { lon: null, lat: null };
      const expected = classColours[coverageClass(item)];
      return lon === null || lat === null || !expected ? [] : [{ lon, lat, expected }];
    });
    expect(places).toHaveLength(66 - coverage.totals.communes_unknown);
    const spots = await opened.spots(province, places);
    expect(spots.length).toBeGreaterThan(40);
    expect(new Set(spots.map((spot) => spot.expected)).size).toBeGreaterThan(2);
    const colours = await coloursAt(world.browser, image, spots);
    const wrong = spots.filter((spot, index) => colourDistance(spot.expected, colours[index] ?? '#000000') > 6);
    expect(wrong.map(({ lon, lat, expected }) => `${lon} ${lat} ${expected}`)).toEqual([]);
    await opened.close();
  });

  it('communes of which nothing is known grey and hatched, not as the lowest class', async () => {
    const opened = await openPage(world, `?tab=coverage&${viewQuery(province)}&at=${day}&layers=choropleth`, {
      prepare: (page) =>
        page.route('**/coverage/communes*', async (route) => {
          const answer: CommuneCoverageList = await (await route.fetch()).json();
          const items = answer.items.map((item) => ({
            ...item,
            status: 'unknown',
            pct_pop: null,
            people_covered: null,
          }));
          await route.fulfill({ json: { ...answer, items, run: null } });
        }),
    });
    const units = await getJson<{ items: AdminUnit[] }>(world, `/admin-units?at=${day}&level=commune&limit=1000`);
    const places = units.items.flatMap(({ lon, lat }) => (lon === null || lat === null ? [] : [{ lon, lat }]));
    const spots = await opened.spots(province, places);
    const colours = await coloursAt(world.browser, await opened.picture(), spots);
    for (const colour of colours) {
      const grey = Math.min(colourDistance(colour, palette.unknown), colourDistance(colour, palette.unknownHatch));
      expect(grey, colour).toBeLessThan(60);
      for (const known of classColours.slice(0, 1)) expect(colourDistance(colour, known)).toBeGreaterThan(20);
    }
    // Plain grey and the lines of the hatch both show.
    expect(new Set(colours).size).toBeGreaterThan(1);
    await expect.poll(() => opened.page.locator('.run-note, .notice-info').first().innerText()).toContain('chưa rõ');
    await opened.close();
  });

  it('each site where it stands, and nothing where there is none', async () => {
    const list = await getJson<SiteList>(world, `/sites?at=${day}&limit=1000`);
    expect(list.items).toHaveLength(400);
    const empty = await picture(town, 'none');
    const full = await picture(town, 'sites');
    const spots = await full.opened.spots(town, list.items);
    expect(spots.length).toBeGreaterThan(60);
    const { near, elsewhere } = await comparePictures(world.browser, empty.image, full.image, spots, 12);
    const missing = spots.filter((_, index) => (near[index] ?? 0) < 20);
    expect(missing.map((spot) => spot.code)).toEqual([]);
    expect(elsewhere).toBeLessThan(500);
    await empty.opened.close();
    await full.opened.close();
  });

  it('groups of sites at low zoom whose counts add up to the list', async () => {
    const { VectorTile } = await import('@mapbox/vector-tile');
    const { PbfReader } = await import('pbf');
    const response = await fetch(new URL(`tiles/sites/0/0/0.mvt?at=${day}`, world.url));
    const layer = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers['sites'];
    let sum = 0;
    for (let index = 0; index < (layer?.length ?? 0); index++) {
      const count = layer?.feature(index).properties['count'];
      sum += typeof count === 'number' ? count : 1;
    }
    expect(sum).toBe(400);
  });

  it('each span of the fibre network along its course', async () => {
    interface Spans {
      features: { properties: { code: string }; geometry: { coordinates: [number, number][] } }[];
    }
    const spans = await getJson<Spans>(world, `/fibre/spans?at=${day}&limit=1000`, { accept: 'application/geo+json' });
    const empty = await picture(province, 'none');
    const full = await picture(province, 'spans');
    const places = spans.features.flatMap(({ properties, geometry }) =>
      geometry.coordinates.slice(1).map(([lon, lat], index) => {
        const [fromLon, fromLat] = geometry.coordinates[index] ?? [lon, lat];
        return { code: properties.code, lon: (lon + fromLon) / 2, lat: (lat + fromLat) / 2 };
      }),
    );
    const spots = await full.opened.spots(province, places);
    const { near } = await comparePictures(world.browser, empty.image, full.image, spots, 5);
    const codes = new Set(spots.map((spot) => spot.code));
    const drawn = new Set(spots.filter((_, index) => (near[index] ?? 0) >= 4).map((spot) => spot.code));
    expect(codes.size).toBeGreaterThan(20);
    expect([...codes].filter((code) => !drawn.has(code))).toEqual([]);
    await empty.opened.close();
    await full.opened.close();
  });

  it('the sign of each district centre, and its name with every diacritic from our own font', async () => {
    const districts = await getJson<DistrictConnectivityList>(world, `/connectivity/districts?at=${day}`);
    const places = districts.items.flatMap(({ lon, lat, name }) =>
      lon === null || lat === null ? [] : [{ lon, lat, name }],
    );
    const empty = await picture(province, 'none');
    const signs = await picture(province, 'connectivity');
    const names = await picture(province, 'labels');
    const spots = await signs.opened.spots(province, places);
    expect(spots.length).toBeGreaterThan(8);
    const withSigns = await comparePictures(world.browser, empty.image, signs.image, spots, 9);
    for (const count of withSigns.near) expect(count).toBeGreaterThan(80);
    const withNames = await comparePictures(world.browser, empty.image, names.image, spots, 40);
    for (const count of withNames.near) expect(count).toBeGreaterThan(60);
    const fonts = await names.opened.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => entry.name)
        .filter((name) => name.includes('.woff2')),
    );
    expect(fonts.some((name) => name.includes('vietnamese-500'))).toBe(true);
    for (const { opened } of [empty, signs, names]) await opened.close();
  });

  it('gaps where the ranking says they are', async () => {
    const query = 'at=2026-11-01&technology=5G&operator=MOBIFONE';
    const gaps = await getJson<GapList>(world, `/coverage/gaps?${query}&limit=100`);
    const [largest] = gaps.items;
    expect(largest).toBeDefined();
    const empty = await picture(province, 'none', query);
    const full = await picture(province, 'gaps', query);
    const { changed } = await comparePictures(world.browser, empty.image, full.image);
    expect(changed).toBeGreaterThan(0.1);
    await empty.opened.close();
    await full.opened.close();
  });
});

describe('a click on the map', () => {
  it('on a site opens its details and keeps it in the address', async () => {
    const list = await getJson<SiteList>(world, `/sites?at=${day}&limit=1000`);
    const { opened } = await picture(town, 'sites,communes');
    const spots = await opened.spots(town, list.items);
    const lonely = spots.find((spot) =>
      spots.every((other) => other.id === spot.id || Math.hypot(other.x - spot.x, other.y - spot.y) > 40),
    );
    if (!lonely) throw new Error('every site has a near neighbour');
    await opened.clickMap(lonely);
    await opened.details.getByRole('heading', { name: new RegExp(lonely.code) }).waitFor();
    await expect.poll(() => opened.query().get('sel')).toBe(`site:${lonely.id}`);
    await opened.close();
  });

  it('on a commune beside the sites opens the commune: one handler each', async () => {
    const units = await getJson<{ items: AdminUnit[] }>(world, `/admin-units?at=${day}&level=commune&limit=1000`);
    const list = await getJson<SiteList>(world, `/sites?at=${day}&limit=1000`);
    const { opened } = await picture(town, 'sites,choropleth');
    const places = units.items.flatMap(({ id, name, lon, lat }) =>
      lon === null || lat === null ? [] : [{ id, name, lon, lat }],
    );
    const sites = await opened.spots(town, list.items);
    const communes = await opened.spots(town, places);
    const free = communes.find((spot) => sites.every((site) => Math.hypot(site.x - spot.x, site.y - spot.y) > 25));
    if (!free) throw new Error('every commune centre has a site');
    await opened.clickMap(free);
    await opened.details.getByRole('heading', { name: new RegExp(free.name) }).waitFor();
    await expect.poll(() => opened.query().get('sel')).toBe(`commune:${free.id}`);
    await opened.close();
  });

  it('on a group of sites zooms in instead of selecting', async () => {
    const { opened } = await picture({ ...province, zoom: 8 }, 'sites');
    const before = opened.query().get('view');
    const list = await getJson<SiteList>(world, `/sites?at=${day}&limit=1000`);
    const spots = await opened.spots({ ...province, zoom: 8 }, list.items);
    const image = await opened.picture();
    const colours = await coloursAt(world.browser, image, spots);
    const inGroup = spots.find((_, index) => colourDistance(colours[index] ?? '#000000', '#ffffff') < 40);
    if (!inGroup) throw new Error('no group under any site');
    await opened.clickMap(inGroup);
    await expect.poll(() => opened.query().get('view')).not.toBe(before);
    expect(opened.query().get('sel')).toBeNull();
    await opened.close();
  });
});
