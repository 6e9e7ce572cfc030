import { describe, expect, it } from 'vitest';
import { ExportSlots } from './export-slots.ts';

describe('export slots', () => {
  it('lets so many run at once, the others wait in order of arrival, and a failure frees its slot', async () => {
    const slots = new ExportSlots(2);
    const events: string[] = [];
    const finish = new Map<string, (error?: Error) => void>();
    const work = (name: string) =>
      slots.run(
        () =>
          new Promise<void>((resolve, reject) => {
            events.push(name);
            finish.set(name, (error) => (error ? reject(error) : resolve()));
          }),
      );
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(work) as [Promise<void>, Promise<void>, Promise<void>, Promise<void>];
    await Promise.resolve();
    expect(events).toEqual(['a', 'b']);
    finish.get('b')?.(new Error('broken'));
    await expect(b).rejects.toThrow('broken');
    await expect.poll(() => events).toEqual(['a', 'b', 'c']);
    finish.get('a')?.();
    await a;
    await expect.poll(() => events).toEqual(['a', 'b', 'c', 'd']);
    finish.get('c')?.();
    finish.get('d')?.();
    await Promise.all([c, d]);
    expect(await slots.run(() => Promise.resolve('free again'))).toBe('free again');
  });
});
