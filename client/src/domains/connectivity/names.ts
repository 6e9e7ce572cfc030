import type { AppContext } from '../../state/app-context.ts';

interface Named {
  code: string;
  name: string;
}

/** The name for a code, of the lists given the first that has it; the code itself where none has. */
export function namer(...lists: readonly (readonly Named[])[]): (code: string) => string {
  const names = new Map(lists.toReversed().flatMap((list) => list.map(({ code, name }) => [code, name || code])));
  return (code) => names.get(code) ?? code;
}

export const districtNamer = (app: AppContext) => namer(app.reference.districts.state.value.data?.items ?? []);
export const communeNamer = (app: AppContext) => namer(app.reference.communes.state.value.data?.items ?? []);
