import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followKeys, followPointer } from '../../web/chart/gestures.js';
import { complete } from '../../web/chart/options.js';
import { viewOf } from '../../web/chart/view.js';

const begin = Date.UTC(2026, 10, 23, 12);
const view = viewOf(complete({ title: 't', unit: '%', from: begin, to: begin + 3_600_000, series: [] }), { width: 800, height: 200 });

/** A stage without a document, and what was wished for on it. */
function stageOf() {
  const stage = new EventTarget();
  stage.getBoundingClientRect = () => ({ left: 100, top: 50 });
  stage.setPointerCapture = () => {};
  const told = [];
  const tell = (name) => (...given) => { told.push([name, ...given]); };
  return { stage, told, tell };
}

function send(stage, type, fields) {
  const event = Object.assign(new Event(type, { cancelable: true }), { button: 0, pointerId: 1, ...fields });
  stage.dispatchEvent(event);
  return event;
}

function pointerStage() {
  const { stage, told, tell } = stageOf();
  const wishes = Object.fromEntries(['read', 'select', 'zoom', 'press', 'leave', 'reset'].map((name) => [name, tell(name)]));
  const end = followPointer(stage, { view: () => view, ...wishes });
  return { stage, told, end };
}

test('moving reads, also beyond the ends of the range', () => {
  const { stage, told } = pointerStage();
  send(stage, 'pointermove', { clientX: 100 + view.x(begin + 600_000), clientY: 80 });
  send(stage, 'pointermove', { clientX: 0, clientY: 80 });
  send(stage, 'pointermove', { clientX: 2000, clientY: 80 });
  assert.deepEqual(told.map(([name, time]) => [name, Math.round(time)]), [['read', begin + 600_000], ['read', begin], ['read', begin + 3_600_000]]);
});

test('dragging chooses a span, in either direction; the end of it goes in', () => {
  for (const [first, last] of [[200, 400], [400, 200]]) {
    const { stage, told } = pointerStage();
    send(stage, 'pointerdown', { clientX: 100 + first, clientY: 80 });
    send(stage, 'pointermove', { clientX: 100 + last, clientY: 90 });
    send(stage, 'pointerup', { clientX: 100 + last, clientY: 90 });
    assert.deepEqual(told.map(([name]) => name), ['select', 'zoom']);
    const [, from, to] = told[1];
    assert.deepEqual([Math.round(from), Math.round(to)], [200, 400].map((x) => Math.round(view.timeAt(x))));
  }
});

test('a press that hardly moves is a click', () => {
  const { stage, told } = pointerStage();
  send(stage, 'pointerdown', { clientX: 300, clientY: 80 });
  send(stage, 'pointerup', { clientX: 303, clientY: 82 });
  assert.deepEqual(told, [['press', 203, 32]]);
});

test('other buttons do nothing; a press that is taken away chooses nothing; leaving lets go', () => {
  const { stage, told, end } = pointerStage();
  send(stage, 'pointerdown', { button: 2, clientX: 300, clientY: 80 });
  send(stage, 'pointerup', { button: 2, clientX: 600, clientY: 80 });
  send(stage, 'pointerdown', { clientX: 300, clientY: 80 });
  send(stage, 'pointercancel', {});
  send(stage, 'pointerup', { clientX: 600, clientY: 80 });
  send(stage, 'pointerleave', {});
  send(stage, 'dblclick', {});
  assert.deepEqual(told.map(([name]) => name), ['leave', 'leave', 'reset']);
  end();
  send(stage, 'dblclick', {});
  assert.equal(told.length, 3);
});

function keyStage(hasSomethingToLeave = true) {
  const { stage, told, tell } = stageOf();
  const wishes = Object.fromEntries(['step', 'first', 'last', 'enter', 'hold'].map((name) => [name, tell(name)]));
  followKeys(stage, () => 12, { ...wishes, escape: () => { told.push(['escape']); return hasSomethingToLeave; } });
  return { stage, told };
}

test('keys move by points and pages, shift extends', () => {
  const { stage, told } = keyStage();
  for (const [key, shiftKey] of [['ArrowLeft', false], ['ArrowRight', true], ['PageUp', false], ['PageDown', true], ['Home', false], ['End', true], ['Enter', false], [' ', false]]) {
    assert.ok(send(stage, 'keydown', { key, shiftKey }).defaultPrevented, key);
  }
  assert.deepEqual(told, [['step', -1, false], ['step', 1, true], ['step', -12, false], ['step', 12, true], ['first', false], ['last', true], ['enter', false], ['hold', false]]);
});

test('keys that are not the chart’s go on, and so does Escape where there is nothing to leave', () => {
  const { stage, told } = keyStage(false);
  assert.ok(!send(stage, 'keydown', { key: 'g' }).defaultPrevented);
  assert.ok(!send(stage, 'keydown', { key: 'ArrowLeft', ctrlKey: true }).defaultPrevented);
  assert.ok(!send(stage, 'keydown', { key: 'Escape' }).defaultPrevented);
  assert.deepEqual(told, [['escape']]);
  assert.ok(send(keyStage(true).stage, 'keydown', { key: 'Escape' }).defaultPrevented);
});
