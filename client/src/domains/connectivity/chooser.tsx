import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type NetworkChoice, networkSections, networkViews } from '../../state/network-choice.ts';
import { Segments } from '../../ui/segments.tsx';
import { SelectField } from '../../ui/select-field.tsx';

export function chooseNetwork(app: AppContext, change: Partial<NetworkChoice>): void {
  app.url.change({ network: { ...app.url.state.peek().network, ...change } });
}

/** Whose network the answers are for, and which of them is shown. */
export function NetworkChooser({ app }: { app: AppContext }) {
  const { net, part } = app.url.state.value.network;
  const operators = app.reference.operators.state.value.data?.items ?? [];
  return (
    <>
      <SelectField
        label={t('network.whose')}
        value={net}
        options={[
          ...networkViews.map((view) => ({ value: view, label: t(`network.${view}`) })),
          ...operators.map(({ code, name }) => ({ value: code, label: t('network.only', { operator: name }) })),
        ]}
        onChange={(value) => chooseNetwork(app, { net: value })}
      />
      <Segments
        label={t('network.parts')}
        value={part}
        columns={3}
        options={networkSections.map((value) => ({ value, label: t(`network.part_${value}`) }))}
        onChange={(value) => chooseNetwork(app, { part: value })}
      />
    </>
  );
}
