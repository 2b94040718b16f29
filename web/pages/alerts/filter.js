/** The filters of the list of open alerts, and what the API is asked for them. */
import { count } from '../../core/format.js';
import { askedOf, isFiltered as isAnySet } from '../../ui/list-query.js';
import { CONDITIONS, HOLDS, SEVERITIES, STATES } from './words.js';

/** Names of the address that are no filters: what is unfolded. */
export const OTHERS = ['open'];

/**
 * The filters, in the form of ui/filters.js.
 * @param {URLSearchParams} query filters that other pages lead here with are offered only where they are set
 * @param {object|null} [statistics] as GET /alerts/statistics answers: how many there are of each
 */
export function filtersFor(query, statistics = null) {
  const severities = SEVERITIES.map(value => ({ value, title: counted(value, statistics?.open_by_severity[value]) }));
  const states = STATES.filter(state => state !== 'resolved').map(value => ({ value, title: counted(value, statistics?.open[value]) }));
  return [
    { name: 'q', title: 'Search', kind: 'search' },
    { name: 'severity', title: 'Severity', kind: 'choice', multiple: true, choices: severities },
    { name: 'state', title: 'State', kind: 'choice', multiple: true, choices: states },
    { name: 'condition', title: 'Kind', kind: 'choice', choices: Object.entries(CONDITIONS).map(([value, title]) => ({ value, title })) },
    { name: 'hold', title: 'Not told because', kind: 'choice',
      choices: Object.entries(HOLDS).map(([value, { title }]) => ({ value, title })) },
    ...givenFilters(query, GIVEN),
    FLAT,
  ];
}

/** By these other pages lead to a list; nobody types them. */
const ENTITIES = [
  { name: 'device_id', title: 'Device id', kind: 'text' },
  { name: 'interface_id', title: 'Interface id', kind: 'text' },
];

/**
 * Filters that are offered only where they are set.
 * @param {URLSearchParams} query
 * @param {object[]} [filters]
 */
export function givenFilters(query, filters = ENTITIES) {
  return filters.filter(filter => query.has(filter.name));
}

const FLAT = { name: 'flat', title: 'Not folded', kind: 'flag', query: {} };

const GIVEN = [
  ...ENTITIES,
  { name: 'cause_id', title: 'Explained by alert', kind: 'text' },
  { name: 'system', title: 'Part of WARD FLUX', kind: 'text' },
];

function counted(word, number) {
  return number === undefined ? word : `${word} ${count(number)}`;
}

/**
 * What an address asks for.
 * @param {URLSearchParams} query
 * @returns {{parameters: object, isGrouped: boolean, isFiltered: boolean, open: string[]}} parameters of GET /alerts without a limit;
 * open: ids that are unfolded
 */
export function filterOf(query) {
  const filters = filtersFor(query);
  const { limit, sort, cursor, ...parameters } = askedOf({ filters, columns: [] }, query);
  return {
    parameters,
    isGrouped: query.get('flat') !== 'true' && !query.has('cause_id'),
    isFiltered: isAnySet(filters.filter(filter => filter !== FLAT), query),
    open: (query.get('open') ?? '').split(',').filter(Boolean),
  };
}
