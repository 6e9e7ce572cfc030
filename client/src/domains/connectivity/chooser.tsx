import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type NetworkChoice, networkSections, networkViews } from '../../state/network-choice.ts';
import { Segments } from '../../ui/segments.tsx';
import { SelectField } from '../../ui/select-field.tsx';

export function chooseNetwork(app: AppContext, change: Partial<NetworkChoice>): void {
  app.url.change({ network: { ...app.url.state.peek().network, ...change } });
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
          ...networkViews.map((view) => ({ value: view, label: t(`network.${view}`) })),
          ...operators.map(({ code, name }) => ({ value: code, label: t('network.only', { operator: name }) })),
        ]}
        onChange={(value) => chooseNetwork(app, { net: value, cut: [] })}
      />
    </div>
  );
}
