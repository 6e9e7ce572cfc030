declare module 'pg-postgis-types' {
  const postgis: unknown;
  export default postgis;
}
