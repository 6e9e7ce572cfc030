/** Line icons on a 24 px grid; they are decoration, the text beside them (or the label) says the same. */
const paths = {
  overview: 'M4 19V9m5.5 10V5M15 19v-7m5 7V8',
  sites: 'M12 10v11m-3.5 0h7M8.2 13.2a5.4 5.4 0 1 1 7.6 0M5.4 15.8a9.2 9.2 0 1 1 13.2 0',
  coverage: 'M12 12h.01M8.5 15.5a5 5 0 1 1 7 0M5.6 18.4a9 9 0 1 1 12.8 0',
  gaps: 'M4 7.5 9 4l6 2.5L20 4v12.5L15 20l-6-2.5L4 20Zm6.2 2.7 3.6 3.6m0-3.6-3.6 3.6',
  connectivity:
    'M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 7.6l8 9M6 8.5V15a3 3 0 0 0 3 3h6.5',
  layers: 'm12 3 9 5-9 5-9-5Zm-8.2 9.5L12 17l8.2-4.5M3.8 16.8 12 21l8.2-4.2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm9.5 3-4.8-4.8',
  close: 'm6 6 12 12M18 6 6 18',
  calendar: 'M5 6h14v14H5ZM5 10h14M9 3.5V7m6-3.5V7',
  chevron: 'm7 10 5 5 5-5',
  filter: 'M4 6h16M7 12h10m-7 6h4',
  download: 'M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M5 19.5h14',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  home: 'M4 11.5 12 5l8 6.5M6.5 10v9h11v-9',
  warning: 'M12 4 3 19.5h18ZM12 10v4.5m0 2.5v.01',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5m0-9v.01',
  target: 'M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm0-13v3m0 10v3m-8-8h3m10 0h3',
  copy: 'M8.5 8.5h11v11h-11Zm-1 7h-3v-11h11v3',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cut: 'M7 8.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Zm0 11.400a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.400ZM9 8l10 9M9 16l10-9',
  ruler: 'm3.5 15.5 12-12 5 5-12 12Zm3-3 2.2 2.2m.8-5.2 1.6 1.6m1.4-4.6 2.2 2.2',
  planning: 'M4 20h16M6 20V9l4-4 4 4v11m0-7h4v7M10 9.5v.01M10 13v.01M10 16.5v.01',
  spot: 'M12 21s6.5-6.2 6.5-11a6.5 6.5 0 1 0-13 0c0 4.8 6.5 11 6.5 11Zm0-8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  broadcast:
    'M12 9.5 7 21m5-11.5L17 21M9 17h6m-3-9.500v.01M8.500 10.500a4.500 4.500 0 0 1 0-6.500m7 0a4.500 4.500 0 0 1 0 6.500M5.700 13a8 8 0 0 1 0-11.500m12.600 0a8 8 0 0 1 0 11.500',
  undo: 'M8.5 5 4.5 9l4 4M5 9h9a5.5 5.5 0 0 1 0 11h-4',
  arrow: 'M12 19V5m-5 5 5-5 5 5',
  grow: 'M14 4.5h5.5V10M10 19.5H4.5V14m15-9.5-6 6m-9 9 6-6',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
