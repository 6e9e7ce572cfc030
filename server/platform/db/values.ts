/**
 * How values come off the wire, the same on both engines: JSON-friendly and without time-zone surprises.
 * Keys are the OIDs of PostgreSQL's built-in types (pg_type.dat).
 */
const instant = (text: string): string =>
  new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();

const numbers = (text: string): (number | null)[] =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((item) => (item === 'NULL' ? null : Number(item)));

export const valueParsers: Record<number, (text: string) => unknown> = {
  20: Number, // int8
  1700: Number, // numeric
  1082: (text) => text, // date
  1184: instant, // timestamptz
  700: Number, // float4
  701: Number, // float8
  1016: numbers, // int8[]
  1022: numbers, // float8[]
  17: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')), // bytea in hex format
};
