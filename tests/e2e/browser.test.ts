import { afterAll } from 'vitest';
import './broadcast.specs.ts';
import './connectivity.specs.ts';
import './coverage.specs.ts';
import './coverage-evidence.specs.ts';
import './coverage-jobs.specs.ts';
import './filter.specs.ts';
import './map.specs.ts';
import './measure.specs.ts';
import './page.specs.ts';
import './planning.specs.ts';
import './planning-scenarios.specs.ts';
import './planning-spot.specs.ts';
import { closeSharedWorld } from './support.ts';

// Pictures are no tests: they are only made when asked for.
if (process.env['PHUSONG_SCREENSHOTS'] === '1') await import('./screenshots.specs.ts');

/** One file for the runner, so that all specs share one server: starting it costs more than a spec. */
afterAll(closeSharedWorld);
