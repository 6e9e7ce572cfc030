/** All that the client may import from the server: schemas and wire types, nothing that runs a server. */
export * from './dates.ts';
export * from './site-filter.ts';
export * from './wire.ts';
