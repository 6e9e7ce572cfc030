import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { type planShape, siteFilterShape, todayInVietnam } from '../../../contract/index.ts';
import { HttpError } from '../../../platform/http-error.ts';
import { planAt, questionOf } from '../../connectivity/index.ts';
import { contentDisposition } from '../file-name.ts';
import { zipStream } from '../formats/workbook/zip-stream.ts';
import type { ExportContext } from '../open-export.ts';
import { toTables } from './csv.ts';
import { toGeojson } from './geojson.ts';
import { type OfdsNetwork, writePackage } from './package.ts';
import { planPackage } from './plan-package.ts';
import { selectOfdsRows } from './queries.ts';

/** Parameters of the fibre package, beside the language. */
export const fibreShape = {
  at: siteFilterShape.at,
  network: z.string().max(200).optional().describe('Code of one network, default all / Mã mạng cáp'),
};

/** A form of the standard that a package is written in. */
export interface FibreFormat {
  extension: string;
  mediaType: string;
  write(networks: { networks: OfdsNetwork[] }): AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/** A byte order mark, as spreadsheets want it before UTF-8. */
const MARK = '﻿';

/** The three forms of the Open Fibre Data Standard 0.3. */
export const fibreFormats: readonly FibreFormat[] = [
  { extension: 'json', mediaType: 'application/json', write: (made) => [JSON.stringify(made)] },
  { extension: 'geojson', mediaType: 'application/geo+json', write: (made) => [JSON.stringify(toGeojson(made))] },
  {
    extension: 'zip',
    mediaType: 'application/zip',
    write: (made) =>
      zipStream(
        toTables(made).map(({ name, columns, rows }) => ({
          path: `${name}.csv`,
          text: [MARK + stringify([columns, ...rows], { record_delimiter: 'windows' })],
        })),
        new Date(),
      ),
  },
];

export interface OpenFibre {
  file_name: string;
  counts: { networks: number; nodes: number; spans: number };
  dataset_revision: number;
  headers: Record<string, string>;
  write(): AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

function headersOf(
  mediaType: string,
  name: string,
  counts: OpenFibre['counts'],
  dataset_revision: number,
): OpenFibre['headers'] {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': contentDisposition(name),
    'X-Export-Counts': Object.entries(counts)
      .map(([count, value]) => `${count}=${value}`)
      .join(', '),
    'X-Dataset-Revision': String(dataset_revision),
  };
}

/**
 * A package of the networks of a day, ready to be written.
 * @throws HttpError 404 for a network that is not there
 */
export async function openFibre(
  { db }: Pick<ExportContext, 'db'>,
  asked: { at?: string | undefined; network?: string | undefined },
  format: FibreFormat,
): Promise<OpenFibre> {
  const at = asked.at ?? todayInVietnam();
  const { revision, ...rows } = await selectOfdsRows(db, at, asked.network);
  if (asked.network !== undefined && rows.networks.length === 0)
    throw new HttpError(404, 'not-found', `There is no fibre network ${asked.network}.`);
  const made = writePackage(rows, todayInVietnam());
  const counts = { networks: rows.networks.length, nodes: rows.nodes.length, spans: rows.spans.length };
  const named = asked.network === undefined ? '' : `_${asked.network}`;
  const file_name = `ofds-0.3${named}_${at}_${counts.spans}-spans_r${revision}.${format.extension}`;
  return {
    file_name,
    counts,
    dataset_revision: revision,
    headers: headersOf(format.mediaType, file_name, counts, revision),
    write: () => format.write(made),
  };
}

/** Where a plan goes out as OFDS: planned spans as a network of their own. */
export async function openPlanPackage(
  context: ExportContext,
  { at: day, view, operator, ...goal }: z.infer<z.ZodObject<typeof planShape>>,
): Promise<OpenFibre> {
  const at = day ?? todayInVietnam();
  const dataset_revision = context.revision.current;
  const plan = await planAt(context, questionOf({ at, view, operator }), goal);
  const made = planPackage(plan, `Fibre plan ${plan.goal} ${at}`, todayInVietnam());
  const nodes = made.networks[0]?.nodes?.length ?? 0;
  const counts = { networks: 1, nodes, spans: plan.spans.length };
  const file_name = `ofds-0.3_plan-${plan.goal}_${at}_${counts.spans}-spans_r${dataset_revision}.json`;
  return {
    file_name,
    counts,
    dataset_revision,
    headers: headersOf('application/json', file_name, counts, dataset_revision),
    write: () => [JSON.stringify(made)],
  };
}
