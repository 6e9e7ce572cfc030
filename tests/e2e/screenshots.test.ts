import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DistrictConnectivityList } from '../../server/contract/connectivity.ts';
import { getJson, openPage, openWorld, type World } from './support.ts';

/**
 * The pictures of README and guide. Written only when asked for:
 * `PHUSONG_SCREENSHOTS=1 npx vitest run --project e2e tests/e2e/screenshots.test.ts`
 */
const folder = join(import.meta.dirname, '..', '..', 'docs', 'images');

describe('pictures for the documents', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    mkdirSync(folder, { recursive: true });
  });
  afterAll(() => world.close());

  it.each([
    ['map-vi', '?layers=labels,sites,connectivity,spans,districts,communes,choropleth', false],
    ['overview-2008-vi', '?at=2008-12-31', false],
    ['coverage-vi', '?tab=coverage&operator=MOBIFONE', false],
    ['gaps-en', '?tab=gaps&operator=MOBIFONE&lang=en', false],
    ['sites-vi', '?tab=sites&at=2008-12-31&district=227&view=11.6/105.38/21.33', false],
    ['sites-phone-vi', '?tab=sites&at=2008-12-31', true],
  ])('%s', async (name, query, isPhone) => {
    const opened = await openPage(world, query, { isPhone });
    await opened.page.screenshot({ path: join(folder, `${name}.png`) });
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('connectivity-vi: a district that one cut isolates, with its paths', async () => {
    const { items } = await getJson<DistrictConnectivityList>(world, '/connectivity/districts?at=2008-12-31');
    const single = items.find((item) => item.status === 'single');
    const opened = await openPage(world, `?tab=connectivity&at=2008-12-31&sel=district:${single?.id ?? 0}`);
    await opened.page.screenshot({ path: join(folder, 'connectivity-vi.png') });
    await opened.close();
  });
});
