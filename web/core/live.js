/** Events of the server, one stream for all tabs of the browser. */
import { batch, effect, signal } from './signal.js';
import { holdClock } from './clock.js';
import { settings } from './settings.js';

const listeners = new Set();
/** @type {MessagePort|Worker|null} */
let port = null;
let stream = { state: 'connecting', heardAt: 0 };
let isPaused = false;
let wasLost = false;

/**
 * What happens, as it happens. `state`: signal 'connecting', 'live', 'lost', 'paused' or 'off'; `heardAt`: signal, ms of the last sign of
 * life; `on(types, listener(data, type))` -> function that ends it: a type of docs/api.md "Events", a list of them, or '*';
 * `pause()` and `resume()` hold this page still; `refresh()` lets everything that is shown load again.
 */
export const live = { state: signal('connecting'), heardAt: signal(0), on, pause, resume, refresh };

/** Starts the stream; `url` is that of the worker. */
export function startLive(url) {
  connect(url);
  effect(() => say({ kind: 'token', token: settings.token.value }));
  addEventListener('pagehide', () => say({ kind: 'bye' }));
  addEventListener('pageshow', event => {
    if (event.persisted) say({ kind: 'hello', token: settings.token.peek() });
  });
}

function connect(url) {
  try {
    // Without shared workers (some phones) each page has a worker of its own; it speaks the same.
    if (typeof SharedWorker === 'function') {
      const worker = new SharedWorker(url, { name: 'wardflux-stream' });
      worker.port.start();
      port = worker.port;
    } else port = new Worker(url);
  } catch {
    live.state.value = 'off';
    return;
  }
  port.addEventListener('message', event => hear(/** @type {MessageEvent} */ (event).data));
  say({ kind: 'hello', token: settings.token.peek() });
}

function say(message) {
  if (port) port.postMessage(message);
}

function hear(message) {
  if (message.kind === 'state') setState(message);
  else if (message.kind === 'heard') live.heardAt.value = message.heardAt;
  else if (!isPaused) tell(message.type, message.data);
}

function setState(next) {
  stream = next;
  if (next.heardAt) live.heardAt.value = next.heardAt;
  if (isPaused) return;
  live.state.value = next.state;
  const isBack = wasLost && next.state === 'live';
  if (next.state !== 'connecting') wasLost = next.state === 'lost';
  // While nothing was heard anything may have changed, and requests may have failed.
  if (isBack) tell('resync', {});
}

function tell(type, data) {
  batch(() => {
    for (const { types, listener } of [...listeners]) {
      if (!types.includes(type) && !types.includes('*')) continue;
      try {
        listener(data, type);
      } catch (fault) {
        reportError(fault);
      }
    }
  });
}

function on(types, listener) {
  const entry = { types: [types].flat(), listener };
  listeners.add(entry);
  return () => listeners.delete(entry);
}

function pause() {
  isPaused = true;
  holdClock(true);
  live.state.value = 'paused';
}

function resume() {
  if (!isPaused) return;
  isPaused = false;
  holdClock(false);
  live.state.value = stream.state;
  tell('resync', {});
}

function refresh() {
  tell('resync', {});
}
