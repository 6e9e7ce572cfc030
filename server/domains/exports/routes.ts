import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Response, Router } from 'express';
import { z } from 'zod';
import { planShape } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import { languageOf, languages } from '../../platform/language.ts';
import { parseQuery, queryOf } from '../../platform/parse-request.ts';
import { ExportSlots } from './export-slots.ts';
import { type TableFormat, tableFormats } from './formats/index.ts';
import { exportKinds } from './kinds/index.ts';
import {
  type FibreFormat,
  fibreFormats,
  fibreShape,
  type OpenFibre,
  openFibre,
  openPlanPackage,
} from './ofds/open-fibre.ts';
import { type ExportKind, type OpenExport, openExport } from './open-export.ts';

/** Language of a file, beside the parameters of its kind. */
export const languageShape = {
  lang: z
    .enum(languages)
    .optional()
    .describe('Language of headers and words, else by Accept-Language / Ngôn ngữ của tệp'),
};

/** Milliseconds without a byte taken after which a reader is given up. */
const stalledAfter = 60_000;

function formatOf({ label }: ExportKind, extension: string | string[] | undefined): TableFormat {
  const format = tableFormats.find((known) => known.extension === extension);
  if (format) return format;
  const known = tableFormats.map((each) => each.extension).join(', ');
  throw new HttpError(
    404,
    'unknown-format',
    `${label.en[0]?.toUpperCase()}${label.en.slice(1)} are exported as ${known}.`,
    {
      errors: [{ pointer: '/format', value: extension, reason: `is not one of ${known}` }],
    },
  );
}

function fibreFormatOf(extension: string | string[] | undefined): FibreFormat {
  const format = fibreFormats.find((known) => known.extension === extension);
  if (format) return format;
  const known = fibreFormats.map((each) => each.extension).join(', ');
  throw new HttpError(404, 'unknown-format', `Fibre networks are exported as ${known}.`, {
    errors: [{ pointer: '/format', value: extension, reason: `is not one of ${known}` }],
  });
}

/** True for the error of a reader that went away: nobody is left to be told. */
function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/**
 * Sends the file while it is made. An error in the middle destroys the connection, so that half a file never looks whole;
 * a reader that goes away or stops reading ends the reading of the database.
 */
async function send(opened: Pick<OpenFibre, 'write'> | OpenExport, res: Response): Promise<void> {
  res.setTimeout(stalledAfter, () => res.destroy());
  try {
    await pipeline(Readable.from(opened.write(), { objectMode: false }), res);
  } catch (error) {
    if (!isPrematureClose(error)) throw error;
  }
}

/**
 * GET /exports/{what}.{csv,xlsx,geojson} with the filter of the list of the same things, and `lang`;
 * GET /exports/fibre.{json,geojson,zip} and /exports/plan.json: networks and planned spans as the Open Fibre Data Standard
 * has them.
 */
export function exportRoutes(context: ServerContext): Router {
  const router = Router();
  const slots = new ExportSlots(Math.max(1, Math.floor(context.config.databasePool / 2)));

  router.get('/exports/plan.json', async (req, res) => {
    const asked = parseQuery(planShape, queryOf(req.originalUrl));
    await slots.run(async () => {
      if (res.closed) return;
      const opened = await openPlanPackage(context, asked);
      res.set(opened.headers);
      if (req.method === 'HEAD') res.end();
      else await send(opened, res);
    });
  });

  for (const kind of exportKinds) {
    router.get(`/exports/${kind.what}.:format`, async (req, res) => {
      const format = formatOf(kind, req.params['format']);
      const { lang, ...asked } = parseQuery({ ...kind.shape, ...languageShape }, queryOf(req.originalUrl));
      await slots.run(async () => {
        if (res.closed) return;
        const opened = await openExport(context, kind, asked, format, lang ?? languageOf(req));
        try {
          res.vary('Accept-Language').set(opened.headers);
          if (req.method === 'HEAD') res.end();
          else await send(opened, res);
        } finally {
          await opened.close();
        }
      });
    });
  }

  router.get('/exports/fibre.:format', async (req, res) => {
    const format = fibreFormatOf(req.params['format']);
    const asked = parseQuery(fibreShape, queryOf(req.originalUrl));
    await slots.run(async () => {
      if (res.closed) return;
      const opened = await openFibre(context, asked, format);
      res.set(opened.headers);
      if (req.method === 'HEAD') res.end();
      else await send(opened, res);
    });
  });

  return router;
}
