import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedOf, isFiltered, shownColumns, sortOf, strangeIn, valueOf } from '../../web/ui/list-query.js';
import { directionOf, nextSort } from '../../web/ui/table.js';

const filters = [
  { name: 'q', title: 'Search', kind: 'search' },
  { name: 'role', title: 'Role', kind: 'choice', parameter: 'interface_type', choices: ['isp', 'trunk'], multiple: true },
  { name: 'status', title: 'Status', kind: 'choice', choices: [{ value: 'down', title: 'down', query: { up: 'false', missing: 'false' } }] },
  { name: 'device', title: 'Device', kind: 'text', parameter: 'device_name' },
  { name: 'above', title: 'Above', kind: 'number', parameter: 'speed__gt' },
  { name: 'critical', title: 'Critical', kind: 'flag', parameter: 'is_critical' },
];
const columns = [{ id: 'name', sortable: true, isShown: true }, { id: 'speed', sortable: true, numeric: true, isShown: true }, { id: 'notes' }];
const asked = (text, more = {}) => askedOf({ filters, columns, ...more }, new URLSearchParams(text));

test('filters become what the server is asked', () => {
  assert.deepEqual(asked('q=core+sw&role=isp,trunk&status=down&device=a,b&above=10&critical=true'), {
    q: 'core sw', interface_type: ['isp', 'trunk'], up: 'false', missing: 'false', device_name: ['a,b'], speed__gt: '10', is_critical: 'true', sort: '', limit: 100, cursor: null,
  });
});

test('values that are not known are not asked, and are told', () => {
  const query = new URLSearchParams('role=isp,wan&above=much&sort=notes&colour=red&columns=name,none&kiosk=1');
  assert.deepEqual(askedOf({ filters, columns }, query), { interface_type: ['isp'], sort: '', limit: 100, cursor: null });
  const said = strangeIn({ filters, columns }, query);
  assert.equal(said.length, 5);
  for (const word of ['wan', 'much', 'notes', 'colour', 'none']) assert.ok(said.some(text => text.includes(word)), word);
});

test('a choice that is one of several is not two of them', () => {
  const query = new URLSearchParams('status=down,up');
  assert.deepEqual(askedOf({ filters, columns }, query), { sort: '', limit: 100, cursor: null });
  assert.deepEqual(strangeIn({ filters, columns }, query), ['Status “down,up” is not known: it is not filtered by.']);
});

test('choices that are still loaded are asked as they stand', () => {
  const late = [{ name: 'provider', title: 'Provider', kind: 'choice', choices: async () => [], parameter: 'isp_provider' }];
  assert.deepEqual(askedOf({ filters: late, columns }, new URLSearchParams('provider=magti')).isp_provider, ['magti']);
  assert.equal(askedOf({ filters: late, columns, loaded: { provider: ['silknet'] } }, new URLSearchParams('provider=magti')).isp_provider, undefined);
});

test('defaults hold where nothing is said; all is everything', () => {
  const defaults = { status: 'down', sort: '-speed' };
  const status = filters[2];
  assert.equal(valueOf(status, new URLSearchParams(''), defaults), 'down');
  assert.equal(valueOf(status, new URLSearchParams('status=all'), defaults), '');
  assert.equal(sortOf(columns, new URLSearchParams('sort=name'), defaults), 'name');
  assert.equal(sortOf(columns, new URLSearchParams('sort=-speed,name'), defaults), '-speed,name');
  assert.equal(sortOf(columns, new URLSearchParams('sort=nothing'), defaults), '-speed');
  assert.equal(isFiltered(filters, new URLSearchParams('')), false);
  assert.equal(isFiltered(filters, new URLSearchParams('q=x')), true);
});

test('columns: of the address, else kept, else the ordinary ones', () => {
  const ids = (text, keptIDs) => shownColumns(columns, new URLSearchParams(text), keptIDs).map(column => column.id);
  assert.deepEqual(ids('', null), ['name', 'speed']);
  assert.deepEqual(ids('', ['notes']), ['notes']);
  assert.deepEqual(ids('columns=notes,name', ['speed']), ['name', 'notes']);
  assert.deepEqual(ids('columns=gone', ['gone']), ['name', 'speed']);
});

test('a press on a column sorts by it, and turns round', () => {
  const [name, speed] = columns;
  assert.equal(nextSort(name, ''), 'name');
  assert.equal(nextSort(name, 'name'), '-name');
  assert.equal(nextSort(name, '-name'), 'name');
  assert.equal(nextSort(speed, 'name'), '-speed');
  assert.equal(nextSort(speed, '-speed'), 'speed');
  assert.equal(nextSort(speed, 'name', true), '-speed,name');
  assert.equal(directionOf('speed', '-speed,name'), 'descending');
  assert.equal(directionOf('name', '-speed,name'), null);
});
