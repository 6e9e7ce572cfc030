import { useState } from 'preact/hooks';
import type { PlannedChange } from '../../../../../server/contract/planning.ts';
import type { SearchHit } from '../../../../../server/contract/wire.ts';
import { number, t } from '../../../i18n/index.ts';
import { type AppContext, operatorName } from '../../../state/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { type SearchResults, useSearch } from '../../../ui/use-search.ts';
import { antennaHeight, isKnown, type PlannedSite } from '../known-sites.ts';
import { ChangeSign } from '../sign.tsx';
import { type SignKind, signOf } from '../signs.ts';
import { addChanges, type PlanningState } from '../state.ts';
import { defaultHeight } from './editor.tsx';

const zoomOfSite = 12.5;

function statusText(status: SearchResults['status'], sites: readonly SearchHit[], text: string): string {
  if (status === 'failed') return t('app.error');
  if (status === 'idle' || sites.length > 0) return '';
  return status === 'loading' ? t('app.loading') : t('search.none', { text: text.trim() });
}

/** The changes that can be made at a site, with what they begin from. */
function offers(site: PlannedSite, operator: string | undefined, technology: string): PlannedChange[] {
  const isOwn = operator === undefined || site.operators.includes(operator);
  const height = antennaHeight(site, operator, technology) ?? defaultHeight;
  const { id: site_id, lon, lat } = site;
  const share: PlannedChange = { kind: 'add', site_id, antenna_height_m: height };
  if (!isOwn) return [share];
  const own: PlannedChange[] = [
    { kind: 'raise', site_id, antenna_height_m: height },
    { kind: 'move', site_id, lon, lat },
    { kind: 'off', site_id },
    { kind: 'remove', site_id },
  ];
  const has = site.antennas.some(
    (antenna) => antenna.technology === technology && (operator === undefined || antenna.operator === operator),
  );
  // At a site without the technology there is nothing of it to raise.
  return has ? own : [share, ...own];
}

function Offers({ app, state, site }: { app: AppContext; state: PlanningState; site: PlannedSite }) {
  const { operator, technology } = state.subject.value;
  const present = antennaHeight(site, operator, technology);
  return (
    <div class="site-offers">
      <p>
        <strong>
          {site.code} · {site.name}
        </strong>
        <small>
          {[
            site.operators.map((code) => operatorName(app, code)).join(', '),
            present !== null && t('planning.present_height', { height: number(present, 1) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </p>
      <div class="site-offer-buttons">
        {offers(site, operator, technology).map((change) => {
          const sign: SignKind = signOf(change);
          return (
            <button
              key={sign}
              type="button"
              class="button offer"
              onClick={() => {
                addChanges(state, [change]);
                state.chosenSite.value = null;
              }}
            >
              <ChangeSign kind={sign} />
              {t(`planning.kind.${sign}`)}
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** Chooses a site of the inventory by its code or on the map, and offers what can be changed there. */
export function SiteChooser({ app, state }: { app: AppContext; state: PlanningState }) {
  const [text, setText] = useState('');
  const { status, items } = useSearch(app, text);
  const found = items.filter(({ kind }) => kind === 'site');
  const isPicking = state.placing.value === 'site';
  const site = state.sites.byId.value.get(state.chosenSite.value ?? 0);
  return (
    <div class="site-chooser">
      <Combobox
        label={t('planning.find_site')}
        placeholder={t('planning.find_site_short')}
        clearLabel={t('search.clear')}
        text={text}
        status={statusText(status, found, text)}
        items={found.map(({ id, code, name, detail }) => ({
          key: String(id),
          text: code,
          content: (
            <span class="found">
              <strong>{`${code} · ${name}`}</strong>
              <small>{detail}</small>
            </span>
          ),
        }))}
        onText={setText}
        onPick={(key) => {
          const hit = found.find(({ id }) => String(id) === key);
          if (!hit) return;
          setText('');
          state.chosenSite.value = hit.id;
          if (hit.lon !== null && hit.lat !== null) {
            app.session.camera.value = { point: { lon: hit.lon, lat: hit.lat, zoom: zoomOfSite } };
          }
        }}
      />
      <Button
        icon="target"
        pressed={isPicking}
        onClick={() => {
          state.placing.value = isPicking ? null : 'site';
          if (!isPicking && app.session.sheet.peek() === 'full') app.session.sheet.value = 'half';
        }}
      >
        {t('planning.pick_on_map')}
      </Button>
      {isKnown(site) && <Offers app={app} state={state} site={site} />}
      {site === 'missing' && <p class="hint">{t('app.not_found')}</p>}
      {site === 'failed' && <p class="hint">{t('app.error')}</p>}
    </div>
  );
}
