import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindKeys, boundKeys, parseKeys, stepOf } from '../../web/core/keys.js';

const press = (key, more = {}) => stepOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('keys as they are written', () => {
  assert.deepEqual(parseKeys('j'), ['j']);
  assert.deepEqual(parseKeys('g i'), ['g', 'i']);
  assert.deepEqual(parseKeys('ctrl+K'), ['ctrl+k']);
  assert.deepEqual(parseKeys('shift+alt+ArrowLeft'), ['alt+shift+arrowleft']);
  assert.deepEqual(parseKeys('+'), ['+']);
  assert.deepEqual(parseKeys('ctrl++'), ['ctrl++']);
  assert.deepEqual(parseKeys('G'), ['G']);
  assert.deepEqual(parseKeys('?'), ['?']);
  assert.deepEqual(parseKeys('Enter'), ['enter']);
});

test('keys as they are pressed', () => {
  assert.equal(press('j'), 'j');
  assert.equal(press('G', { shiftKey: true }), 'G');
  assert.equal(press('?', { shiftKey: true }), '?');
  assert.equal(press('k', { ctrlKey: true }), 'ctrl+k');
  assert.equal(press('K', { metaKey: true, shiftKey: true }), 'ctrl+k');
  assert.equal(press('ArrowLeft', { shiftKey: true }), 'shift+arrowleft');
  assert.equal(press('Enter'), 'enter');
});

test('on other layouts the place of the key counts', () => {
  assert.equal(press('ი', { code: 'KeyI' }), 'i');
  assert.equal(press('Ж', { code: 'KeyZ', shiftKey: true }), 'Z');
  assert.equal(press('л', { code: 'KeyK', ctrlKey: true }), 'ctrl+k');
  assert.equal(press('х', { code: 'BracketLeft' }), '[');
  assert.equal(press('é', { code: 'Digit2' }), 'é');
});

test('what is bound is listed, the latest first, until it ends', () => {
  const end = bindKeys('First', [{ keys: 'g i', does: 'interfaces', run() {} }]);
  const endSecond = bindKeys('Second', []);
  assert.deepEqual(boundKeys.value.map(group => group.title), ['Second', 'First']);
  assert.deepEqual(boundKeys.value[1].bindings[0].steps, ['g', 'i']);
  end();
  endSecond();
  assert.deepEqual(boundKeys.value, []);
});
