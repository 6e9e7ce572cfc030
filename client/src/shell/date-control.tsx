import { useId } from 'preact/hooks';
import type { Vintage } from '../../../server/contract/wire.ts';
import { day as shownDay, t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { dayBefore, isInVintage } from '../state/reference-data.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';

/** The day of the yearly report that the province's figures come from. */
const reportDay = '2008-12-31';
/** The census whose units the 2007–2025 vintage is known by. */
const censusYear = 2009;

/** A vintage is known by the year of the census in it, or by the year it began. */
export function vintageYear(vintage: Vintage): number {
  const from = Number(vintage.valid_from.slice(0, 4));
  return isInVintage(vintage, `${censusYear}-04-01`) ? censusYear : from;
}

function vintageUnits({ districts, communes }: Vintage): string {
  return districts > 0 ? t('date.vintage_units', { districts, communes }) : t('date.vintage_communes', { communes });
}

function vintageRange({ valid_from: from, valid_to: to }: Vintage): string {
  return to === null
    ? t('date.vintage_from', { from: shownDay(from) })
    : t('date.vintage_range', { from: shownDay(from), to: shownDay(dayBefore(to)) });
}

/** The day in the vintage nearest to the one shown: the inventory changes as little as it can. */
export function nearestDay(vintage: Vintage, day: string): string {
  if (isInVintage(vintage, day)) return day;
  return day < vintage.valid_from || vintage.valid_to === null ? vintage.valid_from : dayBefore(vintage.valid_to);
}

function Choices({ app, close }: { app: AppContext; close: () => void }) {
  const id = useId();
  const day = app.day.value;
  const vintages = app.reference.vintages.state.value.data?.items ?? [];
  const today = app.session.meta.state.value.data?.today;
  const go = (at: string | null): void => {
    // A commune code is only valid in its own vintage.
    const { filter, selection } = app.url.state.peek();
    const { commune: _commune, ...kept } = filter;
    const here = app.reference.vintage.peek();
    const stays = here !== null && isInVintage(here, at ?? today ?? day);
    app.url.change({ at, filter: stays ? filter : kept, selection: stays ? selection : null });
  };
  return (
    <>
      <div class="field">
        <label for={id}>{t('date.pick')}</label>
        <input
          id={id}
          type="date"
          value={day}
          min="1990-01-01"
          onChange={(event) => event.currentTarget.value && go(event.currentTarget.value)}
        />
      </div>
      <p class="popover-heading">{t('date.quick')}</p>
      <div class="quick-days">
        <Button pressed={day === reportDay} onClick={() => go(reportDay)}>
          {shownDay(reportDay)}
        </Button>
        <Button pressed={app.url.state.value.at === null} onClick={() => go(null)}>
          {t('date.today')}
        </Button>
      </div>
      <p class="popover-heading" id={`${id}-vintage`}>
        {t('date.vintage')}
      </p>
      <fieldset class="vintages" aria-labelledby={`${id}-vintage`}>
        {vintages.map((vintage) => (
          <button
            key={vintage.valid_from}
            type="button"
            class="vintage"
            aria-pressed={isInVintage(vintage, day)}
            onClick={() => {
              go(nearestDay(vintage, day));
              close();
            }}
          >
            <strong>{t('date.vintage_name', { year: String(vintageYear(vintage)) })}</strong>
            <span>{vintageUnits(vintage)}</span>
            <small>{vintageRange(vintage)}</small>
          </button>
        ))}
      </fieldset>
    </>
  );
}

/** The day that everything on the page is for, and with it the boundary vintage. */
export function DateControl({ app }: { app: AppContext }) {
  const vintage = app.reference.vintage.value;
  const { status } = app.reference.vintages.state.value;
  const units = vintage
    ? `${t('date.vintage_name', { year: String(vintageYear(vintage)) })}: ${vintageUnits(vintage)}`
    : status === 'ready'
      ? t('date.none')
      : '';
  return (
    <Popover
      class="date-control"
      label={t('date.change')}
      summary={
        <span class="date-summary">
          <span class="date-line">
            <span class="date-label">{t('date.label')}</span> <strong>{shownDay(app.day.value)}</strong>
          </span>
          <small>{units}</small>
        </span>
      }
    >
      {(close) => <Choices app={app} close={close} />}
    </Popover>
  );
}
