import { z } from 'zod';

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

function isCalendarDay(text: string): boolean {
  const match = dayPattern.exec(text);
  // PostgreSQL's calendar has no year 0.
  if (!match || match[1] === '0000') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A calendar day as YYYY-MM-DD, meant in Asia/Ho_Chi_Minh. */
export const day = z.string().refine(isCalendarDay, 'must be a day as YYYY-MM-DD');

const vietnamDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in Vietnam of a moment as YYYY-MM-DD. */
export const dayInVietnam = (moment: Date): string => vietnamDay.format(moment);

/** Today in Vietnam as YYYY-MM-DD. */
export const todayInVietnam = (): string => dayInVietnam(new Date());
