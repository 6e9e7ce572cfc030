import type { LineString } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { palette } from '../../client/src/map/palette.ts';
import type {
  ConnectivityPlan,
  CutResult,
  DistrictConnectivityList,
  NetworkFigures,
  PlaceConnectivityList,
  PlaceDetail,
  RiskRanking,
} from '../../server/contract/connectivity.ts';
import { violations } from './axe.ts';
import { colourDistance, coloursAt, type Spot } from './pixels.ts';
import { editToken } from './server.ts';
import {
  getJson,
  type MapPage,
  openPage,
  openWorld,
  plain,
  type View,
  vietnamese,
  viewQuery,
  type World,
} from './support.ts';

/** Who is on fibre, what one cut takes away, what new cable costs: as a planner sees it. */

const day = 'at=2008-12-31';
const tab = `?tab=connectivity&${day}`;
/** Roughly the province, on a map without details. */
const view: View = { zoom: 9, lon: 105.1, lat: 21.35 };
/** The ends of the span to Cẩm Khê, which hangs on the rest by it alone. */
const chain = { district: 'Huyện Cẩm Khê', span: 'Thị xã Phú Thọ – Huyện Cẩm Khê' };

let world: World;
let districts: DistrictConnectivityList;
beforeAll(async () => {
  world = await openWorld();
  districts = await getJson(world, `/connectivity/districts?${day}`);
});
afterAll(() => world.close());

const section = (opened: MapPage, name: string) => opened.page.getByRole('button', { name, exact: true });
const rows = (opened: MapPage) => opened.page.locator('.network-list .row');
const districtNamed = (name: string) => {
  const found = districts.items.find((item) => item.name === name);
  if (!found) throw new Error(`no district ${name}`);
  return found;
};

/** The answer of the API to a cut, as the page asks for it. */
async function cut(body: object): Promise<CutResult> {
  const response = await fetch(new URL('api/v1/connectivity/cut', world.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ at: '2008-12-31', ...body }),
  });
  const result: CutResult = await response.json();
  return result;
}

/** What the link of a page says of its map. */
function viewOf(opened: MapPage): View {
  const [zoom = Number.NaN, lon = Number.NaN, lat = Number.NaN] = (opened.query().get('view') ?? '')
    .split('/')
    .map(Number);
  return { zoom, lon, lat };
}

describe('districts', () => {
  it('on a chain read single, on a ring dual, and on a ring in one duct single', async () => {
    const opened = await openPage(world, tab);
    const row = (name: string) => opened.page.getByRole('button', { name: new RegExp(`^${name}`) });
    await expect.poll(async () => plain(await row(chain.district).innerText())).toContain('Kết nối đơn');
    await expect.poll(async () => plain(await row('Huyện Đoan Hùng').innerText())).toContain('Hai đường độc lập');
    // Two spans lead there, both in the route RG-HH.
    await expect.poll(async () => plain(await row('Huyện Hạ Hoà').innerText())).toContain('Kết nối đơn');
    const { dual, single, none } = districts.totals;
    await expect
      .poll(async () => plain(await opened.page.locator('.status-counts').innerText()))
      .toBe(`${dual} Hai đường độc lập ${single} Kết nối đơn ${none} Chưa kết nối`);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('open with both paths in figures and on the map, and with the route whose cut isolates them', async () => {
    const { id, paths, availability } = districtNamed('Huyện Hạ Hoà');
    const a_year = availability?.minutes_per_year ?? -1;
    const minutes = vietnamese(a_year, a_year < 10 ? 2 : 0);
    const opened = await openPage(world, `${tab}&sel=district:${id}`);
    await opened.details.getByRole('heading', { name: /Huyện Hạ Hoà/ }).waitFor();
    const text = async () => plain(await opened.details.innerText());
    for (const path of paths)
      await expect.poll(text).toContain(`${vietnamese(path.length_km, 1)} km · ${path.hops} chặng`);
    await expect.poll(text).toContain('Hai đường chỉ chung những điểm đứt đơn dưới đây');
    await expect.poll(text).toContain('Điểm đứt đơn (1)');
    await expect.poll(text).toContain('tuyến RG-HH');
    await expect.poll(text).toContain(`Ước tính mất kết nối ${minutes} phút mỗi năm do sự cố cáp. Tính chính xác.`);
    const legend = () => opened.page.locator('.legend-card').innerText();
    await expect.poll(legend).toContain('Đường chính');
    await expect.poll(legend).toContain('Đường thứ hai');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('tell the shortest way where another pair of ways is the shortest pair', async () => {
    const today = await getJson<DistrictConnectivityList>(world, '/connectivity/districts?at=2026-01-01');
    const { id, length_km, paths } = today.items.find(({ name }) => name === chain.district) ?? districtNamed('');
    expect(length_km).toBeLessThan(paths[0]?.length_km ?? Number.NaN);
    const opened = await openPage(world, `?tab=connectivity&at=2026-01-01&lang=en&sel=district:${id}`);
    await expect
      .poll(async () => plain(await opened.details.innerText()))
      .toContain(`The shortest way alone is ${length_km?.toFixed(1)} km.`);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('are looked at by operator: the panel, the details and the link say whose network it is', async () => {
    const alone = await getJson<DistrictConnectivityList>(world, `/connectivity/districts?${day}&operator=VIETTEL`);
    const opened = await openPage(world, `${tab}&sel=district:${districtNamed(chain.district).id}`);
    await opened.page.getByRole('combobox', { name: 'Mạng của' }).selectOption({ label: 'Riêng Viettel' });
    await opened.drawn();
    await expect.poll(() => opened.query().get('net')).toBe('VIETTEL');
    const { on_fibre, total, dual } = alone.totals;
    await opened.page.getByText(`${on_fibre} / ${total} trung tâm huyện có cáp quang, ${dual} có hai đường`).waitFor();
    await expect.poll(async () => plain(await opened.details.innerText())).toContain('Mạng của: Riêng Viettel');
    await opened.page.goBack();
    await expect.poll(() => opened.query().get('net')).toBeNull();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('say what the server says of who serves them, in the language of the page, and no date that is not true', async () => {
    const noteAt = async (at: string, language: string): Promise<string> => {
      const path = `/connectivity/districts?at=${at}&operator=VIETTEL`;
      const { district_note } = await getJson<DistrictConnectivityList>(world, path, { 'Accept-Language': language });
      return district_note ?? 'no note';
    };
    const opened = await openPage(world, `${tab}&net=VIETTEL&lang=en`);
    const note = opened.page.getByText('are named by no node of this network');
    await expect.poll(async () => plain(await note.innerText())).toBe(await noteAt('2008-12-31', 'en'));
    await opened.page.getByRole('button', { name: 'Tiếng Việt' }).click();
    await opened.page.getByText(await noteAt('2008-12-31', 'vi')).waitFor();
    expect(await opened.page.getByRole('tabpanel').innerText()).not.toContain('bãi bỏ');
    expect(opened.troubles).toEqual([]);
    await opened.close();

    // Both hold: the level has ended, and no node names some of the centres.
    const today = await openPage(world, '?tab=connectivity&at=2026-01-01&net=VIETTEL');
    const both = await noteAt('2026-01-01', 'vi');
    expect(both).toMatch(/^Cấp huyện đã bãi bỏ từ ngày 2025-07-01;.*\d+ trung tâm không có nút nào/);
    await today.page.getByText(both.replace('2025-07-01', '01/07/2025')).waitFor();
    await today.close();
  });

  it('are none before there was a network, which is an answer', async () => {
    const opened = await openPage(world, '?tab=connectivity&at=1995-01-01');
    const nobody = opened.page.getByText('không huyện nào được kết nối');
    for (const part of ['Huyện', 'Xã', 'Số liệu']) {
      await section(opened, part).click();
      await nobody.waitFor();
    }
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('communes and sites', () => {
  it('are found by status and by name without diacritics; one opened brings its paths, also from a link', async () => {
    const list = await getJson<PlaceConnectivityList>(world, `/connectivity/communes?${day}&limit=1000`);
    const opened = await openPage(world, `${tab}&part=communes`);
    await expect.poll(() => rows(opened).count()).toBe(list.numberMatched);
    await opened.page.getByRole('combobox', { name: 'Kết nối', exact: true }).selectOption('single');
    await expect.poll(() => rows(opened).count()).toBe(list.totals.single);
    await opened.page.getByRole('textbox', { name: 'Tên, mã hoặc huyện' }).fill('thi tran song thao');
    await expect.poll(() => rows(opened).count()).toBe(1);
    await rows(opened).focus();
    await opened.page.keyboard.press('Enter');
    await opened.drawn();
    const place = list.items.find(({ name }) => name === 'Thị trấn Sông Thao');
    const detail = await getJson<PlaceDetail>(world, `/connectivity/communes/${place?.id}?${day}`);
    const said = plain(await opened.page.locator('.network-detail').innerText());
    for (const path of detail.paths) expect(said).toContain(`${vietnamese(path.length_km, 1)} km · ${path.hops} chặng`);
    expect(said).toContain(chain.span);

    await opened.page.reload();
    await opened.drawn();
    await expect.poll(async () => plain(await opened.page.locator('.network-detail').innerText())).toBe(said);
    await expect.poll(() => opened.page.locator('.legend-card').innerText()).toContain('Đường chính');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('without fibre tell how far the nearest cable is', async () => {
    const list = await getJson<PlaceConnectivityList>(world, `/connectivity/sites?${day}&limit=1000`);
    const opened = await openPage(world, `${tab}&part=sites&reach=none`);
    await expect.poll(() => rows(opened).count()).toBe(list.totals.none);
    await expect
      .poll(async () => plain(await rows(opened).first().innerText()))
      .toMatch(/cáp gần nhất cách [\d,.]+ k?m/);
    const link = await opened.page.getByRole('link', { name: 'Trạm, CSV' }).getAttribute('href');
    const file = await fetch(link ?? '');
    expect((await file.text()).trim().split('\n')).toHaveLength(1 + list.totals.none);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('cuts', () => {
  it('name exactly the centres lost, and the map shows the cable and the districts until the details close', async () => {
    const [span] = districtNamed(chain.district).bridges[0]?.span_ids ?? [];
    if (span === undefined) throw new Error('the district hangs on no single span');
    const result = await cut({ spans: [span] });
    const opened = await openPage(world, `${tab}&sel=span:${span}`);
    await opened.page.getByText('Điểm đứt đơn: cắt đoạn này').waitFor();
    await opened.page.getByRole('button', { name: 'Mô phỏng đứt cáp' }).click();
    const losses = opened.page.locator('.cut-result');
    await losses.waitFor();
    const names = districts.items.filter(({ code }) => result.lost.district_centres.includes(code));
    expect(names.map(({ name }) => name).sort()).toEqual(['Huyện Cẩm Khê', 'Huyện Yên Lập']);
    const text = async () => plain(await losses.innerText());
    for (const { name } of names) await expect.poll(text).toContain(name);
    await expect.poll(text).toContain(`Số dân ảnh hưởng ${vietnamese(result.lost.people)}`);
    await losses.getByText(String(result.lost.communes.length), { exact: true }).click();
    await losses.getByText('Thị trấn Sông Thao').waitFor();

    const legend = opened.page.locator('.legend-card');
    await expect.poll(() => legend.innerText()).toContain('Cáp hỏng trong lần cắt thử');
    await opened.details.getByRole('button', { name: 'Đóng' }).click();
    await expect.poll(() => legend.innerText()).not.toContain('Cáp hỏng');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('are ranked by people; one chosen is on the map and in the link, and gone with its list', async () => {
    const { singles, pair, numberMatched } = await getJson<RiskRanking>(world, `/connectivity/risks?${day}`);
    const opened = await openPage(world, `${tab}&part=risks`);
    await opened.page.getByText(`${numberMatched} chỗ chỉ cần đứt một lần`).waitFor();
    await expect.poll(() => rows(opened).count()).toBe(singles.length);
    const first = rows(opened).first();
    await expect
      .poll(async () => plain(await first.innerText()))
      .toContain(`${vietnamese(singles[0]?.people ?? -1)} người`);
    const both = opened.page.getByRole('region', { name: 'Cặp đứt cùng lúc gây hại nhất' });
    await expect.poll(async () => plain(await both.innerText())).toContain(`${vietnamese(pair?.people ?? -1)} người`);

    await first.click();
    await expect.poll(() => first.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => opened.query().get('cut')).toBe(singles[0]?.span_ids.join());
    const legend = opened.page.locator('.legend-card');
    await expect.poll(() => legend.innerText()).toContain('Cáp hỏng');
    await opened.page.reload();
    await opened.drawn();
    await expect.poll(() => rows(opened).first().getAttribute('aria-pressed')).toBe('true');
    await section(opened, 'Số liệu').click();
    await expect.poll(() => legend.innerText()).not.toContain('Cáp hỏng');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('of several things at once are gathered from their details, answer as the API, stay in the link, and are taken out', async () => {
    const dual = districts.items.find(({ status, paths_disjoint }) => status === 'dual' && paths_disjoint);
    const spans = dual?.paths.map(({ span_ids }) => span_ids.at(-1) ?? -1) ?? [];
    expect(spans).toHaveLength(2);
    const expected = await cut({ spans });
    expect(expected.lost.district_centres).toContain(dual?.code);
    const opened = await openPage(world, tab);
    for (const span of spans) {
      const link = `${tab}&sel=span:${span}&fail=${opened.query().get('fail') ?? ''}`;
      await opened.page.goto(new URL(link, world.url).href);
      await opened.details.getByRole('button', { name: 'Gộp đoạn này vào lần cắt nhiều chỗ' }).click();
      await opened.details.getByRole('button', { name: 'Bỏ khỏi lần cắt nhiều chỗ' }).waitFor();
    }
    await expect.poll(() => opened.query().get('fail')).toBe(spans.map((span) => `s${span}`).join());
    await opened.details.getByRole('button', { name: 'Đóng' }).click();
    await section(opened, 'Đứt cáp').click();
    const card = opened.page.getByRole('region', { name: 'Nhiều chỗ đứt cùng lúc' });
    const people = `Số dân ảnh hưởng ${vietnamese(expected.lost.people)}`;
    await expect.poll(async () => plain(await card.innerText())).toContain(people);
    await expect.poll(() => card.innerText()).toContain(dual?.name);
    const legend = opened.page.locator('.legend-card');
    await expect.poll(() => legend.innerText()).toContain('Cáp hỏng');
    expect(await violations(opened)).toEqual([]);

    // Moving the map writes the address and asks nothing anew.
    let asked = 0;
    opened.page.on('request', (request) => {
      if (request.url().endsWith('/connectivity/cut')) asked++;
    });
    const before = opened.query().get('view');
    await opened.page.getByRole('button', { name: 'Phóng to' }).click();
    await expect.poll(() => opened.query().get('view')).not.toBe(before);
    await opened.drawn();
    expect(asked).toBe(0);

    await opened.page.reload();
    await expect.poll(async () => plain(await card.innerText())).toContain(people);
    await card.getByRole('button', { name: 'Bỏ khỏi lần cắt nhiều chỗ' }).first().click();
    const one = await cut({ spans: spans.slice(1) });
    expect(one.lost.district_centres).not.toContain(dual?.code);
    await expect.poll(() => card.getByRole('button', { name: 'Bỏ khỏi lần cắt nhiều chỗ' }).count()).toBe(1);
    await expect.poll(() => card.innerText()).not.toContain(dual?.name);
    await card.getByRole('button', { name: 'Bỏ hết' }).click();
    await card.getByText('Mở một đoạn cáp hoặc một nút').waitFor();
    await expect.poll(() => opened.query().get('fail')).toBeNull();

    // What the network does not have is marked, and the rest is answered.
    await opened.page.goto(new URL(`${tab}&part=risks&fail=s${spans.join(',s')},s999999`, world.url).href);
    await card.getByText('Không thuộc mạng đang xem vào ngày này').waitFor();
    await expect.poll(async () => plain(await card.innerText())).toContain(people);
    expect(opened.troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);
    await opened.close();
  });

  it('of an area are drawn corner by corner, answer at once, are taken back, and end with Escape', async () => {
    const opened = await openPage(world, `${tab}&${viewQuery(view)}`);
    const corners = [
      { lon: 105.05, lat: 21.5 },
      { lon: 105.2, lat: 21.5 },
      { lon: 105.2, lat: 21.42 },
      { lon: 105.05, lat: 21.42 },
    ];
    const [first] = corners;
    const area = { type: 'Polygon', coordinates: [[...corners, first].map((corner) => [corner?.lon, corner?.lat])] };
    const expected = await cut({ area });
    const spots = await opened.spots(view, corners);
    if (spots.length < corners.length) throw new Error('a corner lies under the legend');
    const button = opened.page.getByRole('button', { name: /Cắt thử một vùng/ });
    await button.click();
    const card = opened.page.getByRole('region', { name: /Cắt thử một vùng/ });
    await card.getByText('Bấm ít nhất ba góc').waitFor();
    for (const spot of spots) await opened.clickMap(spot);
    // Whole pixels are 100 m here: what fails is the same as at the exact corners.
    await card.getByText(`Hỏng trong vùng: ${expected.cut.spans.length} đoạn cáp`).waitFor();
    // In short, so that the map stays free for the next corner; in full when asked for.
    await card.getByText(`${vietnamese(expected.lost.people)} người`).click();
    await expect
      .poll(async () => plain(await card.innerText()))
      .toContain(`Số dân ảnh hưởng ${vietnamese(expected.lost.people)}`);
    await opened.drawn();
    const [a, b] = spots;
    const side = { x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2, y: a?.y ?? 0 };
    const seen = await coloursAt(
      world.browser,
      await opened.picture(),
      [-1, 0, 1].map((beside) => ({ ...side, y: side.y + beside })),
    );
    expect(Math.min(...seen.map((colour) => colourDistance(colour, palette.cut)))).toBeLessThan(40);

    for (const _ of ['the fourth', 'the third']) await card.getByRole('button', { name: 'Bỏ điểm cuối' }).click();
    await card.getByText('Bấm ít nhất ba góc').waitFor();
    await opened.page.keyboard.press('Escape');
    await expect.poll(() => card.count()).toBe(0);
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('false');

    await button.click();
    await opened.page.getByRole('button', { name: 'Đo khoảng cách và diện tích' }).click();
    await expect.poll(() => card.count()).toBe(0);
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('false');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('on a small screen', () => {
  const size = { width: 1280, height: 800 };

  /** The view that the map has told the address. */
  const coursesOf = async (spans: readonly number[]) => {
    const courses = await Promise.all(
      spans.map((span) => getJson<{ geometry: LineString }>(world, `/fibre/spans/${span}?${day}`)),
    );
    return courses.flatMap(({ geometry }) => geometry.coordinates.map(([lon = 0, lat = 0]) => ({ lon, lat })));
  };

  it('a district opens with both paths from end to end beside the legend and the details', async () => {
    const { paths } = districtNamed('Huyện Hạ Hoà');
    const opened = await openPage(world, tab, { size });
    await opened.page.getByRole('button', { name: /^Huyện Hạ Hoà/ }).click();
    await expect.poll(() => opened.query().get('view')).not.toBeNull();
    await opened.drawn();
    const course = await coursesOf(paths.flatMap(({ span_ids }) => span_ids));
    expect(course.length).toBeGreaterThan(10);
    expect(await opened.spots(viewOf(opened), course)).toHaveLength(course.length);
    await opened.close();
  });

  it.each(['communes', 'sites'])(
    'one of the %s opens with its paths from end to end, from its list and from a link',
    async (part) => {
      const { items } = await getJson<PlaceConnectivityList>(world, `/connectivity/${part}?${day}&limit=1000`);
      const place = items.toSorted((a, b) => (b.length_km ?? 0) - (a.length_km ?? 0))[0];
      const { paths } = await getJson<PlaceDetail>(world, `/connectivity/${part}/${place?.id}?${day}`);
      const course = await coursesOf(paths.flatMap(({ span_ids }) => span_ids));
      expect(course.length).toBeGreaterThan(1);
      const opened = await openPage(world, `${tab}&part=${part}&view=14/105.9/21.9`, { size });
      await opened.page.getByRole('textbox', { name: 'Tên, mã hoặc huyện' }).fill(place?.code ?? '');
      await expect.poll(() => rows(opened).count()).toBe(1);
      await rows(opened).click();
      await expect.poll(() => viewOf(opened).zoom).toBeLessThan(14);
      await opened.drawn();
      expect(await opened.spots(viewOf(opened), course)).toHaveLength(course.length);
      await opened.close();
      const linked = await openPage(world, `${tab}&part=${part}&place=${place?.id}`, { size });
      await expect.poll(() => linked.query().get('view')).not.toBeNull();
      await linked.drawn();
      expect(await linked.spots(viewOf(linked), course)).toHaveLength(course.length);
      await linked.close();
    },
  );

  it('the answer to a cut comes into sight, and the map goes to what is lost', async () => {
    const { bridges, lon, lat } = districtNamed('Huyện Hạ Hoà');
    const [span] = bridges[0]?.span_ids ?? [];
    const opened = await openPage(world, `${tab}&sel=span:${span}&view=12/105.4/21.1`, { size });
    await opened.page.getByRole('button', { name: 'Mô phỏng đứt cả tuyến' }).click();
    const losses = opened.page.locator('.cut-result');
    await losses.getByText('Huyện Hạ Hoà').waitFor();
    await opened.drawn();
    const [answer, card] = [await losses.boundingBox(), await opened.details.boundingBox()];
    expect(answer?.y).toBeGreaterThanOrEqual(card?.y ?? Number.NaN);
    expect((answer?.y ?? 0) + 100).toBeLessThan((card?.y ?? 0) + (card?.height ?? 0));
    expect(await opened.spots(viewOf(opened), [{ lon: lon ?? 0, lat: lat ?? 0 }])).toHaveLength(1);
    await opened.close();
  });

  it('a district that goes another way has its new way on the map, with its hops, as long as its row is pressed', async () => {
    const dual = districtNamed('Huyện Thanh Ba');
    const result = await cut({ spans: [dual.paths[0]?.span_ids[0]] });
    const way = result.rerouted.find(({ code }) => code === dual.code);
    const link = `${tab}&part=risks&fail=s${dual.paths[0]?.span_ids[0]}&view=12/105.4/21.1`;
    const opened = await openPage(world, link, { size });
    const row = opened.page.getByRole('button', { name: new RegExp(`^${dual.name}: .* km`) });
    expect(plain(await row.innerText())).toContain(
      `→ ${vietnamese(way?.length_km_after ?? -1, 1)} km, ${way?.hops_before} → ${way?.hops_after} chặng`,
    );
    const legend = opened.page.locator('.legend-card');
    expect(await legend.innerText()).not.toContain('Đường mới');
    await row.click();
    await expect.poll(() => legend.innerText()).toContain('Đường mới của huyện đi đường khác');
    await expect.poll(() => row.getAttribute('aria-pressed')).toBe('true');
    await opened.drawn();
    const course = await coursesOf(way?.span_ids ?? []);
    expect(await opened.spots(viewOf(opened), course)).toHaveLength(course.length);
    expect(await violations(opened)).toEqual([]);
    await row.click();
    await expect.poll(() => legend.innerText()).not.toContain('Đường mới');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('an area leaves most of the map free for its corners, and comes back with the link as it was drawn', async () => {
    const corners = '104.95/21.5,105.25/21.4,105.25/21.5,104.95/21.4';
    const [a, b, c, d] = corners.split(',').map((corner) => corner.split('/').map(Number));
    const crossed = await cut({ area: { type: 'Polygon', coordinates: [[a, b, c, d, a]] } });
    const opened = await openPage(world, `${tab}&${viewQuery(view)}&area=${corners}`, { size });
    const card = opened.page.getByRole('region', { name: /Cắt thử một vùng/ });
    await card.getByText(`Hỏng trong vùng: ${crossed.cut.spans.length} đoạn cáp`).waitFor();
    await card.getByText('Đường viền tự cắt nhau').waitFor();

    const legend = opened.page.locator('.legend-toggle');
    expect(await legend.getAttribute('aria-expanded')).toBe('false');
    const grid = Array.from({ length: 400 }, (_, at) => ({
      lon: view.lon - 0.5 + (at % 20) * 0.05,
      lat: view.lat - 0.4 + Math.floor(at / 20) * 0.04,
    }));
    const free = await opened.spots(view, grid);
    expect(free.length).toBeGreaterThan(0.85 * grid.length);

    // The loops cancel out to no area: the outline is drawn all the same.
    const [start, end] = await opened.spots(view, [
      { lon: 105.25, lat: 21.4 },
      { lon: 105.25, lat: 21.5 },
    ]);
    if (!start || !end) throw new Error('a corner lies under a card');
    const picture = await opened.picture();
    const side = [-1, 0, 1].map((by) => ({ x: end.x + by, y: (start.y + end.y) / 2 }));
    const outline = await coloursAt(world.browser, picture, side);
    expect(Math.min(...outline.map((colour) => colourDistance(colour, palette.cut)))).toBeLessThan(40);

    await opened.page.keyboard.press('Backspace');
    await expect.poll(() => opened.query().get('area')).toBe(corners.split(',').slice(0, 3).join());
    await card.getByText('Đường viền tự cắt nhau').waitFor({ state: 'detached' });
    await opened.page.keyboard.press('Escape');
    await expect.poll(() => opened.query().get('area')).toBeNull();
    await expect.poll(() => card.count()).toBe(0);
    await expect.poll(() => legend.getAttribute('aria-expanded')).toBe('true');
    await opened.page.goBack();
    await card.getByText('Hỏng trong vùng').waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

/** Pixels from the middle of a planned span up to that of the head of its sign. */
const planHeadAbove = 22;

/** The middle of a straight span. */
const middle = ({ coordinates }: ConnectivityPlan['spans'][number]) => {
  const [[west, south] = [0, 0], [east, north] = [0, 0]] = coordinates;
  return { lon: (west + east) / 2, lat: (south + north) / 2 };
};

/** The colours of the map up to `reach` pixels round a spot. */
async function around(opened: MapPage, { x, y }: Spot, reach: number): Promise<string[]> {
  const steps = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach);
  const spots = steps.flatMap((down) => steps.map((right) => ({ x: x + right, y: y + down })));
  return await coloursAt(world.browser, await opened.picture(), spots);
}

const shareOf = (colours: readonly string[], wanted: string, tolerance = 24): number =>
  colours.filter((colour) => colourDistance(colour, wanted) < tolerance).length / colours.length;

describe('new cable', () => {
  it('is planned by name, with length, cost and what is proven, drawn, downloaded, and kept in the link', async () => {
    const plan = await getJson<ConnectivityPlan>(
      world,
      `/connectivity/plan?${day}&goal=dual&along=straight&deployment=aerial`,
    );
    const opened = await openPage(world, `${tab}&part=plan`);
    await opened.page.getByRole('button', { name: 'Lập phương án' }).click();
    await expect.poll(() => rows(opened).count()).toBe(plan.spans.length);
    // Short cables are nothing to be seen on a province: the map goes to where they are.
    await expect.poll(() => opened.query().get('view')).not.toBeNull();
    await opened.drawn();
    const ends = plan.spans.flatMap(({ coordinates }) => coordinates.map(([lon = 0, lat = 0]) => ({ lon, lat })));
    expect(await opened.spots(viewOf(opened), ends)).toHaveLength(ends.length);
    const panel = async () => plain(await opened.page.getByRole('tabpanel').innerText());
    await expect.poll(panel).toContain(`${plan.spans.length} đoạn cáp mới, ${vietnamese(plan.length_m / 1_000, 1)} km`);
    await expect.poll(panel).toContain(`${vietnamese(plan.cost)} ${plan.currency} cho ${plan.wanted} nơi`);
    await expect.poll(panel).toContain(plan.exact ? 'Đã chứng minh là rẻ nhất' : 'Không phương án nào rẻ hơn');
    for (const { start_code, end_code } of plan.spans)
      for (const code of [start_code, end_code]) if (code) expect(await panel()).not.toContain(code);
    const legend = opened.page.locator('.legend-card');
    await expect.poll(() => legend.innerText()).toContain('Cáp mới theo phương án');
    const link = await opened.page.getByRole('link', { name: 'Cáp mới, CSV' }).getAttribute('href');
    const file = await fetch(link ?? '');
    expect((await file.text()).trim().split('\n')).toHaveLength(1 + plan.spans.length);

    await opened.page.reload();
    await opened.drawn();
    await expect.poll(() => rows(opened).count()).toBe(plan.spans.length);
    await section(opened, 'Huyện').click();
    await expect.poll(() => legend.innerText()).not.toContain('Cáp mới');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('stands out from the cable there is: a numbered sign for each span, and the one of a pressed row highlighted', async () => {
    const plan = await getJson<ConnectivityPlan>(
      world,
      `/connectivity/plan?${day}&goal=dual&along=straight&deployment=aerial`,
    );
    const opened = await openPage(world, `${tab}&part=plan`);
    await opened.page.getByRole('button', { name: 'Lập phương án' }).click();
    await expect.poll(() => rows(opened).count()).toBe(plan.spans.length);
    await expect.poll(() => opened.query().get('view')).not.toBeNull();
    await opened.drawn();
    const heads = await opened.spots(viewOf(opened), plan.spans.map(middle));
    expect(heads).toHaveLength(plan.spans.length);
    for (const { x, y } of heads) {
      const head = await around(opened, { x, y: y - planHeadAbove }, 6);
      expect(shareOf(head, palette.plan)).toBeGreaterThan(0.4);
      // The number, of thin strokes.
      expect(shareOf(head, '#ffffff', 100)).toBeGreaterThan(0.02);
    }

    const [first] = plan.spans;
    if (!first) throw new Error('nothing is planned');
    await rows(opened).first().click();
    await expect.poll(() => rows(opened).first().getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => viewOf(opened).zoom).toBeGreaterThan(14);
    await opened.drawn();
    const [at] = await opened.spots(viewOf(opened), [middle(first)]);
    if (!at) throw new Error('the span is not in sight');
    expect(shareOf(await around(opened, { x: at.x, y: at.y - planHeadAbove }, 6), palette.selection)).toBeGreaterThan(
      0.4,
    );
    // A piece of the line that its sign leaves free.
    const [lon = 0, lat = 0] = first.coordinates[0] ?? [];
    const half = { lon: (lon + middle(first).lon) / 2, lat: (lat + middle(first).lat) / 2 };
    const [piece] = await opened.spots(viewOf(opened), [half]);
    if (!piece) throw new Error('the line is not in sight');
    const line = await around(opened, piece, 12);
    for (const colour of [palette.plan, '#ffffff', palette.selection])
      expect(shareOf(line, colour), colour).toBeGreaterThan(0.05);
    await rows(opened).first().click();
    await expect.poll(() => rows(opened).first().getAttribute('aria-pressed')).toBe('false');
    await opened.drawn();
    expect(shareOf(await around(opened, piece, 12), palette.selection)).toBe(0);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('along roads says what to do when none are imported, and refuses numbers that cannot be meant', async () => {
    const opened = await openPage(world, `${tab}&part=plan&plan=dual,lines,aerial`);
    await opened.page.getByRole('alert').getByText('phusong import lines').waitFor();
    const hop = opened.page.getByRole('textbox', { name: 'Từ nút ra đường, xa nhất (m)' });
    await hop.fill('50');
    await opened.page.getByText('Số từ 100 đến 200.000').waitFor();
    await expect.poll(() => opened.page.getByRole('button', { name: 'Lập phương án' }).isDisabled()).toBe(true);
    await hop.fill('5000');
    await hop.press('Enter');
    await expect.poll(() => opened.query().get('plan')).toBe('dual,lines,aerial,5000');
    await opened.close();
  });
});

describe('the network', () => {
  it('has its figures as the API has them, and downloads as the standard wants it', async () => {
    const figures = await getJson<NetworkFigures>(world, `/connectivity/figures?${day}`);
    const opened = await openPage(world, `${tab}&part=figures`);
    const table = async () =>
      plain(await opened.page.getByRole('table', { name: 'Chiều dài theo cách lắp đặt' }).innerText());
    const { by_deployment, route_km, cable_km } = figures.lengths;
    for (const [name, { route_km: route, cable_km: cable }] of [
      ['Trong cống', by_deployment.duct],
      ['Chôn trực tiếp', by_deployment.buried],
      ['Treo cột', by_deployment.aerial],
      ['Cộng', { route_km, cable_km }],
    ] as const)
      await expect.poll(table).toContain(`${name} ${vietnamese(route, 1)} ${vietnamese(cable, 1)}`);
    const { on_fibre, total, on_ring } = figures.communes;
    await opened.page.getByText(`${on_fibre} / ${total} có cáp quang, ${on_ring} trên vòng`).waitFor();
    const link = await opened.page.getByRole('link', { name: /OFDS 0\.3, JSON/ }).getAttribute('href');
    const file = await fetch(link ?? '');
    expect(file.status).toBe(200);
    expect(await file.json()).toHaveProperty('networks');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('takes failure figures of one’s own, which every availability, the link and the files go by', async () => {
    const { id } = districtNamed(chain.district);
    const opened = await openPage(world, `${tab}&part=figures`);
    await opened.page.getByText('Dùng số liệu sự cố của tỉnh').click();
    const hours = opened.page.getByLabel('Sửa xong sau (giờ)');
    await hours.fill('0');
    await expect.poll(() => opened.page.getByRole('button', { name: 'Tính theo số này' }).isDisabled()).toBe(true);
    await hours.fill('240');
    await opened.page.getByRole('button', { name: 'Tính theo số này' }).click();
    await opened.page.getByText('Thời gian sửa: cho trong câu hỏi.').waitFor();
    await expect.poll(() => opened.query().get('rates')).toBe(',,,240');
    const asked = await getJson<DistrictConnectivityList>(world, `/connectivity/districts?${day}&mttr_h=240`);
    const item = asked.items.find((one) => one.id === id);
    await section(opened, 'Huyện').click();
    const link = await opened.page.getByRole('link', { name: /CSV$/ }).first().getAttribute('href');
    expect(new URL(link ?? '').searchParams.get('mttr_h')).toBe('240');
    await rows(opened).or(opened.page.locator('.plain-list .row')).filter({ hasText: chain.district }).click();
    const minutes = vietnamese(item?.availability?.minutes_per_year ?? -1);
    await expect.poll(async () => plain(await opened.details.innerText())).toContain(`${minutes} phút`);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('lists faults of its drawing in the language of the page; nothing is repaired before it is accepted', async () => {
    const opened = await openPage(world, `${tab}&part=topology&lang=en`);
    await opened.page.getByText('Faults in the drawing of the network: 1.').waitFor();
    // There are two networks: the row says of which it is.
    await expect.poll(() => opened.page.locator('.finding').innerText()).toMatch(/\nNetwork: VNPT$/);
    const accept = opened.page.getByRole('button', { name: /Accept the chosen proposals/ });
    await expect.poll(() => accept.isDisabled()).toBe(true);
    await opened.page.getByRole('checkbox', { name: /Nodes at the same place: N-J-HH/ }).check();
    await accept.click();
    const dialog = opened.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => dialog.isVisible()).toBe(false);
    await opened.page.getByText('Faults in the drawing of the network: 1.').waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('looks for faults with a snapping tolerance of one’s own, which the link and an accepted repair go by', async () => {
    const sent: unknown[] = [];
    const opened = await openPage(world, `${tab}&part=topology&snap=15.5&lang=en`, {
      prepare: (page) =>
        page.route('**/connectivity/topology/repairs', (route) => {
          sent.push(route.request().postDataJSON());
          return route.fulfill({ json: { applied: 1, passed_over: [], dataset_revision: 1 } });
        }),
    });
    await opened.page
      .getByText(
        /^Nodes of one network and operator up to 15\.5 m apart are taken for one, .*; a line may end up to 48\.4 m/,
      )
      .waitFor();
    await opened.page.getByRole('checkbox', { name: /Nodes at the same place: N-J-HH/ }).check();
    const accept = opened.page.getByRole('button', { name: /Accept the chosen proposals/ });
    const reason = opened.page.getByLabel('Reason (optional, kept in the audit log)');
    await reason.fill(' Surveyed on site ');
    await accept.click();
    await opened.page.getByRole('dialog').getByLabel('Edit token', { exact: true }).fill(editToken);
    await opened.page.keyboard.press('Enter');
    await opened.page.getByText('Faults repaired and noted in the audit log: 1.').waitFor();
    // The next repair has a reason of its own, or none.
    await expect.poll(() => reason.inputValue()).toBe('');
    await opened.page.getByRole('checkbox', { name: /Nodes at the same place: N-J-HH/ }).check();
    await accept.click();
    await expect.poll(() => sent).toHaveLength(2);
    expect(sent).toEqual([
      { keys: [expect.any(String)], tolerance_m: 15.5, why: 'Surveyed on site' },
      { keys: [expect.any(String)], tolerance_m: 15.5 },
    ]);
    await opened.page.getByText('Use another snapping tolerance').click();
    const metres = opened.page.getByLabel('Snapping tolerance (m)');
    const again = opened.page.getByRole('button', { name: 'Look again' });
    await metres.fill('201');
    await expect.poll(() => again.isDisabled()).toBe(true);
    // The two nodes lie 15.2 m apart.
    await metres.fill('15');
    await again.click();
    await opened.page.getByText('No fault was found.').waitFor();
    await expect.poll(() => opened.query().get('snap')).toBe('15');
    await opened.page.getByRole('button', { name: 'Back to the defaults' }).click();
    await opened.page.getByText('Faults in the drawing of the network: 1.').waitFor();
    await expect.poll(() => opened.query().get('snap')).toBeNull();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('on a phone, in English', () => {
  it('every part fits the screen, and the area is drawn on a free map', async () => {
    const opened = await openPage(world, `${tab}&lang=en`, { isPhone: true });
    for (const part of ['Districts', 'Communes', 'Sites', 'Cuts', 'New cable', 'Figures', 'Faults']) {
      await section(opened, part).click();
      await opened.drawn();
      const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, part).toBeLessThanOrEqual(390);
    }
    await opened.page.getByRole('button', { name: /Cut an area/ }).click();
    const card = await opened.page.getByRole('region', { name: /Cut an area/ }).boundingBox();
    const buttons = await opened.page.locator('.map-buttons').boundingBox();
    expect((buttons?.y ?? 0) + (buttons?.height ?? 0)).toBeLessThan(card?.y ?? 0);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('for everyone', () => {
  it('has no serious fault of accessibility in any part', async () => {
    const opened = await openPage(world, tab);
    for (const part of ['Huyện', 'Đứt cáp', 'Cáp mới', 'Số liệu', 'Lỗi bản vẽ']) {
      await section(opened, part).click();
      await opened.drawn();
      expect(await violations(opened), part).toEqual([]);
    }
    await opened.page.getByRole('button', { name: /Cắt thử một vùng/ }).click();
    expect(await violations(opened), 'area').toEqual([]);
    await opened.close();
  });
});
