import type { ClientDomain } from '../domain.ts';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { EditTokenDialog } from '../ui/edit-token-dialog.tsx';
import { DetailsCard } from './details-card.tsx';
import { Header } from './header.tsx';
import { MapRoom, type MapRoomState } from './map-room.tsx';
import { OutageBanner } from './outage-banner.tsx';
import { Panel } from './panel.tsx';

interface AppProps {
  app: AppContext;
  domains: readonly ClientDomain[];
  room: MapRoomState;
  onMapContainer: (container: HTMLElement) => void;
}

/** The page: header, panel, map, details. */
export function App({ app, domains, room, onMapContainer }: AppProps) {
  return (
    <div class={app.url.state.value.selection ? 'page page-with-details' : 'page'}>
      <nav class="skips" aria-label={t('app.skip')}>
        <a href="#panel">{t('app.skip')}</a>
        <a href="#map">{t('app.skip_map')}</a>
      </nav>
      <Header app={app} />
      <OutageBanner app={app} />
      <Panel app={app} domains={domains} />
      <MapRoom app={app} domains={domains} room={room} onContainer={onMapContainer} />
      <DetailsCard app={app} domains={domains} />
      <EditTokenDialog editToken={app.session.editToken} />
    </div>
  );
}
