/** The charts of the page: drawn anew when what they show changes, with one cursor for all. */

import { navigate, place, setQuery } from '../../core/router.js';
import { effect } from '../../core/signal.js';
import { timeChart } from '../../chart/chart.js';
import { charts, optionsOf } from './options.js';
import { tablesAfter, viewState } from './state.js';

/**
 * Keeps the charts drawn in their elements.
 * @param {Map<string, HTMLElement>} hosts  by id of chart
 * @param {() => import('./options.js').Loaded | null} loaded  read from signals
 * @returns {() => void} what ends it
 */
export function mountCharts(hosts, loaded) {
  const drawn = new Map();
  const zoom = zoomOfQuery();
  const stop = effect(() => {
    const all = loaded();
    if (!all) return;
    const view = viewState(place.value.query);
    for (const chart of charts) {
      const options = { ...optionsOf(chart, all, view), ...listeners(chart.id, drawn, zoom) };
      if (drawn.has(chart.id)) drawn.get(chart.id).update(options);
      else drawn.set(chart.id, timeChart(hosts.get(chart.id), options));
    }
  });
  return () => {
    stop();
    for (const chart of drawn.values()) chart.dispose();
  };
}

function listeners(id, drawn, zoom) {
  return {
    ...zoom,
    onPick: (at) => setQuery({ at: at === null ? null : new Date(at).toISOString() }),
    onMark: (mark) => navigate(mark.href),
    onTable: (isOpen) => setQuery({ tables: tablesAfter(viewState(place.peek().query).tables, id, isOpen) }),
    onCursor: (at) => {
      for (const [other, chart] of drawn) if (other !== id) chart.showAt(at);
    },
  };
}

/** Going into a span, and back to the range from before the first time; to the usual one where a link led straight into the span. */
function zoomOfQuery() {
  let before = null;
  const rangeNow = () => Object.fromEntries(['range', 'from', 'to'].map((name) => [name, place.peek().query.get(name)]));
  return {
    onZoom(from, to) {
      before ??= rangeNow();
      setQuery({ range: null, from: new Date(from).toISOString(), to: new Date(to).toISOString() }, { push: true });
    },
    onReset() {
      setQuery({ ...(before ?? { range: null, from: null, to: null }), at: null }, { push: true });
      before = null;
    },
  };
}
