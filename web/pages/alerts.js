/** Alerts: what is wrong now, the worst first, and what was. */
import { html, render } from '../core/html.js';
import { href, place } from '../core/router.js';
import { computed, effect } from '../core/signal.js';
import { tabs } from '../ui/parts.js';
import { historyList } from './alerts/history.js';
import { givenFilters } from './alerts/filter.js';
import { openList } from './alerts/open-list.js';

/** @type {{title: () => string, mount: (root: Element) => () => void}} */
export const alertsPage = {
  title: () => 'Alerts',
  mount(root) {
    const list = document.createElement('div');
    list.className = 'alert-lists';
    const view = computed(viewOf);
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

const TABS = [{ id: 'open', title: 'Open' }, { id: 'history', title: 'History' }];

const VIEWS = { open: openList, history: historyList };

function viewOf() {
  return place.value.query.get('view') === 'history' ? 'history' : 'open';
}

/** What is filtered in both lists alike goes along. */
function tabHref(id) {
  const { query } = place.value;
  const kept = Object.fromEntries(['q', 'severity', 'condition', 'device_id', 'interface_id'].map(name => [name, query.get(name)]));
  return href('/alerts', { ...kept, view: id === 'open' ? null : id });
}
