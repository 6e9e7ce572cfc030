import { posix } from 'node:path';
import { parseSync } from 'vite';

/** One import of a source file, however it is written. */
export interface Import {
  /** Project path of the importing file, with forward slashes. */
  file: string;
  /** Project path of the imported file, or the name of a package. */
  target: string;
  isPackage: boolean;
  /** Only types: gone when the program runs. */
  isType: boolean;
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function resolve(file: string, specifier: string): Pick<Import, 'target' | 'isPackage'> {
  if (!specifier.startsWith('.')) return { target: packageName(specifier), isPackage: true };
  return { target: posix.join(posix.dirname(file), specifier.replace(/\?.*$/, '')), isPackage: false };
}

/**
 * Every import, re-export and dynamic import of a TypeScript file.
 * @throws Error when the file does not parse
 */
export function readImports(file: string, text: string): Import[] {
  const { module, errors } = parseSync(file, text, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const found: [specifier: string, isType: boolean][] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    found.push([moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType)]);
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) found.push([moduleRequest.value, isType]);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^['"`](.+)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[1]) found.push([literal[1], false]);
  }
  return found.map(([specifier, isType]) => ({ file, isType, ...resolve(file, specifier) }));
}
