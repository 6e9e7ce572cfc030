import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Figures for Prometheus; one registry a server, so that several servers can live in one process. */
export interface Metrics {
  registry: Registry;
  middleware: RequestHandler;
  countTile(layer: string, status: number): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'phusong_http_request_seconds',
    help: 'Time to answer API and page requests, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const tiles = new Counter({
    name: 'phusong_tiles_total',
    help: 'Tile answers by layer and status.',
    labelNames: ['layer', 'status'],
    registers: [registry],
  });
  // Finding a labelled counter costs more than counting: each is looked up once.
  const counters = new Map<string, Counter.Internal>();
  return {
    registry,
    middleware: (req, res, next) => {
      const stop = seconds.startTimer({ method: req.method });
      res.on('finish', () =>
        stop({
          route: req.route ? String((req.route as { path: unknown }).path) : 'other',
          status: String(res.statusCode),
        }),
      );
      next();
    },
    countTile: (layer, status) => {
      const name = `${layer} ${status}`;
      const counter = counters.get(name) ?? tiles.labels(layer, String(status));
      counters.set(name, counter);
      counter.inc();
    },
  };
}
