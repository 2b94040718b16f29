/** Filters that several lists have, in the form of ui/filters.js. */

/** The box that searches. */
export const SEARCH = { name: 'q', title: 'Search', kind: 'search' };

/** From when to when. */
export const SPAN = [{ name: 'from', title: 'From', kind: 'text' }, { name: 'to', title: 'To', kind: 'text' }];

/** By these other pages lead to a list; nobody types them. */
export const ENTITIES = [
  { name: 'device_id', title: 'Device id', kind: 'text' },
  { name: 'interface_id', title: 'Interface id', kind: 'text' },
];

/** A choice of words of the API: an array of them, or {word: title}. */
export function choiceOf(name, title, words) {
  const choices = Array.isArray(words) ? words : Object.entries(words).map(([value, said]) => ({ value, title: said }));
  return { name, title, kind: 'choice', choices };
}

/** Filters that are offered only where the address sets them. */
export function givenFilters(query, filters = ENTITIES) {
  return filters.filter(filter => query.has(filter.name));
}
