import { effect } from '@preact/signals';
import { render } from 'preact';
import './styles/fonts.css';
import './styles/base.css';
import './styles/widgets.css';
import './styles/layout.css';
import './styles/content.css';
import { createApiClient } from './api/client.ts';
import { watchReachability } from './api/reachability.ts';
import { createDomains } from './domains.tsx';
import { language, setLanguage, t } from './i18n/index.ts';
import { App } from './shell/app.tsx';
import { connectMap, loadMapCode } from './shell/connect-map.ts';
import { createMapRoomState } from './shell/map-room.tsx';
import { createAppContext } from './state/app-context.ts';
import { createUrlStore } from './state/url-store.ts';

const url = createUrlStore(window);
const reachability = watchReachability(() => api.isReady());
const api = createApiClient({
  base: document.baseURI.replace(/[?#].*$/, '').replace(/[^/]*$/, ''),
  language: () => url.state.peek().language,
  onReach: reachability.report,
});
const app = createAppContext(url, api, reachability);
const domains = createDomains(app);
const room = createMapRoomState();

effect(() => setLanguage(url.state.value.language));
effect(() => {
  document.documentElement.lang = language.value;
  const tab = t(`tab.${url.state.value.tab}`);
  document.title = `${tab} · ${t('app.title')}`;
});

/** The map waits for the bounds of the province; until the server answers there is nothing to draw. */
function startMap(container: HTMLElement): void {
  loadMapCode().catch(() => undefined);
  let isStarted = false;
  effect(() => {
    if (isStarted || app.session.meta.state.value.status !== 'ready') return;
    isStarted = true;
    connectMap(app, domains, room, container).catch(() => {
      app.session.mapStatus.value = 'failed';
    });
  });
}

const root = document.getElementById('app');
if (!root) throw new Error('the page has no #app');
render(<App app={app} domains={domains} room={room} onMapContainer={startMap} />, root);
