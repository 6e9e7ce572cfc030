/** All that the client may import from the server: schemas and wire types, nothing that runs a server. */
export * from './bands.ts';
export * from './broadcast.ts';
export * from './connectivity.ts';
export * from './coverage-evidence.ts';
export * from './coverage-jobs.ts';
export * from './dates.ts';
export * from './place-filter.ts';
export * from './planning.ts';
export * from './radio-path.ts';
export * from './site-filter.ts';
export * from './wire.ts';
