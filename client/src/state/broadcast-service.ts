import type { BroadcastService } from '../../../server/contract/broadcast.ts';

/** Radio and television services, for the controls; typed by the contract, see filter.ts. The first is shown unless chosen. */
export const broadcastServices = ['fm', 'am', 'tv'] as const satisfies readonly BroadcastService[];
