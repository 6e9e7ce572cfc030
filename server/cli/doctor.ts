import { Command } from 'commander';
import sql from 'sql-template-tag';
import { createOutput } from './output.ts';
import { withDatabase } from './with-database.ts';

export const doctorCommand = new Command('doctor')
  .description('check that the database can be used and say what is in it')
  .option('--json', 'machine-readable result')
  .action(async (flags: { json?: boolean }) => {
    const output = createOutput(flags.json ?? false);
    const found = await withDatabase(output.say, async ({ db }) => {
      const [row] = await db.query<Record<string, string | number>>(sql`
        select version() as server, postgis_lib_version() as postgis, (select revision from dataset_revision) as dataset_revision,
               (select count(*) from admin_unit) as admin_units, (select count(*) from site) as sites, (select count(*) from station) as stations,
               (select count(*) from cell) as cells, (select count(*) from fibre_span) as spans, (select count(*) from coverage_run) as coverage_runs,
               (select count(*) from site s where not exists (select 1 from site_commune c where c.site_id = s.id)) as sites_outside,
               (select count(*) from spatial_ref_sys where srid between 9205 and 9218) as vn2000_systems`);
      return { engine: db.engine, ...row };
    });
    output.result(
      found,
      Object.entries(found)
        .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${value}`)
        .join('\n'),
    );
  });
