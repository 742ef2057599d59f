const WIDTH = 12;
const HEIGHT = 8;
const DATASOURCE = { type: 'prometheus', uid: 'prometheus' };

/** A dashboard as Grafana takes it: two panels a row. */
export function grafanaOf({ uid, title, panels }) {
  return {
    uid: `ai-memory-${uid}`, title: `ai-memory: ${title}`, tags: ['ai-memory'], schemaVersion: 39, editable: false, refresh: '30s',
    time: { from: 'now-3h', to: 'now' }, timezone: 'utc',
    links: [{ type: 'dashboards', title: 'ai-memory', tags: ['ai-memory'], asDropdown: true }],
    panels: panels.map(panelOf),
  };
}

function panelOf([title, unit, queries], index) {
  return {
    id: index + 1, title, type: 'timeseries', datasource: DATASOURCE,
    gridPos: { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit, min: 0, custom: { fillOpacity: 10, showPoints: 'never' } }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: queries.map(([expr, legendFormat], at) => ({ refId: String.fromCharCode(65 + at), datasource: DATASOURCE, expr, legendFormat })),
  };
}
