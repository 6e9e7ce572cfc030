import type { ExportKind } from '../open-export.ts';
import { connectivityKind } from './connectivity.ts';
import { coverageKind } from './coverage.ts';
import { disagreementsKind } from './disagreements.ts';
import { gapsKind } from './gaps.ts';
import { planKind } from './plan.ts';
import { scenariosKind } from './scenarios.ts';
import { sitesKind } from './sites.ts';
import { transmittersKind } from './transmitters.ts';

/** Everything that is exported. Route, description of the API and command follow from this list. */
export const exportKinds: readonly ExportKind[] = [
  sitesKind,
  coverageKind,
  gapsKind,
  disagreementsKind,
  scenariosKind,
  transmittersKind,
  connectivityKind,
  planKind,
];
