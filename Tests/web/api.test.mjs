import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, apiURL, del, errorOf, get, isSignInWanted, offlineError, patch, post, queryText } from '../../web/core/api.js';
import { settings } from '../../web/core/settings.js';
import { errorsOf } from '../../web/ui/form.js';

function answering(t, ...answers) {
  const asked = [];
  t.mock.method(globalThis, 'fetch', async (url, request) => {
    asked.push({ url, ...request });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  });
  return asked;
}

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });

test('addresses leave out what is not given, and join lists', () => {
  assert.equal(apiURL('/devices'), '/api/v1/devices');
  assert.equal(apiURL('/devices', { q: '', status: null, limit: 0 }), '/api/v1/devices?limit=0');
  assert.equal(queryText({ type: ['isp', 'trunk'], none: [] }), 'type=isp%2Ctrunk');
  assert.equal(decodeURIComponent(queryText({ name: ['a,b', 'c'] })), 'name=a\\,b,c');
});

test('an answer is parsed, the token goes with it', async t => {
  const asked = answering(t, json({ items: [] }));
  settings.token.value = 'wf_abc';
  assert.deepEqual(await get('/devices', { q: 'core' }), { items: [] });
  settings.token.value = '';
  assert.equal(asked[0].url, '/api/v1/devices?q=core');
  assert.equal(asked[0].headers.Authorization, 'Bearer wf_abc');
});

test('a problem document becomes an error', async t => {
  answering(t, json({ title: 'Not so', detail: 'The name is taken.', remedy: 'Take another one.', errors: [{ field: 'name', message: 'taken' }] }, 409));
  await assert.rejects(post('/devices', { name: 'x' }), error => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.title, error.detail, error.remedy, error.message], [409, 'Not so', 'The name is taken.', 'Take another one.', 'The name is taken.']);
    assert.equal(errorsOf(error).get('name'), 'taken');
    return !error.isOffline;
  });
});

test('no answer is an error of its own; a broken off request stays what it is', async t => {
  answering(t, new TypeError('Failed to fetch'), Object.assign(new Error('x'), { name: 'AbortError' }));
  await assert.rejects(get('/devices'), error => error.isOffline && error.status === 0 && error.remedy.length > 0);
  await assert.rejects(get('/devices'), { name: 'AbortError' });
  assert.ok(offlineError().isOffline);
});

test('an answer that is no problem document still says what to do', async t => {
  answering(t, new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' }));
  await assert.rejects(get('/devices'), error => error.title === 'Bad Gateway' && /Try again/.test(error.remedy));
  assert.equal(errorOf(418, '', null).title, 'Status 418');
  assert.deepEqual(errorOf(400, '', { errors: 'x' }).errors, []);
});

test('401 asks for a token', async t => {
  answering(t, json({ title: 'A token is needed' }, 401));
  isSignInWanted.value = false;
  await assert.rejects(get('/devices'), { status: 401 });
  assert.equal(isSignInWanted.value, true);
});

test('bodies are JSON, or a Blob of its own type; empty answers are null', async t => {
  const asked = answering(t, json({}), new Response(null, { status: 204 }), json({}));
  await patch('/devices/1', { name: 'x' });
  assert.equal(await asked[0].body.text(), '{"name":"x"}');
  assert.equal(asked[0].headers['Content-Type'], 'application/json');
  assert.equal(await del('/devices/1'), null);
  await post('/devices/import', new Blob(['a,b'], { type: 'text/csv' }), { mode: 'add' });
  assert.equal(asked[2].headers['Content-Type'], 'text/csv');
  assert.equal(asked[2].url, '/api/v1/devices/import?mode=add');
});

test('errors are told by field, paths by their first piece', () => {
  const errors = errorsOf({ errors: [{ field: 'matchers.0.value', message: 'a' }, { field: '/matchers/1', message: 'b' }, { message: 'c' }] });
  assert.deepEqual([...errors], [['matchers', 'a b']]);
  assert.equal(errorsOf(null).size, 0);
});
