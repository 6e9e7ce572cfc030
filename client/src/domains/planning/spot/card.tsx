import { useEffect, useRef, useState } from 'preact/hooks';
import type { CoverageSpot, RadioPath, SpotLevel } from '../../../../../server/contract/radio-path.ts';
import { day, distance, number, t, term } from '../../../i18n/index.ts';
import { type AppContext, operatorName } from '../../../state/app-context.ts';
import { Skeleton } from '../../../ui/async-view.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useToolKeys } from '../../../ui/use-tool-keys.ts';
import { coordinate, dbm, decibel, metresBetween } from '../format.ts';
import { RequestError } from '../request-error.tsx';
import { Losses } from './losses.tsx';
import { ProfileChart, ProfileKey } from './profile-chart.tsx';
import { byTechnology, endSpot, isOfSubject, type SpotState } from './state.ts';
import { marginText, profileText } from './text.ts';

/** Covered: a tick in a full disc. Not covered: a cross in an empty one. */
function CoveredSign({ isCovered }: { isCovered: boolean }) {
  return (
    <svg class={isCovered ? 'covered covered-yes' : 'covered covered-no'} viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8.6" />
      <path d={isCovered ? 'm5.8 10.4 2.9 2.9 5.5-6' : 'm6.8 6.8 6.4 6.400m0-6.4-6.4 6.4'} />
    </svg>
  );
}

interface SpotProps {
  app: AppContext;
  state: SpotState;
}

function LevelRow({ app, state, item }: SpotProps & { item: SpotLevel }) {
  const isChosen = state.cell.value === item.cell_id;
  const spread = Math.max(item.level_high_dbm - item.level_dbm, item.level_dbm - item.level_low_dbm);
  return (
    <li>
      <button
        type="button"
        class="row level"
        aria-pressed={isChosen}
        aria-current={isOfSubject(item, state.subject.value) ? 'true' : undefined}
        onClick={() => (state.cell.value = isChosen ? null : item.cell_id)}
      >
        <CoveredSign isCovered={item.covered} />
        <span class="row-body">
          <span class="row-top">
            <strong>{operatorName(app, item.operator)}</strong>
            <span class="row-name">{`${number(item.band_mhz)} MHz`}</span>
            <strong class="level-value">{dbm(item.level_dbm)}</strong>
          </span>
          <span class="row-wrap">
            <span class={item.covered ? 'level-covered' : 'level-short'}>
              {t(item.covered ? 'spot.covered' : 'spot.not_covered')}
            </span>
            {`, ${marginText(item)}`}
            {spread >= 0.5 && ` · ±${decibel(spread)}`}
          </span>
          <span class="row-wrap">
            {[
              item.site_code,
              distance(item.distance_m),
              t(item.with_terrain ? 'spot.with_terrain' : 'spot.no_terrain'),
              item.extrapolated && t('spot.extrapolated'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </button>
    </li>
  );
}

function Levels({ app, state, answer }: SpotProps & { answer: CoverageSpot }) {
  if (answer.items.length === 0) return <p class="empty">{answer.note}</p>;
  const subject = state.subject.value;
  const { operator, technology: looked } = subject;
  return (
    <>
      {operator && !answer.items.some((item) => isOfSubject(item, subject)) && (
        <p class="hint">{t('spot.nothing_of', { operator: operatorName(app, operator), technology: looked })}</p>
      )}
      {byTechnology(answer.items, subject).map(({ technology, items }) => (
        <section key={technology} class="levels" aria-label={technology}>
          <h3>
            {technology} <small>{term('reference_signal', technology)}</small>
          </h3>
          <ul>
            {items.map((item) => (
              <LevelRow key={`${item.operator} ${item.band_mhz}`} app={app} state={state} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function PathView({ app, path, isLarge }: { app: AppContext; path: RadioPath; isLarge: boolean }) {
  return (
    <>
      <p class="path-head">
        <strong>{`${operatorName(app, path.cell.operator)} ${path.cell.technology} · ${number(path.cell.band_mhz)} MHz`}</strong>{' '}
        {t('profile.from', {
          site: `${path.site.code} (${path.site.name})`,
          distance: distance(path.distance_m),
          bearing: Math.round(path.bearing_deg),
        })}
      </p>
      <ProfileChart path={path} isLarge={isLarge} />
      {path.profile && <ProfileKey />}
      <p class="hint">{profileText(path)}</p>
      <Losses path={path} />
      {path.flags.length > 0 && (
        <p class="hint">
          {t('losses.defaults', { flags: path.flags.map((flag) => term('cell_flag', flag)).join(', ') })}
        </p>
      )}
      {path.extrapolated && <p class="hint">{t('losses.extrapolated')}</p>}
    </>
  );
}

/** The chosen row with its path; the others are one press away. */
function PathSection({ app, state, item, isLarge }: SpotProps & { item: SpotLevel; isLarge: boolean }) {
  const { answer, error } = state.path.state.value;
  const back = useRef<HTMLButtonElement>(null);
  // The row that was pressed has gone with the list: the focus goes on from here.
  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  const site = state.path.isFresh.value ? answer?.site : undefined;
  useEffect(() => {
    const to = state.spot.peek();
    if (!site || !to) return;
    const [west, east] = [site.lon, to.lon].sort((a, b) => a - b);
    const [south, north] = [site.lat, to.lat].sort((a, b) => a - b);
    app.session.camera.value = { bbox: [west ?? 0, south ?? 0, east ?? 0, north ?? 0] };
  }, [site?.id]);
  return (
    <>
      <Button kind="quiet" class="spot-back" buttonRef={back} onClick={() => (state.cell.value = null)}>
        ← {t('spot.back')}
      </Button>
      <ul>
        <LevelRow app={app} state={state} item={item} />
      </ul>
      <section class="path" aria-label={t('profile.heading')} aria-busy={!state.path.isFresh.value}>
        {error && <RequestError error={error} onRetry={state.path.retry} />}
        {answer && state.path.isFresh.value ? (
          <PathView app={app} path={answer} isLarge={isLarge} />
        ) : (
          !error && <Skeleton lines={3} />
        )}
      </section>
    </>
  );
}

function LevelsOrPath({ app, state, answer, isLarge }: SpotProps & { answer: CoverageSpot; isLarge: boolean }) {
  const item = answer.items.find(({ cell_id }) => cell_id === state.cell.value);
  if (item) return <PathSection key={item.cell_id} app={app} state={state} item={item} isLarge={isLarge} />;
  return (
    <>
      {answer.items.length > 0 && (
        <p class="hint">
          {t('spot.centre', { distance: distance(metresBetween(state.spot.value ?? answer, answer)) })}{' '}
          {t('spot.choose')}
        </p>
      )}
      <Levels app={app} state={state} answer={answer} />
    </>
  );
}

function Answer({ app, state, isLarge }: SpotProps & { isLarge: boolean }) {
  const { answer, error } = state.levels.state.value;
  const place = state.spot.value;
  if (!place) return <p class="hint">{t('spot.hint')}</p>;
  const isFresh = state.levels.isFresh.value;
  return (
    <>
      <p class="hint">
        {`${coordinate(place.lat)}, ${coordinate(place.lon)}`}
        {answer &&
          isFresh &&
          ` · ${answer.commune?.name ?? t('spot.no_commune')} · ${
            answer.ground_m === null ? t('spot.no_terrain') : t('spot.ground', { height: number(answer.ground_m) })
          } · ${t('date.label').toLowerCase()} ${day(answer.at)}`}
      </p>
      {error && <RequestError error={error} onRetry={state.levels.retry} />}
      {!isFresh && !error && <Skeleton lines={4} />}
      {answer && isFresh && <LevelsOrPath app={app} state={state} answer={answer} isLarge={isLarge} />}
    </>
  );
}

function Card({ app, state }: SpotProps) {
  const [isLarge, setLarge] = useState(false);
  const card = useRef<HTMLElement>(null);
  const end = (): void => {
    if (card.current?.contains(document.activeElement)) state.button.current?.focus();
    endSpot(state);
  };
  useToolKeys({ end });
  const place = state.spot.value;
  const isAsked = place !== null;
  useEffect(() => {
    card.current?.scrollTo(0, 0);
  }, [place]);
  return (
    <section
      class={['spot', isAsked && 'spot-asked', isLarge && 'spot-large'].filter(Boolean).join(' ')}
      ref={card}
      aria-label={t('spot.title')}
      tabIndex={-1}
    >
      <div class="spot-head">
        <h2>{t('spot.title')}</h2>
        <Badge tone="info">{t('app.estimated')}</Badge>
        {isAsked && (
          <Button
            kind="icon"
            icon="grow"
            class="spot-grow"
            pressed={isLarge}
            label={t('spot.enlarge')}
            onClick={() => setLarge(!isLarge)}
          />
        )}
        <Button kind="icon" icon="close" label={t('app.close')} onClick={end} />
      </div>
      <output class="visually-hidden" aria-live="polite">
        {state.levels.isFresh.value && t('spot.found', { count: state.levels.state.value.answer?.items.length ?? 0 })}
      </output>
      <Answer app={app} state={state} isLarge={isLarge} />
      {!isAsked && (
        <p class="hint measure-keys">
          <Icon name="info" size={14} /> {t('spot.keys')}
        </p>
      )}
    </section>
  );
}

/** The levels at the spot that was clicked, for as long as the tool is on. */
export function SpotCard({ app, state }: SpotProps) {
  return state.isOn.value ? <Card app={app} state={state} /> : null;
}
