/** The benchmark itself, once packages, build and PostgreSQL are there (run.mjs sees to that). */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchmarks } from './registry.ts';
import { endChildren } from './support/child.ts';
import { BenchDatabases } from './support/databases.ts';
import type { Metric } from './support/metric.ts';

/** Sites of the synthetic country that the figures of the issues are about. */
const COUNTRY_SITES = 500_000;

function readArguments() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, out: { type: 'string' } } });
  const names = Object.keys(benchmarks);
  const unknown = values.only?.find((wanted) => !names.some((name) => name.startsWith(wanted)));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: choose from ${names.join(', ')}.`);
  const chosen = names.filter((name) => values.only?.some((wanted) => name.startsWith(wanted)) ?? true);
  return { chosen, out: values.out };
}

function printTable(metrics: readonly Metric[]): void {
  const rows = metrics.map(({ name, value, unit, target, met }) => [
    name,
    `${value}`,
    unit,
    target === null ? '' : `${target}`,
    met === null ? '' : met ? 'met' : 'MISSED',
  ]);
  const all = [['figure', 'value', 'unit', 'target', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  const missed = metrics.filter(({ met }) => met === false);
  console.log(
    missed.length === 0
      ? `\nEvery target is met (${metrics.filter(({ met }) => met).length}).`
      : `\nMISSED ${missed.length}: ${missed.map(({ name }) => name).join(', ')}`,
  );
}

async function main(): Promise<void> {
  const { chosen, out } = readArguments();
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) throw new Error('TEST_DATABASE_URL is not set; `npm run bench` sets it.');
  const started = performance.now();
  const say = (text: string): void => console.error(`[${Math.round((performance.now() - started) / 1000)} s] ${text}`);
  const databases = new BenchDatabases(serverUrl, Number(process.env['BENCH_SITES'] ?? COUNTRY_SITES), say);
  const metrics: Metric[] = [];
  const failed: string[] = [];
  try {
    for (const name of chosen) {
      say(name);
      try {
        const measured = (await benchmarks[name]?.({ databases, say })) ?? [];
        metrics.push(...measured);
        for (const { name, value, unit } of measured) say(`  ${name} ${value} ${unit}`);
      } catch (error) {
        failed.push(name);
        console.error(error);
      }
    }
  } finally {
    endChildren();
    await databases.drop();
  }
  printTable(metrics);
  if (out !== undefined) await writeFile(out, `${JSON.stringify({ metrics }, null, 2)}\n`);
  if (failed.length > 0) {
    console.log(`\nNOT MEASURED, because of an error: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endChildren();
    process.exit(1);
  });
}
await main();
