import type { PlaceConnectivity } from './connectivity.ts';

export interface PlaceFilter {
  /** null: however they are connected. */
  reach: PlaceConnectivity['status'] | null;
  text: string;
}

/** Text without case and diacritics: "Hạ Hoà" is found by "ha hoa". */
export function foldText(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
}

/** The places that pass, in the list of the page as in its file: by how they are connected, and by a part of their name, code or district. */
export function shownPlaces<
  T extends Pick<PlaceConnectivity, 'status' | 'name' | 'code'> & { district_name?: string | null },
>(places: readonly T[], { reach, text }: PlaceFilter): T[] {
  const wanted = foldText(text.trim());
  return places.filter(
    ({ status, name, code, district_name }) =>
      (reach === null || status === reach) &&
      (wanted === '' || [name, code, district_name ?? ''].some((known) => foldText(known).includes(wanted))),
  );
}
