import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf, parametersOf, resolved, routesOf, typeText } from '../../web/pages/docs/document.js';

const contents = {
  paths: {
    '/devices': {
      get: { operationId: 'listDevices', tags: ['devices'], summary: 'All devices.', parameters: ['q', 'name', 'name__ne', 'name__contains'].map(name => ({ name, schema: { type: 'string' } })) },
      post: { operationId: 'addDevice', tags: ['devices'], summary: 'Adds one.' },
    },
    '/health': { get: { operationId: 'health', summary: 'How it stands.' } },
  },
  components: { schemas: { Device: { type: 'object' } } },
};

test('routes of the document, by group, found by words', () => {
  const routes = routesOf(contents);
  assert.deepEqual(routes.map(route => [route.method, route.path, route.tag]), [['GET', '/devices', 'devices'], ['POST', '/devices', 'devices'], ['GET', '/health', 'other']]);
  assert.deepEqual(groupsOf(routes, '').map(group => [group.tag, group.routes.length]), [['devices', 2], ['other', 1]]);
  assert.deepEqual(groupsOf(routes, 'POST dev').flatMap(group => group.routes.map(route => route.id)), ['addDevice']);
  assert.deepEqual(groupsOf(routes, 'nothing like it'), []);
});

test('filters of a column are one family', () => {
  const { plain, filters } = parametersOf(routesOf(contents)[0]);
  assert.deepEqual(plain.map(one => one.name), ['q']);
  assert.deepEqual(filters, [{ column: 'name', comparisons: ['ne', 'contains'], schema: { type: 'string' } }]);
});

test('types in words', () => {
  const said = {
    'integer 1 to 1000': { type: 'integer', minimum: 1, maximum: 1000 }, 'isp | trunk or null': { type: ['string', 'null'], enum: ['isp', 'trunk', null] },
    'list of date-time': { type: 'array', items: { type: 'string', format: 'date-time' } }, integer: { type: 'integer', minimum: 0, maximum: 2 ** 63 },
    'number from 1': { type: 'number', minimum: 1 }, any: {},
  };
  for (const [text, schema] of Object.entries(said)) assert.equal(typeText(schema), text);
});

test('a reference is followed', () => {
  assert.deepEqual(resolved(contents, { $ref: '#/components/schemas/Device' }), { name: 'Device', schema: { type: 'object' } });
  assert.deepEqual(resolved(contents, { $ref: '#/components/schemas/Gone' }), { name: 'Gone', schema: {} });
  assert.deepEqual(resolved(contents, undefined), { name: null, schema: {} });
});
