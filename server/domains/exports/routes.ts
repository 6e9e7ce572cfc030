import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Response, Router } from 'express';
import { z } from 'zod';
import { completeSiteFilter, siteFilterShape } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import { languageOf, languages } from '../../platform/language.ts';
import { parseQuery, queryOf } from '../../platform/parse-request.ts';
import { ExportSlots } from './export-slots.ts';
import { type SiteFormat, siteFormats } from './formats/index.ts';
import { type OpenExport, openSiteExport } from './open-export.ts';

const exportShape = {
  ...siteFilterShape,
  lang: z.enum(languages).optional().describe('Language of headers and words, else by Accept-Language / Ngôn ngữ'),
};

/** Milliseconds without a byte taken after which a reader is given up. */
const stalledAfter = 60_000;

function formatOf(extension: string | string[] | undefined): SiteFormat {
  const format = siteFormats.find((known) => known.extension === extension);
  if (format) return format;
  const known = siteFormats.map((each) => each.extension).join(', ');
  throw new HttpError(404, 'unknown-format', `Sites are exported as ${known}.`, {
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
async function send(opened: OpenExport, res: Response): Promise<void> {
  res.setTimeout(stalledAfter, () => res.destroy());
  try {
    await pipeline(Readable.from(opened.write(), { objectMode: false }), res);
  } catch (error) {
    if (!isPrematureClose(error)) throw error;
  }
}

/** GET /exports/sites.{csv,xlsx,geojson} with the shared filter and `lang`. */
export function exportRoutes({ db, config }: ServerContext): Router {
  const router = Router();
  const slots = new ExportSlots(Math.max(1, Math.floor(config.databasePool / 2)));

  router.get('/exports/sites.:format', async (req, res) => {
    const format = formatOf(req.params['format']);
    const { lang, ...parsed } = parseQuery(exportShape, queryOf(req.originalUrl));
    const filter = completeSiteFilter(parsed);
    const language = lang ?? languageOf(req);
    await slots.run(async () => {
      if (res.closed) return;
      const opened = await openSiteExport(db, filter, format, language);
      try {
        res.vary('Accept-Language').set(opened.headers);
        if (req.method === 'HEAD') res.end();
        else await send(opened, res);
      } finally {
        await opened.close();
      }
    });
  });

  return router;
}
