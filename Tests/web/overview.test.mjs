import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byProvider, pollHealth, shownOf, totals, withoutEchoes } from '../../web/pages/overview/figures.js';
import { nextPage, rotationOf } from '../../web/ui/rotation.js';

test('a wall turns from page to page, each with its query', () => {
  const query = new URLSearchParams('kiosk=1&rotate=30&pages=/,/alerts?severity=critical,/alerts');
  const first = rotationOf(query, '/');
  assert.equal(first.turn, 0);
  const next = nextPage(first);
  assert.match(next, /^\/alerts\?severity=critical&kiosk=1&rotate=30&pages=/);
  const second = rotationOf(new URL(`http://host${next}`).searchParams, '/alerts');
  assert.equal(second.turn, 1);
  assert.match(nextPage(second), /^\/alerts\?kiosk=1.*turn=2$/);
});

test('nothing turns off the wall, too fast, or to another host', () => {
  assert.equal(rotationOf(new URLSearchParams('rotate=30&pages=/,/b'), '/'), null);
  assert.equal(rotationOf(new URLSearchParams('kiosk=1&rotate=1&pages=/,/b'), '/').seconds, 5);
  assert.equal(rotationOf(new URLSearchParams('kiosk=1&rotate=9&pages=/,//evil'), '/'), null);
});

test('of many uplinks the busiest are shown, and all that are not up', () => {
  const rows = [{ status: 'up' }, { status: 'up' }, { status: 'lowerLayerDown' }, { status: 'up', admin_status: 'down' }];
  assert.deepEqual(shownOf(rows, 1), [rows[0], rows[2], rows[3]]);
});

test('a provider has the sum of what is known of its uplinks', () => {
  const [group] = byProvider([
    { provider: 'm', status: 'up', in_bps: null, out_bps: 5, if_speed: null }, { provider: 'm', status: 'down', in_bps: 1, out_bps: 5, if_speed: null },
  ]);
  assert.deepEqual([group.in_bps, group.out_bps, group.capacity, group.up], [1, 10, null, 1]);
});

test('polls are healthy where all interfaces are read in time', () => {
  const polling = { interfaces: 10, late: 0, last_at: '2026-01-01T00:00:00Z' };
  const statusOf = more => pollHealth({ ...polling, ...more }).status;
  assert.deepEqual([statusOf({}), statusOf({ late: 1 }), statusOf({ late: 10 }), statusOf({ last_at: null })], ['up', 'degraded', 'down', 'unknown']);
  assert.equal(pollHealth({ ...polling, late: 3 }).text, '3 of 10 interfaces late');
});

test('the strip of totals leads to the lists that it counts', () => {
  const figures = totals({
    interfaces: { total: 4, down: 1, isp: 1, trunk: 1, critical: 0, monitored: 2 }, devices: { total: 2, down: 1 },
    topology: { connected: 1, connected_percent: 50, orphans: 3, connections: 5 }, last_discovery: null,
  });
  const of = id => figures.find(one => one.id === id);
  assert.deepEqual([of('monitored').detail, of('devices').detail, of('discovery').value], ['50.0 % of all', '1 not answering', 'never']);
  assert.equal(of('isp').href, '/interfaces?role=isp');
});

test('an anomaly in packets says nothing new where there is one of traffic', () => {
  const row = (measure, port) => ({ measure, interface_id: port, direction: 'in' });
  const rows = [row('traffic', 'a'), row('packets', 'a'), row('packets', 'b')];
  assert.deepEqual(withoutEchoes(rows), [rows[0], rows[2]]);
});
