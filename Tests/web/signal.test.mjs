import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batch, computed, effect, signal, unowned, untracked } from '../../web/core/signal.js';

test('an effect runs at once, and again for each change of what it read', () => {
  const a = signal(1);
  const seen = [];
  const end = effect(() => { seen.push(a.value); });
  a.value = 2;
  a.value = 2;
  end();
  a.value = 3;
  assert.deepEqual(seen, [1, 2]);
});

test('peek and untracked do not follow', () => {
  const [a, b] = [signal(1), signal(1)];
  let runs = 0;
  effect(() => { runs += 1; a.peek(); untracked(() => b.value); });
  a.value = 2;
  b.value = 2;
  assert.equal(runs, 1);
});

test('a computed is worked out only when asked, and only once for a change', () => {
  const a = signal(2);
  let runs = 0;
  const double = computed(() => { runs += 1; return a.value * 2; });
  assert.equal(runs, 0);
  assert.equal(double.value + double.value, 8);
  assert.equal(runs, 1);
  a.value = 3;
  assert.equal(double.peek(), 6);
  assert.equal(runs, 2);
});

test('an effect does not run where the computed it read stays the same', () => {
  const a = signal(1);
  const isOdd = computed(() => a.value % 2 === 1);
  const seen = [];
  effect(() => { seen.push(isOdd.value); });
  a.value = 3;
  a.value = 4;
  assert.deepEqual(seen, [true, false]);
});

test('no half-changed state is seen: a diamond runs once', () => {
  const a = signal(1);
  const [b, c] = [computed(() => a.value + 1), computed(() => a.value * 10)];
  const seen = [];
  effect(() => { seen.push(`${b.value} ${c.value}`); });
  a.value = 2;
  assert.deepEqual(seen, ['2 10', '3 20']);
});

test('a batch runs each effect once, after it', () => {
  const [a, b] = [signal(1), signal(1)];
  const seen = [];
  effect(() => { seen.push(a.value + b.value); });
  const answer = batch(() => { a.value = 5; b.value = 6; return seen.length; });
  assert.equal(answer, 1);
  assert.deepEqual(seen, [2, 11]);
});

test('what is read may change from run to run', () => {
  const [which, a, b] = [signal('a'), signal(1), signal(2)];
  let runs = 0;
  effect(() => { runs += 1; return void (which.value === 'a' ? a.value : b.value); });
  b.value = 3;
  assert.equal(runs, 1);
  which.value = 'b';
  a.value = 9;
  assert.equal(runs, 2);
  b.value = 4;
  assert.equal(runs, 3);
});

test('a cleanup runs before the next run and at the end', () => {
  const a = signal(1);
  const seen = [];
  const end = effect(() => { const held = a.value; return () => seen.push(held); });
  a.value = 2;
  assert.deepEqual(seen, [1]);
  end();
  end();
  assert.deepEqual(seen, [1, 2]);
});

test('effects made in an effect end with its run; those made unowned do not', () => {
  const [outer, inner] = [signal(1), signal(1)];
  const seen = [];
  effect(() => {
    const mine = outer.value;
    effect(() => { seen.push(`in${mine}:${inner.value}`); });
    if (mine === 1) unowned(() => effect(() => { seen.push(`free:${inner.value}`); }));
  });
  outer.value = 2;
  seen.length = 0;
  inner.value = 7;
  assert.deepEqual(seen.sort(), ['free:7', 'in2:7']);
});

test('an effect that fails does not keep others from running', t => {
  const said = t.mock.method(console, 'error', () => {});
  const reported = globalThis.reportError;
  globalThis.reportError = undefined;
  t.after(() => { globalThis.reportError = reported; });
  const a = signal(1);
  const seen = [];
  effect(() => { if (a.value === 2) throw new Error('no'); });
  effect(() => { seen.push(a.value); });
  a.value = 2;
  a.value = 3;
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(said.mock.callCount(), 1);
});

test('effects that change what they read for ever are stopped', t => {
  const said = t.mock.method(console, 'error', () => {});
  const reported = globalThis.reportError;
  globalThis.reportError = undefined;
  t.after(() => { globalThis.reportError = reported; });
  const a = signal(0);
  effect(() => { if (a.value > 0) a.value += 1; });
  a.value = 1;
  assert.match(String(said.mock.calls[0].arguments[0]), /go on changing/);
});

test('a computed that nobody reads is not held by its sources', () => {
  const a = signal(1);
  computed(() => a.value).value;
  assert.equal(a.readers.size, 0);
  const b = computed(() => a.value);
  const end = effect(() => void b.value);
  assert.equal(a.readers.size, 1);
  end();
  assert.equal(a.readers.size, 0);
});
