/** Anomalies: what was out of the usual, one by one or together as incidents. */
import { html, render } from '../core/html.js';
import { href, place } from '../core/router.js';
import { computed, effect } from '../core/signal.js';
import { tabs } from '../ui/parts.js';
import { givenFilters } from './alerts/filter.js';
import { anomalyList, incidentList } from './anomalies/lists.js';

const TABS = [{ id: 'anomalies', title: 'Anomalies' }, { id: 'incidents', title: 'Incidents' }];
const VIEWS = { anomalies: anomalyList, incidents: incidentList };

/** @type {{title: () => string, mount: (root: Element) => () => void}} */
export const anomaliesPage = {
  title: () => 'Anomalies',
  mount(root) {
    const list = document.createElement('div');
    list.className = 'anomaly-lists';
    const view = computed(() => (place.query.get('view') === 'incidents' ? 'incidents' : 'anomalies'));
    const tabsShown = effect(() => render(html`${tabs(TABS, view.value, tabHref)}${list}`, root));
    // Only another view, or other filters to choose from, make another list; what is chosen is the list's own affair.
    const given = computed(() => givenFilters(place.query).map(filter => filter.name).join());
    const listShown = effect(() => {
      given.value;
      return VIEWS[view.value](list, place.peek().query);
    });
    return () => [listShown, tabsShown].forEach(end => end());
  },
};

function tabHref(id) {
  return href('/anomalies', { q: place.query.get('q'), view: id === 'anomalies' ? null : id });
}
