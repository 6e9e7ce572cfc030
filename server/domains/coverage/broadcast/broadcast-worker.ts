/** Worker thread of a computation of radio and television coverage: it never holds up HTTP. */
import { computeBroadcast } from './compute-broadcast.ts';

export default computeBroadcast;
