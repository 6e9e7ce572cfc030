/** What can be selected on the map or in a list; the id is the database id. */
export const selectionKinds = ['site', 'commune', 'district', 'gap', 'span', 'node', 'transmitter'] as const;
export type SelectionKind = (typeof selectionKinds)[number];
export interface Selection {
  kind: SelectionKind;
  id: number;
}

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}

/** `site:12`; null when the text is not a selection. */
export function parseSelection(text: string | null): Selection | null {
  const match = /^([a-z]+):(\d{1,15})$/.exec(text ?? '');
  const kind = selectionKinds.find((known) => known === match?.[1]);
  return kind && match ? { kind, id: Number(match[2]) } : null;
}

export function formatSelection(selection: Selection): string {
  return `${selection.kind}:${selection.id}`;
}
