import type { ClientDomain } from './domain.ts';
import { createAdminUnitsDomain } from './domains/admin-units/index.tsx';
import { createBroadcastDomain } from './domains/broadcast/index.tsx';
import { createConnectivity } from './domains/connectivity/index.tsx';
import { createCoverageDomains } from './domains/coverage/index.tsx';
import { ExportBar } from './domains/exports/panel.tsx';
import { createFibreDomain } from './domains/fibre/index.tsx';
import { createMeasureDomain } from './domains/measure/index.tsx';
import { createPlanningDomains } from './domains/planning/index.tsx';
import { createSitesDomain } from './domains/sites/index.tsx';
import { CommonFilter } from './shell/common-filter.tsx';
import type { AppContext } from './state/app-context.ts';

/** Every domain of the page, in the order of the tabs. The one place where they meet. */
export function createDomains(app: AppContext): ClientDomain[] {
  const connectivity = createConnectivity(app);
  return [
    createAdminUnitsDomain(app),
    createSitesDomain(app, {
      CommonFilter: ({ children }) => <CommonFilter app={app}>{children}</CommonFilter>,
      ExportBar: ({ count }) => <ExportBar app={app} count={count} />,
    }),
    ...createCoverageDomains(app),
    ...createPlanningDomains(app, { CommonFilter: () => <CommonFilter app={app} forCoverage /> }),
    createBroadcastDomain(app),
    connectivity.domain,
    createFibreDomain(app, connectivity),
    createMeasureDomain(),
  ];
}
