/** The filters of the list of open alerts, and what the API is asked for them. */
import { count } from '../../core/format.js';
import { askedOf, isFiltered as isAnySet } from '../../ui/list-query.js';
import { choiceOf, ENTITIES, givenFilters, SEARCH } from '../shared/filters.js';
import { CONDITIONS, HOLD_TITLES, SEVERITIES, STATES } from './words.js';

/** Names of the address that are no filters: what is unfolded. */
export const OTHERS = ['open'];

const FLAT = { name: 'flat', title: 'Not folded', kind: 'flag', query: {} };

const GIVEN = [
  ...ENTITIES,
  { name: 'cause_id', title: 'Explained by alert', kind: 'text' },
  { name: 'system', title: 'Part of WARD FLUX', kind: 'text' },
];

/**
 * The filters, in the form of ui/filters.js.
 * @param {URLSearchParams} query filters that other pages lead here with are offered only where they are set
 * @param {object|null} [statistics] as GET /alerts/statistics answers: how many there are of each
 */
export function filtersFor(query, statistics = null) {
  const counted = (words, numbers) => words.map(value =>
    ({ value, title: numbers?.[value] === undefined ? value : `${value} ${count(numbers[value])}` }));
  const states = STATES.filter(state => state !== 'resolved');
  return [
    SEARCH,
    { ...choiceOf('severity', 'Severity', counted(SEVERITIES, statistics?.open_by_severity)), multiple: true },
    { ...choiceOf('state', 'State', counted(states, statistics?.open)), multiple: true },
    choiceOf('condition', 'Kind', CONDITIONS),
    choiceOf('hold', 'Not told because', HOLD_TITLES),
    ...givenFilters(query, GIVEN),
    FLAT,
  ];
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
