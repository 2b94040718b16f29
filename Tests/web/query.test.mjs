import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, href, match, search } from '../../web/core/query.js';

test('addresses have what is given', () => {
  assert.equal(href('/alerts'), '/alerts');
  assert.equal(href('/alerts', { state: 'firing', q: '', severity: null, x: undefined }), '/alerts?state=firing');
  assert.equal(href('/interfaces', { role: ['isp', 'trunk'], n: 0 }), '/interfaces?role=isp,trunk&n=0');
  assert.equal(href('/x', { q: 'a&b=c #1', at: '2026-11-22T10:00:00Z' }), '/x?q=a%26b%3Dc+%231&at=2026-11-22T10:00:00Z');
});

test('changes set, replace and take away', () => {
  const query = new URLSearchParams('a=1&b=2');
  assert.equal(changed(query, { a: null, b: 3, c: ['x', 'y'] }).toString(), 'b=3&c=x%2Cy');
  assert.equal(query.toString(), 'a=1&b=2');
  assert.equal(search(changed(query, { a: '', b: undefined })), '');
});

test('routes fit by their pieces', () => {
  const routes = [{ path: '/', page: 'home' }, { path: '/devices/add', page: 'add' }, { path: '/devices/:id', page: 'device' }];
  assert.deepEqual(match(routes, '/'), { page: 'home', params: {} });
  assert.deepEqual(match(routes, '/devices/add'), { page: 'add', params: {} });
  assert.deepEqual(match(routes, '/devices/a%20b/'), { page: 'device', params: { id: 'a b' } });
  assert.deepEqual(match(routes, '/devices/50%'), { page: 'device', params: { id: '50%' } });
  assert.deepEqual(match(routes, '/devices'), { page: null, params: {} });
});
