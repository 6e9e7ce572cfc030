import { t } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { initialNetworkChoice, type NetworkChoice, networkSections, networkViews } from '../../state/network-choice.ts';
import { Segments } from '../../ui/segments.tsx';
import { SelectField } from '../../ui/select-field.tsx';

export function chooseNetwork(app: AppContext, change: Partial<NetworkChoice>): void {
  app.url.change({ network: { ...app.url.state.peek().network, ...change } });
}

/** Opens a place of the list, or with null closes it. @param isToShow it was chosen in the list: the map goes there as soon as its ways are known */
export function choosePlace(app: AppContext, place: number | null, isToShow: boolean): void {
  app.session.isToShow.value = isToShow;
  chooseNetwork(app, { place });
}

function networkName(app: AppContext, net: string): string {
  const view = networkViews.find((known) => known === net);
  return view ? t(`network.${view}`) : t('network.only', { operator: operatorName(app, net) });
}

/** Says whose network an answer is about where its chooser is not at hand; nothing for everybody's. */
export function NetworkNote({ app }: { app: AppContext }) {
  const { net } = app.url.state.value.network;
  if (net === initialNetworkChoice.net) return null;
  return <p class="hint">{`${t('network.whose')}: ${networkName(app, net)}`}</p>;
}

/** Which list is shown, and whose network it is about. */
export function NetworkChooser({ app }: { app: AppContext }) {
  const { net, part } = app.url.state.value.network;
  const operators = app.reference.operators.state.value.data?.items ?? [];
  return (
    <div class="network-chooser">
      <Segments
        label={t('network.parts')}
        value={part}
        columns={4}
        options={networkSections.map((value) => ({ value, label: t(`network.part_${value}`) }))}
        onChange={(value) => chooseNetwork(app, { part: value, reach: null, place: null, cut: [] })}
      />
      <SelectField
        label={t('network.whose')}
        value={net}
        options={[
          ...networkViews.map((value) => ({ value, label: networkName(app, value) })),
          ...operators.map(({ code }) => ({ value: code, label: networkName(app, code) })),
        ]}
        onChange={(value) => chooseNetwork(app, { net: value, cut: [] })}
      />
    </div>
  );
}
