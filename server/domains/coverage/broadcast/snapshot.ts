import type { BroadcastRun, BroadcastUnion, TransmitterItem } from '../../../contract/index.ts';
import { selectRevision } from '../../../platform/dataset-revision.ts';
import type { Db } from '../../../platform/db/db.ts';
import {
  selectOptionalBroadcastRun,
  selectTransmitterPage,
  selectUnions,
  type TransmitterQuestion,
} from './queries.ts';

/** Transmitters of a file: a nation has some thousands. */
const MOST_TRANSMITTERS = 20_000;

/** Transmitters on air on a day with run and unions, all of one moment. */
export interface BroadcastSnapshot {
  run: BroadcastRun | null;
  items: TransmitterItem[];
  unions: BroadcastUnion[];
  dataset_revision: number;
}

/** What the list of transmitters tells, whole and read in one transaction: for exports. */
export function selectBroadcastSnapshot(db: Db, question: TransmitterQuestion): Promise<BroadcastSnapshot> {
  return db.transaction(async (tx) => {
    const run = await selectOptionalBroadcastRun(tx, question.at);
    return {
      run,
      items: await selectTransmitterPage(tx, question, run?.id ?? null, MOST_TRANSMITTERS, undefined),
      unions: await selectUnions(tx, question, run?.id ?? null),
      dataset_revision: await selectRevision(tx),
    };
  });
}
