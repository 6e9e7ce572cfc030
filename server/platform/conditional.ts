import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { todayInVietnam } from '../contract/index.ts';
import type { DatasetRevision } from './dataset-revision.ts';

/** Strong validator of an answer that depends only on the dataset revision, the address, the day, language and format. */
export function datasetEtag(revision: number, parts: readonly string[]): string {
  return `"${createHash('sha256')
    .update(`${revision}\0${todayInVietnam()}\0${parts.join('\0')}`)
    .digest('base64url')
    .slice(0, 22)}"`;
}

/** Whether `If-None-Match` names the entity tag (weak comparison, RFC 9110 §13.1.2). */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(',').some((part) => {
    const tag = part.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}

/** GET answers of the dataset: a strong ETag, and 304 without touching the database when the client's copy is current. */
export function conditionalGet(revision: DatasetRevision): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    const etag = datasetEtag(revision.current, [
      req.originalUrl,
      req.get('accept') ?? '',
      req.get('accept-language') ?? '',
    ]);
    res.set({ ETag: etag, 'Cache-Control': 'no-cache', Vary: 'Accept, Accept-Language, Accept-Encoding' });
    if (matchesEtag(req.get('if-none-match'), etag)) {
      res.status(304).end();
      return;
    }
    next();
  };
}
