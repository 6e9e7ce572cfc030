/** The lists of the connectivity panel. */
export const networkSections = ['districts', 'communes', 'risks', 'plan', 'figures', 'topology'] as const;
export type NetworkSection = (typeof networkSections)[number];

/** Everybody's network, or with sharing; any other text is the code of the operator whose network alone is looked at. */
export const networkViews = ['together', 'sharing'] as const;

/** What of connectivity is looked at; a link brings it back. */
export interface NetworkChoice {
  net: string;
  part: NetworkSection;
}

export const initialNetworkChoice: NetworkChoice = { net: 'together', part: 'districts' };

/** Reads the choice from query parameters; what cannot be meant falls back to its default. */
export function parseNetworkChoice(params: URLSearchParams): NetworkChoice {
  const net = params.get('net') ?? '';
  return {
    net: /^[0-9A-Za-z._-]{1,40}$/.test(net) ? net : initialNetworkChoice.net,
    part: networkSections.find((known) => known === params.get('part')) ?? initialNetworkChoice.part,
  };
}

/** The query parameters of a choice, defaults left out. */
export function networkChoiceParams(choice: NetworkChoice): [name: string, value: string][] {
  return (['net', 'part'] as const).flatMap((name): [string, string][] =>
    choice[name] === initialNetworkChoice[name] ? [] : [[name, choice[name]]],
  );
}

/** The choice as parameters of the API: `view`, or `operator`. */
export function networkQuery({ net }: NetworkChoice): string {
  if (net === 'together') return '';
  return net === 'sharing' ? '&view=sharing' : `&operator=${net}`;
}

/** The choice as members of a request body. */
export function networkBody({ net }: NetworkChoice): { view?: 'sharing'; operator?: string } {
  if (net === 'together') return {};
  return net === 'sharing' ? { view: net } : { operator: net };
}
