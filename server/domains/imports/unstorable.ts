import { ImportFileError } from './formats/format.ts';

/**
 * SQLSTATE of what a value can bring about: data exceptions (22), broken constraints (23), a row written twice by one statement
 * (21), limits of the program (54), and what PostGIS says of a shape (XX000).
 */
const BY_A_VALUE = /^(2[123]\w{3}|54\w{3}|XX000)$/;

/**
 * The last net: formats and loaders refuse a value that no column can hold as a row error, and what slips through them is said
 * in words of the file, never in those of the database. Null for any other error.
 */
export function unstorable(error: unknown, fileName: string): ImportFileError | null {
  const { code, constraint, column } = (error ?? {}) as Partial<Record<'code' | 'constraint' | 'column', unknown>>;
  if (typeof code !== 'string' || !BY_A_VALUE.test(code)) return null;
  const about = [constraint, column].find((name) => typeof name === 'string' && name !== '');
  const where = typeof about === 'string' ? ` (${about})` : '';
  return new ImportFileError(
    'not_storable',
    `A value of "${fileName}" cannot be stored${where}, and no check of this program named its row; please report it with the file`,
    { cause: error },
  );
}
