import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/**
 * Builds the map client into `dist/client`. Everything is a file with a hash in its name: no inline script, style or
 * data URI, so that the strict Content-Security-Policy of the server holds. MapLibre is a chunk of its own.
 */
export default defineConfig({
  root: here,
  base: './',
  publicDir: resolve(here, 'public'),
  build: {
    outDir: resolve(here, '../dist/client'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
  },
  worker: { format: 'es' },
  server: {
    proxy: { '/api': 'http://localhost:3000', '/tiles': 'http://localhost:3000', '/readyz': 'http://localhost:3000' },
  },
});
