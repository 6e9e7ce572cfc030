import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classColours, coverageClass } from '../../client/src/domains/coverage/classes.ts';
import { bandColours, palette } from '../../client/src/map/palette.ts';
import type { AdminUnit, CommuneCoverageList, UnitCoverageList } from '../../server/contract/index.ts';
import { colourDistance, coloursAt } from './pixels.ts';
import { getJson, type MapPage, openPage, openWorld, plain, vietnamese, viewQuery, type World } from './support.ts';

/** Figures of coverage as a user sees them: rules, unions of operators, signal bands, units. */

const day = '2026-11-01';
const of5G = `at=${day}&technology=5G&operator=MOBIFONE`;
const province = { zoom: 8.6, lon: 105.15, lat: 21.3 };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

function option(opened: MapPage, name: string) {
  return opened.page.getByRole('radio', { name, exact: true });
}

async function totalsText({ page }: MapPage): Promise<string> {
  return plain(await page.getByRole('region', { name: 'Phủ sóng theo xã' }).innerText());
}

type LevelAt = (place: { lon: number; lat: number }) => number | null;

/** Even-odd rule over all rings of a feature, in the units of the tile. */
function isInside(rings: readonly { x: number; y: number }[][], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    ring.forEach((from, index) => {
      const to = ring[(index + 1) % ring.length] ?? from;
      if (from.y > y !== to.y > y && x < from.x + ((y - from.y) * (to.x - from.x)) / (to.y - from.y)) inside = !inside;
    });
  }
  return inside;
}

/** The strongest band at a place by the polygons of a tile, dB above what counts as covered; null outside all. */
async function levelsOfTile(query: string, z: number, x: number, y: number): Promise<LevelAt> {
  const { VectorTile } = await import('@mapbox/vector-tile');
  const { PbfReader } = await import('pbf');
  const response = await fetch(new URL(`tiles/coverage/${z}/${x}/${y}.mvt?${query}`, world.url));
  const layer = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers['coverage'];
  const bands = Array.from({ length: layer?.length ?? 0 }, (_, index) => {
    const feature = layer?.feature(index);
    return { level_db: Number(feature?.properties['level_db']), rings: feature?.loadGeometry() ?? [] };
  }).sort((a, b) => b.level_db - a.level_db);
  const extent = layer?.extent ?? 4096;
  return ({ lon, lat }) => {
    const down = 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
    const [left, top] = [((lon + 180) / 360) * 2 ** z - x, down * 2 ** z - y];
    return bands.find(({ rings }) => isInside(rings, left * extent, top * extent))?.level_db ?? null;
  };
}

describe('the rules of coverage', () => {
  it('colour the communes, sort the list and come back with the link', async () => {
    const [coverage, units] = await Promise.all([
      getJson<CommuneCoverageList>(world, `/coverage/communes?${of5G}`),
      getJson<{ items: AdminUnit[] }>(world, `/admin-units?at=${day}&level=commune&limit=1000`),
    ]);
    const opened = await openPage(world, `?tab=coverage&${viewQuery(province)}&${of5G}`);
    await option(opened, 'Diện tích').check();
    await expect.poll(() => opened.query().get('rule')).toBe('area');
    await opened.page.getByText('Quy tắc: tỉ lệ diện tích được phủ').waitFor();
    await opened.page.reload();
    await opened.drawn();
    await expect.poll(() => option(opened, 'Diện tích').isChecked()).toBe(true);
    const least = [...coverage.items].sort((a, b) => (a.pct_area ?? 101) - (b.pct_area ?? 101))[0];
    const row = async () => plain(await opened.page.locator('.figures-sortable tbody tr').first().innerText());
    await expect.poll(row).toContain(vietnamese(least?.area_km2 ?? 0, 1));
    const places = units.items.flatMap(({ id, lon, lat }) => {
      const item = coverage.items.find((candidate) => candidate.id === id);
      if (!item || lon === null || lat === null) return [];
      return [{ lon, lat, expected: classColours[coverageClass(item, 'area')] ?? '' }];
    });
    const spots = (await opened.spots(province, places)).filter(({ expected }) => expected !== '');
    expect(spots.length).toBeGreaterThan(20);
    const colours = await coloursAt(world.browser, await opened.picture(), spots);
    // Names lie over some of the centres.
    const right = spots.filter((spot, index) => colourDistance(spot.expected, colours[index] ?? '#000000') <= 6);
    expect(right.length).toBeGreaterThan(spots.length * 0.5);
    await opened.close();
  });

  it('has two classes for the centre, and yes or no in the list', async () => {
    const { totals } = await getJson<CommuneCoverageList>(world, `/coverage/communes?${of5G}`);
    const opened = await openPage(world, `?tab=coverage&rule=centre&${of5G}`);
    const counts = await opened.page.locator('.legend-card .legend-count').allInnerTexts();
    const known = totals.communes - totals.communes_unknown;
    expect(counts.map(Number)).toEqual([
      totals.communes_centre_covered,
      known - totals.communes_centre_covered,
      totals.communes_unknown,
    ]);
    const yes = opened.page.locator('.figures-sortable tbody td').getByText('Có', { exact: true });
    await expect.poll(() => yes.count()).toBe(totals.communes_centre_covered);
    await opened.close();
  });

  it('says threshold, model, version and terrain in the legend', async () => {
    const { run } = await getJson<CommuneCoverageList>(world, `/coverage/communes?${of5G}`);
    const opened = await openPage(world, `?tab=coverage&${of5G}`);
    const legend = async () => plain(await opened.page.locator('.legend-card').innerText());
    await expect.poll(legend).toContain('ước tính');
    await expect
      .poll(legend)
      .toContain(`Ngưỡng 5G: ${vietnamese(run?.thresholds['5G'] ?? 0, 1).replace('-', '−')} dBm`);
    await expect.poll(legend).toContain(`phiên bản ${run?.model_version}`);
    await expect.poll(legend).toContain(run?.terrain_source ? 'Có dùng địa hình' : 'Không dùng địa hình');
    await opened.close();
  });
});

describe('ground without heights', () => {
  for (const paint of ['rule', 'bands']) {
    it(`stands in the legend, by its mark and area, only where a run over terrain has it: ${paint}`, async () => {
      const words = /Kẻ ngang: không có độ cao mặt đất/;
      const url = `?tab=coverage${paint === 'bands' ? '&paint=bands' : ''}&${of5G}`;
      const bare = await openPage(world, url);
      const legend = bare.page.locator('.legend-card');
      await legend
        .getByText(/Không dùng địa hình|Đạt: ngưỡng/)
        .first()
        .waitFor();
      expect(await legend.getByText(words).count()).toBe(0);
      await bare.close();
      const opened = await openPage(world, url, {
        prepare: (page) =>
          page.route('**/coverage/communes?*', async (route) => {
            const response = await route.fetch();
            const body: CommuneCoverageList = await response.json();
            const run = { ...body.run, terrain_source: 'N21E105.hgt', no_terrain_km2: 986.4 };
            await route.fulfill({ response, json: { ...body, run } });
          }),
      });
      const item = opened.page.locator('.legend-card li', { hasText: words });
      await item.waitFor();
      expect(await item.locator('.legend-count').innerText()).toBe('986 km²');
      expect(await item.locator('svg path').count()).toBe(2);
      await opened.close();
    });
  }
});

describe('unions of operators', () => {
  it('are chosen beside the operators: at least two cover less than at least one', async () => {
    const query = `at=${day}&technology=5G`;
    const [any, two] = await Promise.all([
      getJson<CommuneCoverageList>(world, `/coverage/communes?${query}`),
      getJson<CommuneCoverageList>(world, `/coverage/communes?${query}&scope=at_least_two`),
    ]);
    expect(two.totals.people_covered).toBeLessThan(any.totals.people_covered);
    const opened = await openPage(world, `?tab=coverage&${query}`);
    await expect.poll(() => totalsText(opened)).toContain(vietnamese(any.totals.people_covered));
    await opened.page.getByLabel('Doanh nghiệp').selectOption({ label: 'Ít nhất hai doanh nghiệp' });
    await expect.poll(() => opened.query().get('scope')).toBe('at_least_two');
    await opened.drawn();
    await expect.poll(() => totalsText(opened)).toContain(vietnamese(two.totals.people_covered));
    await opened.page.locator('.legend-card').getByText('5G · Ít nhất hai doanh nghiệp').waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe.each([
  ['the map of gaps', 'tab=gaps&layers=gaps'],
  ['the map of gaps over the covered area', 'tab=gaps'],
  ['the map of signal bands', 'tab=coverage&paint=bands'],
])('%s', (_, map) => {
  it('hatches communes of which nothing is known, and the legend counts them', async () => {
    const query = `at=${day}&technology=5G&operator=VIETTEL`;
    const { items: units } = await getJson<{ items: AdminUnit[] }>(
      world,
      `/admin-units?at=${day}&level=commune&limit=1000`,
    );
    const unit = units.find(({ lon }) => lon !== null);
    const view = { zoom: 11, lon: unit?.lon ?? 0, lat: unit?.lat ?? 0 };
    let unknown = 0;
    const opened = await openPage(world, `?${map}&${viewQuery(view)}&${query}`, {
      prepare: (page) =>
        page.route('**/coverage/communes?*', async (route) => {
          const answer: CommuneCoverageList = await (await route.fetch()).json();
          const items = answer.items.map((item) =>
            item.id === unit?.id ? { ...item, status: 'unknown' as const } : item,
          );
          unknown = items.filter(({ status }) => status === 'unknown').length;
          await route.fulfill({ json: { ...answer, items } });
        }),
    });
    await opened.drawn();
    const item = opened.page.locator('.legend-card li', { hasText: 'Xã chưa rõ có sóng hay không' });
    await item.waitFor();
    expect(unknown).toBeGreaterThan(0);
    await expect.poll(() => item.locator('.legend-count').allInnerTexts()).toEqual([`${unknown}`]);
    // One and a half pixels apart: some lie on the lines of the hatching.
    const around = ({ lon, lat }: { lon: number; lat: number }) =>
      Array.from({ length: 144 }, (_, i) => ({
        lon: lon + ((i % 12) - 6) * 0.0005,
        lat: lat + (Math.floor(i / 12) - 6) * 0.0005,
      }));
    const spots = await opened.spots(view, around(view));
    const colours = await coloursAt(world.browser, await opened.picture(), spots);
    const hatched = colours.filter((colour) => colourDistance(colour, palette.unknownHatch) <= 40);
    expect(hatched.length).toBeGreaterThan(5);
    await opened.close();
  });
});

describe('signal bands', () => {
  it('are drawn in the colours of the legend, each where the tiles have its level', async () => {
    // No commune of it is unknown: nothing is hatched.
    const query = `at=${day}&technology=5G&operator=MOBIFONE`;
    const levels = await levelsOfTile(query, 10, 811, 449);
    // Inside tile 10/811/449, which the map draws at this zoom.
    const [west, south, side_lon, side_lat] = [105.1222, 21.2944, 0.3416, 0.3172];
    const view = { zoom: 10.2, lon: west + side_lon / 2, lat: south + side_lat / 2 };
    const opened = await openPage(world, `?tab=coverage&layers=coverage_area&${viewQuery(view)}&${query}`);
    const places = Array.from({ length: 900 }, (_, index) => {
      const [column, row] = [index % 30, Math.floor(index / 30)];
      return { lon: west + (side_lon * (column + 0.5)) / 30, lat: south + (side_lat * (row + 0.5)) / 30 };
    });
    const spots = await opened.spots(view, places);
    const colours = await coloursAt(world.browser, await opened.picture(), spots);
    const expected = spots.map((spot) => levels(spot));
    const inside = spots.flatMap((_, index) => {
      const level = expected[index] ?? null;
      return level === null ? [] : [{ colour: colours[index] ?? '#000000', wanted: bandColours[level / 10] ?? '' }];
    });
    expect(inside.length).toBeGreaterThan(40);
    expect(new Set(inside.map(({ wanted }) => wanted)).size).toBeGreaterThan(2);
    // At the edge of a band a pixel has a bit of both.
    const right = inside.filter(({ colour, wanted }) => colourDistance(colour, wanted) <= 6);
    expect(right.length).toBeGreaterThan(inside.length * 0.85);
    await opened.close();
  });

  it('have the levels of the technology, also for at least one operator', async () => {
    const { run } = await getJson<CommuneCoverageList>(world, `/coverage/communes?at=${day}&technology=4G`);
    const opened = await openPage(world, `?tab=coverage&at=${day}&technology=4G`);
    await option(opened, 'Mức tín hiệu').check();
    await opened.drawn();
    const levels = (await opened.page.locator('.legend-card .legend-count').allInnerTexts()).slice(0, -1);
    const margin = Number(run?.parameters['shadowing_margin_db']);
    const expected = [30, 20, 10, 0].map((db) => vietnamese((run?.thresholds['4G'] ?? 0) + margin + db, 1));
    expect(levels).toHaveLength(4);
    levels.forEach((text, index) => expect(text).toContain(expected[index]?.replace('-', '−')));
    await expect.poll(() => opened.query().get('paint')).toBe('bands');
    await opened.close();
  });

  it('are missed in a run of before levels were stored, and the page says so', async () => {
    const opened = await openPage(world, `?tab=coverage&paint=bands&${of5G}`, {
      prepare: (page) =>
        page.route('**/coverage/communes?*', async (route) => {
          const answer: CommuneCoverageList = await (await route.fetch()).json();
          await route.fulfill({ json: { ...answer, run: { ...answer.run, note: 'old' } } });
        }),
    });
    await opened.page.locator('.run-note').getByText('Lần tính cũ').waitFor();
    await opened.page.locator('.legend-card').getByText('Lần tính cũ chỉ có vùng đạt').waitFor();
    // The covered area, and communes that are unknown.
    await expect.poll(() => opened.page.locator('.legend-card .legend-list li').count()).toBe(2);
    await opened.close();
  });
});

describe('districts and province', () => {
  it('have the figures of the API, the province as the total, and a district becomes the filter', async () => {
    const query = `at=2008-12-31&technology=2G&operator=VIETTEL`;
    const [districts, provinces] = await Promise.all([
      getJson<UnitCoverageList>(world, `/coverage/units?${query}&level=district`),
      getJson<UnitCoverageList>(world, `/coverage/units?${query}&level=province`),
    ]);
    expect(districts.items).toHaveLength(13);
    const opened = await openPage(world, `?tab=coverage&section=units&${query}`);
    const rows = opened.page.locator('.figures-sortable tbody tr');
    await expect.poll(() => rows.count()).toBe(13);
    const total = async () => plain(await opened.page.locator('.figures-sortable tfoot tr').innerText());
    await expect.poll(total).toContain(vietnamese(provinces.items[0]?.people_covered ?? -1));
    const shown = (await rows.allInnerTexts()).map(plain);
    for (const unit of districts.items) {
      const row = shown.find((text) => text.startsWith(unit.name));
      expect(row, unit.name).toContain(`${vietnamese(unit.population)} ${vietnamese(unit.people_covered)}`);
    }
    await opened.page.getByRole('button', { name: 'Huyện Đoan Hùng' }).click();
    const chosen = districts.items.find(({ name }) => name === 'Huyện Đoan Hùng');
    await expect.poll(() => opened.query().get('district')).toBe(chosen?.code);
    await opened.drawn();
    await expect.poll(() => totalsText(opened)).toContain(vietnamese(chosen?.people_covered ?? -1));
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('narrow list, sums and legend to a district, also to one that was abolished', async () => {
    const query = `at=${day}&technology=5G&district=227`;
    const { items, totals } = await getJson<CommuneCoverageList>(world, `/coverage/communes?${query}`);
    expect(items.length).toBeLessThan(66);
    const opened = await openPage(world, `?tab=coverage&${query}`);
    await expect.poll(() => opened.page.locator('.figures-sortable tbody tr').count()).toBe(items.length);
    await expect
      .poll(() => totalsText(opened))
      .toContain(`${vietnamese(totals.people_covered)} / ${vietnamese(totals.population)}`);
    const counts = await opened.page.locator('.legend-card .legend-count').allInnerTexts();
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(items.length);
    await opened.close();
  });
});
