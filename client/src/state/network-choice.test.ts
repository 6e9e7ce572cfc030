import { describe, expect, it } from 'vitest';
import {
  cornerAt,
  initialNetworkChoice,
  initialPlan,
  initialRates,
  mostCorners,
  networkBody,
  networkChoiceParams,
  networkQuery,
  parseNetworkChoice,
  planQuery,
  ratesQuery,
  soleOperator,
  toleranceQuery,
} from './network-choice.ts';

const parse = (query: string) => parseNetworkChoice(new URLSearchParams(query));
const written = (query: string): string => String(new URLSearchParams(networkChoiceParams(parse(query))));

describe('the network looked at', () => {
  it('is asked of the API by view or by operator, never by both', () => {
    expect(networkQuery({ net: 'together' })).toBe('');
    expect(networkQuery({ net: 'sharing' })).toBe('&view=sharing');
    expect(networkQuery({ net: 'VIETTEL' })).toBe('&operator=VIETTEL');
    expect(networkBody({ net: 'together' })).toEqual({});
    expect(networkBody({ net: 'sharing' })).toEqual({ view: 'sharing' });
    expect(networkBody({ net: 'VIETTEL' })).toEqual({ operator: 'VIETTEL' });
  });

  it('belongs to one operator only when one is named', () => {
    expect(['together', 'sharing', 'VIETTEL'].map((net) => soleOperator({ net }))).toEqual([null, null, 'VIETTEL']);
  });

  it('cannot smuggle further parameters into a request', () => {
    expect(parse('net=VIETTEL%26view%3Dsharing').net).toBe('together');
  });
});

describe('a link', () => {
  it('without anything of connectivity is the initial choice, which writes nothing', () => {
    expect(parse('')).toEqual(initialNetworkChoice);
    expect(networkChoiceParams(initialNetworkChoice)).toEqual([]);
  });

  it('brings back the opened place, the chosen cut and the question to the planner', () => {
    const query = 'net=VIETTEL&part=plan&reach=single&place=35&cut=19,20&plan=dual,lines,buried,5000,6.33';
    expect(parse(query)).toEqual({
      net: 'VIETTEL',
      part: 'plan',
      reach: 'single',
      place: 35,
      cut: [19, 20],
      failed: [],
      area: [],
      rates: initialRates,
      plan: { goal: 'dual', along: 'lines', deployment: 'buried', maxHopM: 5_000, costPerM: 6.33 },
      toleranceM: null,
    });
    expect(decodeURIComponent(written(query))).toBe(query);
  });

  it('brings back what was gathered to fail at once, whatever the code of a route', () => {
    const failed = [
      { kind: 'span', id: '12' },
      { kind: 'group', id: 'Cống 1, phố Hùng Vương & 100 %' },
      { kind: 'node', id: '7' },
    ] as const;
    const params = new URLSearchParams(networkChoiceParams({ ...initialNetworkChoice, failed }));
    expect(parseNetworkChoice(new URLSearchParams(params.toString())).failed).toEqual(failed);
    expect(parse('fail=s12,sx,n-1,g,%25E0,q5,n7').failed).toEqual([failed[0], failed[2]]);
    expect(parse('fail=s12,n7,s12,gA,n12,gA').failed.map(({ kind, id }) => kind + id)).toEqual([
      'span12',
      'node7',
      'groupA',
      'node12',
    ]);
    expect(parse(`fail=${Array.from({ length: 40 }, (_, id) => `s${id}`).join()}`).failed).toHaveLength(20);
  });

  it('brings back the area drawn on the map, corner by corner, to the metre', () => {
    const query = 'area=105.05/21.5,105.20001/21.5,-0.1/-21.42';
    expect(parse(query).area).toEqual([
      [105.05, 21.5],
      [105.20001, 21.5],
      [-0.1, -21.42],
    ]);
    expect(decodeURIComponent(written(query))).toBe(query);
    expect(parse('area=105.0512345678/21.5').area).toEqual([[105.05123, 21.5]]);
    const round = Array.from({ length: mostCorners }, (_, at) => cornerAt(105 + at / 7, 21 + at / 9));
    const params = new URLSearchParams(networkChoiceParams({ ...initialNetworkChoice, area: round }));
    expect(parseNetworkChoice(new URLSearchParams(params.toString())).area).toEqual(round);
    expect(String(params).length).toBeLessThan(1_000);
  });

  it('with an area that cannot be meant has none, never another one', () => {
    const tooMany = Array.from({ length: mostCorners + 1 }, (_, at) => `105/${at}`).join();
    for (const wrong of ['105/21,x', '105/21,181/21', '105/21,105/91', '105', '105/21/3', '105/21,', '1e2/21', tooMany])
      expect(parse(`area=${wrong}`).area, wrong).toEqual([]);
  });

  it('brings back the snapping tolerance that faults are looked for with, within what the API takes', () => {
    expect(parse('part=topology&snap=12.5').toleranceM).toBe(12.5);
    expect(written('part=topology&snap=12.5')).toBe('part=topology&snap=12.5');
    for (const wrong of ['0', '0.9', '201', '1e2', 'x']) expect(parse(`snap=${wrong}`).toleranceM).toBeNull();
    expect([12.5, null].map((toleranceM) => toleranceQuery({ toleranceM }))).toEqual(['&tolerance_m=12.5', '']);
  });

  it('brings back failure figures of one’s own, and asks the API with those that were said', () => {
    const { rates } = parse('rates=15,,20.5,8');
    expect(rates).toEqual({ duct: 15, buried: null, aerial: 20.5, mttr: 8 });
    expect(ratesQuery({ rates })).toBe('&failures_duct=15&failures_aerial=20.5&mttr_h=8');
    expect(ratesQuery(initialNetworkChoice)).toBe('');
    expect(decodeURIComponent(written('rates=15,,20.5,8'))).toBe('rates=15,,20.5,8');
    for (const wrong of ['-1,20000,x,0', '-1,2,3,4', '15,,20.5,0', '15,,,8,9', '15,,,8, '])
      expect(parse(`rates=${wrong}`).rates, wrong).toEqual(initialRates);
    expect(written('rates=,,,8')).toBe('rates=%2C%2C%2C8');
  });

  it('leaves numbers of a plan that were not said to the server', () => {
    expect(parse('plan=extend').plan).toEqual({ ...initialPlan, goal: 'extend' });
    expect(decodeURIComponent(written('plan=extend,straight,duct,,7'))).toBe('plan=extend,straight,duct,,7');
  });

  it('falls back where it cannot be meant', () => {
    const wrong = parse('part=moon&reach=maybe&place=-1&cut=1,x&plan=cheapest');
    expect(wrong).toEqual(initialNetworkChoice);
    expect(parse('plan=dual,teleport,laser,5,-1').plan).toEqual(initialPlan);
  });
});

describe('the question to the planner', () => {
  it('names only what was said', () => {
    expect(planQuery(initialPlan)).toBe('goal=dual&along=straight&deployment=aerial');
    expect(planQuery({ ...initialPlan, maxHopM: 5_000, costPerM: 0 })).toBe(
      'goal=dual&along=straight&deployment=aerial&max_hop_m=5000&cost_per_m=0',
    );
  });
});
