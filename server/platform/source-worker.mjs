// Entry of worker threads when the server runs from TypeScript source: registers tsx, which a worker does not inherit,
// then loads the real entry, given as the first argument. The built server does not use it.
import { register } from 'tsx/esm/api';

register();
const entry = await import(process.argv[2]);
export default entry.default;
