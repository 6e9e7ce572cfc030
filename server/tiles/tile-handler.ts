import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { matchesEtag } from '../platform/conditional.ts';
import { HttpError, toHttpError, toProblem } from '../platform/http-error.ts';
import { acceptsGzip, preferredLanguage } from './http-negotiation.ts';
import type { LayerDefinition } from './layer.ts';
import type { Tile } from './tile-cache.ts';
import { describeLayer } from './tile-json.ts';
import type { TileService } from './tile-service.ts';
import type { Bounds, ParseTileFilter, TileFilter, TileSource } from './tile-source.ts';
import { parseTileUrl, requireAddress, requireKnownParameters, requireLayer, type TileUrl } from './tile-url.ts';

export const MVT_TYPE = 'application/vnd.mapbox-vector-tile';
/** Kept, but asked for again each time: an edit is never hidden by a cache. */
const REVALIDATE = 'no-cache';
const MAX_PARSED_FILTERS = 2_000;
const DAY_MS = 86_400_000;
/** Days begin in Asia/Ho_Chi_Minh, UTC+7 without summer time. */
const DAY_OFFSET_MS = 7 * 3_600_000;
const DEFAULT_RETRY_AFTER_S = 2;
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

export interface TileHandlerOptions {
  service: TileService;
  source: Pick<TileSource, 'bounds'>;
  parseFilter: ParseTileFilter;
  /** Without a slash at its end; absent: the request's own host. */
  publicBaseUrl?: string | undefined;
  /** The id a request has in the log; made up when absent. */
  requestId?: (request: IncomingMessage) => string;
  /** Told the layer and status of every answer to a tile request. */
  onAnswer?: (layer: string, status: number) => void;
  /** Told of every error that is answered with 500 or above. */
  onError?: (error: unknown, request: IncomingMessage) => void;
}

/** Answers a tile request and returns true, or returns false for a URL that is none of its own. Never throws. */
export type TileHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

interface ParsedFilter {
  filter: TileFilter;
  fingerprint: string;
}

const corsHeaders = { 'Access-Control-Allow-Origin': '*' };

function tileHeaders(etag: string): OutgoingHttpHeaders {
  return { ...corsHeaders, ETag: etag, 'Cache-Control': REVALIDATE, Vary: 'Accept-Encoding' };
}

class TileResponder {
  readonly #options: TileHandlerOptions;
  /** Filters by layer and query text. A default `at` is today, so they are forgotten when the day changes. */
  readonly #filters = new LRUCache<string, ParsedFilter>({ max: MAX_PARSED_FILTERS });
  #filtersDay = 0;
  readonly #bounds = new Map<string, { revision: number; bounds: Promise<Bounds | null> }>();

  constructor(options: TileHandlerOptions) {
    this.#options = options;
  }

  answer(url: TileUrl, request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    if (request.method === 'OPTIONS') return preflight(response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD, OPTIONS');
      throw new HttpError(405, 'method-not-allowed', 'Tiles can only be read.');
    }
    const layer = requireLayer(url.layerId);
    return url.tile === null
      ? this.#answerTileJson(layer, url.query, request, response)
      : this.#answerTile(layer, url.tile, url.query, request, response);
  }

  #answerTile(
    layer: LayerDefinition,
    numbers: { z: string; x: string; y: string },
    query: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void | Promise<void> {
    const { service } = this.#options;
    const address = requireAddress(layer, numbers);
    const { filter, fingerprint } = this.#filter(layer, query);
    const gzip = acceptsGzip(request.headers['accept-encoding']);
    const etag = tileEtag(service.revision, fingerprint, gzip);
    if (matchesEtag(request.headers['if-none-match'], etag)) {
      response.writeHead(304, tileHeaders(etag)).end();
      this.#options.onAnswer?.(layer.id, 304);
      return;
    }
    const send = (tile: Tile): void => {
      sendTile(tile, tileEtag(tile.revision, fingerprint, gzip), gzip, request.method === 'HEAD', response);
      this.#options.onAnswer?.(layer.id, response.statusCode);
    };
    const ready = service.cached(layer, filter, address);
    if (ready !== undefined) return send(ready);
    return service.tile(layer, filter, address).then(send);
  }

  async #answerTileJson(layer: LayerDefinition, query: string, request: IncomingMessage, response: ServerResponse) {
    this.#filter(layer, query);
    const baseUrl = this.#options.publicBaseUrl ?? baseUrlOf(request);
    const bounds = await this.#boundsOf(layer);
    const language = preferredLanguage(request.headers['accept-language']);
    const body = Buffer.from(JSON.stringify(describeLayer(layer, { baseUrl, query, bounds, language })));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const headers = { ...corsHeaders, ETag: etag, 'Cache-Control': REVALIDATE, Vary: 'Accept-Language' };
    if (matchesEtag(request.headers['if-none-match'], etag)) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  #filter(layer: LayerDefinition, query: string): ParsedFilter {
    const today = Math.floor((Date.now() + DAY_OFFSET_MS) / DAY_MS);
    if (today !== this.#filtersDay) this.#filters.clear();
    this.#filtersDay = today;
    const key = `${layer.id}?${query}`;
    const known = this.#filters.get(key);
    if (known !== undefined) return known;
    const params = new URLSearchParams(query);
    requireKnownParameters(layer, params);
    const filter = this.#options.parseFilter(params, layer);
    const parsed = { filter, fingerprint: this.#options.service.fingerprint(layer, filter) };
    this.#filters.set(key, parsed);
    return parsed;
  }

  #boundsOf(layer: LayerDefinition): Promise<Bounds | null> {
    const { revision } = this.#options.service;
    const known = this.#bounds.get(layer.id);
    if (known?.revision === revision) return known.bounds;
    const bounds = this.#options.source.bounds(layer);
    this.#bounds.set(layer.id, { revision, bounds });
    bounds.catch(() => this.#bounds.delete(layer.id));
    return bounds;
  }
}

/** Strong: the two encodings are different bytes, so they have different tags (RFC 9110 §8.8.3.3). */
function tileEtag(revision: number, fingerprint: string, gzip: boolean): string {
  return `"${revision}-${fingerprint}${gzip ? '' : '-identity'}"`;
}

function sendTile(tile: Tile, etag: string, gzip: boolean, headOnly: boolean, response: ServerResponse): void {
  const headers = tileHeaders(etag);
  if (tile.gzip === null) {
    response.writeHead(204, headers).end();
    return;
  }
  const body = gzip ? tile.gzip : gunzipSync(tile.gzip);
  headers['Content-Type'] = MVT_TYPE;
  headers['Content-Length'] = body.length;
  if (gzip) headers['Content-Encoding'] = 'gzip';
  response.writeHead(200, headers).end(headOnly ? undefined : body);
}

function preflight(response: ServerResponse): void {
  const allowed = { 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Allow-Headers': 'If-None-Match' };
  response.writeHead(204, { ...corsHeaders, ...allowed, 'Access-Control-Max-Age': 86_400 }).end();
}

/** The address the client used. @throws HttpError 400 for a Host that is not one */
function baseUrlOf(request: IncomingMessage): string {
  const host = request.headers.host ?? '';
  if (!HOST.test(host)) throw new HttpError(400, 'bad-host', 'The Host header is not valid.');
  return `${'encrypted' in request.socket ? 'https' : 'http'}://${host}`;
}

function sendProblem(error: unknown, requestId: string, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, retryAfter } = toHttpError(error);
  const body = Buffer.from(JSON.stringify(toProblem(error, { instance: request.url ?? '/', requestId })));
  const seconds = retryAfter ?? (status === 503 ? DEFAULT_RETRY_AFTER_S : undefined);
  if (seconds !== undefined) response.setHeader('Retry-After', seconds);
  response.writeHead(status, {
    ...corsHeaders,
    'Content-Type': 'application/problem+json',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The handler of `/tiles/{layer}/{z}/{x}/{y}.mvt` and `/tiles/{layer}.json`, to be called before Express. */
export function createTileHandler(options: TileHandlerOptions): TileHandler {
  const responder = new TileResponder(options);
  return (request, response) => {
    const url = parseTileUrl(request.url ?? '');
    if (url === null) return false;
    const fail = (error: unknown): void => {
      if (toHttpError(error).status >= 500) options.onError?.(error, request);
      sendProblem(error, options.requestId?.(request) ?? randomUUID(), request, response);
      options.onAnswer?.('none', response.statusCode);
    };
    try {
      responder.answer(url, request, response)?.catch(fail);
    } catch (error) {
      fail(error);
    }
    return true;
  };
}
