/** Pages of two lists, of which the address names one. */
import { html, render } from '../../core/html.js';
import { href, place } from '../../core/router.js';
import { computed, effect } from '../../core/signal.js';
import { tabs } from '../../ui/parts.js';
import { endAll } from '../../ui/stages.js';
import { givenFilters } from './filters.js';

/**
 * Mounts the list that `view` of the address names, else the first: element, route, [{id, title, mount(element, query) -> dispose}],
 * names of the query that both lists have -> dispose.
 */
export function mountListTabs(root, path, views, kept) {
  const list = document.createElement('div');
  list.className = 'alert-lists';
  const chosen = computed(() => views.find(view => view.id === place.value.query.get('view')) ?? views[0]);
  const tabHref = id => href(path, {
    ...Object.fromEntries(kept.map(name => [name, place.value.query.get(name)])), view: id === views[0].id ? null : id });
  // Only another view, or other filters to choose from, make another list; what is chosen is the list's own affair.
  const given = computed(() => givenFilters(place.query).map(filter => filter.name).join());
  return endAll(
    effect(() => render(html`${tabs(views, chosen.value.id, tabHref)}${list}`, root)),
    effect(() => {
      given.value;
      return chosen.value.mount(list, place.peek().query);
    }),
  );
}
