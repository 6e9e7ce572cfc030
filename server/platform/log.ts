import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Structured log on standard error; secrets that could appear in a request or a configuration are removed. */
export function createLog(level: string, destination: DestinationStream = process.stderr): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'req.headers.authorization',
          'req.headers.cookie',
          'databaseUrl',
          '*.databaseUrl',
          'editToken',
          '*.editToken',
        ],
        censor: '(removed)',
      },
    },
    destination,
  );
}
