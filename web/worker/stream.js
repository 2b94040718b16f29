/**
 * Holds the one event stream of this browser, for all its tabs: a browser opens only six connections to a server, so a stream for each
 * tab would stop the seventh. Runs as a shared worker, or as the worker of one page where there are none.
 * From a page: {kind: 'hello'|'token', token}, {kind: 'bye'}. To it: {kind: 'state', state, heardAt}, {kind: 'heard', heardAt},
 * {kind: 'event', type, data}.
 */
'use strict';

const silence = 12_000; // the server gives a sign of life every 5 s
const pauses = [1000, 2000, 5000, 10_000];
const tellHeardEvery = 5000;

const ports = new Set();
let token = '';
let state = 'connecting';
let heardAt = 0;
let toldAt = 0;
let lastID = null;
let failures = 0;
let run = 0;
/** @type {AbortController|null} */
let request = null;
let retry = 0;

function tellAll(message) {
  for (const port of ports) port.postMessage(message);
}

function setState(next) {
  state = next;
  tellAll({ kind: 'state', state, heardAt });
}

function heard() {
  heardAt = Date.now();
  if (state !== 'live') setState('live');
  if (heardAt - toldAt < tellHeardEvery) return;
  toldAt = heardAt;
  tellAll({ kind: 'heard', heardAt });
}

function start() {
  clearTimeout(retry);
  if (request) request.abort();
  request = new AbortController();
  run += 1;
  follow(run, request);
}

function halt() {
  clearTimeout(retry);
  run += 1;
  if (request) request.abort();
  request = null;
}

async function follow(mine, control) {
  const watch = { due: 0 };
  const alive = () => {
    clearTimeout(watch.due);
    watch.due = setTimeout(() => control.abort(), silence);
  };
  alive();
  try {
    await readStream(mine, control.signal, alive);
  } catch {
    // it is tried again, whatever it was
  }
  clearTimeout(watch.due);
  if (mine === run) again();
}

async function readStream(mine, signal, alive) {
  const headers = { Accept: 'text/event-stream' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (lastID !== null) headers['Last-Event-ID'] = lastID;
  const answer = await fetch('/api/v1/events', { headers, signal, cache: 'no-store' });
  if (answer.status === 401) return signedOut(mine);
  if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
  const lines = lineReader(event => mine === run && deliver(event));
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  if (mine === run) heard();
  failures = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done || mine !== run) return;
    alive();
    heard();
    lines(value);
  }
}

// No use in asking again before there is another token.
function signedOut(mine) {
  if (mine !== run) return;
  halt();
  setState('off');
}

function again() {
  setState('lost');
  const pause = pauses[Math.min(failures, pauses.length - 1)];
  failures += 1;
  retry = setTimeout(start, pause * (0.8 + 0.4 * Math.random()));
}

function deliver({ type, data, id }) {
  if (id !== null) lastID = id;
  let value = null;
  try {
    value = JSON.parse(data);
  } catch {
    value = data;
  }
  tellAll({ kind: 'event', type, data: value });
}

/** Makes events of the text of a stream, as it comes. */
function lineReader(tell) {
  let rest = '';
  let event = { type: 'message', data: [], id: null };
  const end = () => {
    if (event.data.length) tell({ type: event.type, data: event.data.join('\n'), id: event.id });
    event = { type: 'message', data: [], id: null };
  };
  const line = text => {
    if (text === '') return end();
    const at = text.indexOf(':');
    const [name, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).replace(/^ /, '')];
    if (name === 'event') event.type = value;
    else if (name === 'data') event.data.push(value);
    else if (name === 'id') event.id = value;
  };
  return text => {
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

function hear(port, message) {
  if (message.kind === 'bye') {
    ports.delete(port);
    if (ports.size === 0) halt();
    return;
  }
  const isFirst = ports.size === 0;
  ports.add(port);
  if (message.kind === 'hello') port.postMessage({ kind: 'state', state, heardAt });
  if (!isFirst && message.token === token && request) return;
  if (isFirst || message.token !== token) {
    token = message.token;
    failures = 0;
    setState('connecting');
    start();
  }
}

const scope = /** @type {any} */ (self);
if ('onconnect' in scope) {
  scope.onconnect = event => {
    const port = event.ports[0];
    port.onmessage = message => hear(port, message.data);
  };
} else {
  scope.onmessage = message => hear(scope, message.data);
}
