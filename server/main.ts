import { readConfig } from './platform/config.ts';
import { serve } from './serve.ts';

await serve(readConfig(process.env), (text) => process.stderr.write(`${text}\n`));
