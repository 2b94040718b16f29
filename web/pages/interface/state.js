/** What the URL of an interface's page says is to be shown. */

const charts = ['traffic', 'utilization', 'packets', 'errors', 'discards'];
const known = {
  compare: ['week'], sides: ['up'], band: ['off'], scale: ['line'], heat: ['out'], why: ['1'], readings: ['1'],
  edit: ['classification', '1'],
};

/**
 * The view that a query asks for.
 * @param {URLSearchParams} query
 */
export function viewState(query) {
  const is = (name) => known[name].includes(query.get(name));
  const at = Date.parse(query.get('at') ?? '');
  return {
    isCompared: is('compare'), isMirrored: !is('sides'), hasBand: !is('band'), toLineSpeed: is('scale'),
    heat: /** @type {'in' | 'out'} */ (is('heat') ? 'out' : 'in'),
    why: is('why'), readings: is('readings'), isEditing: is('edit'),
    tables: (query.get('tables') ?? '').split(',').filter((name) => charts.includes(name)),
    at: Number.isNaN(at) ? null : at,
  };
}

/** Parameters whose value means nothing here, for a notice: ['band=maybe']. */
export function unknownValues(query) {
  const odd = Object.entries(known).filter(([name, values]) => query.get(name) && !values.includes(query.get(name)))
    .map(([name]) => `${name}=${query.get(name)}`);
  if (query.get('at') && Number.isNaN(Date.parse(query.get('at')))) odd.push(`at=${query.get('at')}`);
  const tables = (query.get('tables') ?? '').split(',').filter((name) => name && !charts.includes(name));
  return tables.length > 0 ? [...odd, `tables=${tables.join(',')}`] : odd;
}

/** The list of open tables after one was opened or closed, as the URL has it; null where none is open. */
export function tablesAfter(open, name, isOpen) {
  const next = charts.filter((chart) => (chart === name ? isOpen : open.includes(chart)));
  return next.length > 0 ? next.join(',') : null;
}
