import { afterAll } from 'vitest';
import './filter.specs.ts';
import './map.specs.ts';
import './page.specs.ts';
import './screenshots.specs.ts';
import { closeSharedWorld } from './support.ts';

/** One file for the runner, so that all specs share one server: starting it costs more than a spec. */
afterAll(closeSharedWorld);
