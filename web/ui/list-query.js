/** What a list's address says: filters, sort, columns, page; and what is asked of the server for it. Pure. */
import { choicesOf } from './form.js';

const ordinary = ['sort', 'columns', 'cursor', 'page', 'kiosk', 'zone', 'tab', 'view', 'range', 'from', 'to', 'rotate', 'pages', 'turn'];
const free = new Set(['q', 'from', 'to', 'month', 'days']);

/** The choices of a filter: an array, or what its loader gave; null while that is not known. */
export function choicesIn(filter, loaded) {
  if (!filter.choices) return [];
  if (typeof filter.choices !== 'function') return choicesOf(filter.choices);
  return loaded[filter.name] ? choicesOf(loaded[filter.name]) : null;
}

/**
 * The value of a filter in the address: '' where it is not set; its default where there is one and nothing is said ('all' is everything).
 */
export function valueOf(filter, query, defaults = {}) {
  const said = query.get(filter.name);
  if (said === null) return String(defaults[filter.name] ?? '');
  return said === 'all' && defaults[filter.name] ? '' : said;
}

/** The chosen values of a filter: one, or several where it takes several. */
export function valuesOf(filter, query, defaults = {}) {
  const said = valueOf(filter, query, defaults);
  return (filter.multiple ? said.split(',') : [said]).filter(Boolean);
}

/** What the server is asked: `{status: ['up'], sort, limit, cursor}`. Values that the filter does not have are left out. */
export function askedOf({ filters, columns, defaults = {}, limit = 100, loaded = {} }, query) {
  const asked = {};
  for (const filter of filters) Object.assign(asked, askedBy(filter, query, defaults, loaded));
  return { ...asked, sort: sortOf(columns, query, defaults), limit, cursor: query.get('cursor') };
}

function askedBy(filter, query, defaults, loaded) {
  const name = filter.parameter ?? filter.name;
  if (filter.kind === 'choice') return askedByChoice(filter, name, valuesOf(filter, query, defaults), loaded);
  const value = valueOf(filter, query, defaults).trim();
  if (!value) return {};
  if (filter.kind === 'flag') return value === 'true' || value === '1' ? filter.query ?? { [name]: 'true' } : {};
  if (filter.kind === 'number') return Number.isFinite(Number(value)) ? { [name]: value } : {};
  // In a column's filter a comma would part two values: what was typed is one.
  return { [name]: free.has(name) ? value : [value] };
}

function askedByChoice(filter, name, values, loaded) {
  const choices = choicesIn(filter, loaded);
  const known = values.filter(value => !choices || choices.some(choice => choice.value === value));
  const meaning = known.map(value => choices?.find(choice => choice.value === value)?.query).filter(Boolean);
  if (meaning.length) return Object.assign({}, ...meaning);
  return known.length ? { [name]: known } : {};
}

/** The sort that holds: that of the address where its columns can be sorted by, else the default. */
export function sortOf(columns, query, defaults = {}) {
  const said = query.get('sort');
  if (said && said.split(',').every(one => columns.some(column => column.sortable && column.id === one.replace(/^-/, '')))) return said;
  return defaults.sort ?? '';
}

/** What the address says that this list does not know, as sentences. */
export function strangeIn({ filters, columns, defaults = {}, loaded = {}, others = [] }, query) {
  const said = [];
  const names = new Set([...filters.map(filter => filter.name), ...ordinary, ...others]);
  for (const name of query.keys()) if (!names.has(name)) said.push(`This list has no filter “${name}”.`);
  for (const filter of filters) said.push(...strangeTo(filter, query, defaults, loaded));
  if (query.get('sort') && sortOf(columns, query, {}) === '') said.push(`It cannot be sorted by “${query.get('sort')}”.`);
  const ids = (query.get('columns') ?? '').split(',').filter(Boolean);
  for (const id of ids) if (!columns.some(column => column.id === id)) said.push(`There is no column “${id}”.`);
  return said;
}

function strangeTo(filter, query, defaults, loaded) {
  if (filter.kind === 'number') {
    const value = valueOf(filter, query, defaults);
    return value && !Number.isFinite(Number(value)) ? [`${filter.title} “${value}” is no number.`] : [];
  }
  const choices = filter.kind === 'choice' ? choicesIn(filter, loaded) : null;
  if (!choices) return [];
  return valuesOf(filter, query, defaults).filter(value => !choices.some(choice => choice.value === value))
    .map(value => `${filter.title} “${value}” is not known: it is not filtered by.`);
}

/** Whether anything is filtered by. */
export function isFiltered(filters, query, defaults = {}) {
  return filters.some(filter => valueOf(filter, query, defaults) !== '');
}

/** The columns shown: those of the address, else those kept, else the ordinary ones. */
export function shownColumns(columns, query, keptIDs) {
  const said = (query.get('columns') ?? '').split(',').filter(id => columns.some(column => column.id === id));
  const ids = said.length ? said : keptIDs?.filter(id => columns.some(column => column.id === id));
  return ids?.length ? columns.filter(column => ids.includes(column.id)) : ordinaryColumns(columns);
}

/** The columns a list begins with: those marked `isShown`; all where none is. */
export function ordinaryColumns(columns) {
  const marked = columns.filter(column => column.isShown);
  return marked.length ? marked : columns.filter(column => column.isShown !== false);
}
