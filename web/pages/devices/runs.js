import { get } from '../../core/api.js';
import { seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { failed, status } from '../../ui/parts.js';
import { confirmCancel, isActive, runProgress } from '../jobs/run.js';

const lookEvery = 800;
const lookAgainAfterError = 3000;
const stateWords = {
  queued: 'waiting for its turn', running: 'at work', succeeded: 'done', partial: 'done in part',
  failed: 'failed', cancelled: 'cancelled', abandoned: 'its process ended',
};

/**
 * Follows a run until it ends: {run, error: signals; dispose()}; `onEnd(run)` is called once.
 * It asks by itself: what an operator started is followed while live updates are paused, too.
 */
export function followRun(id, onEnd = _run => {}) {
  const run = signal(null);
  const error = signal(null);
  const stop = new AbortController();
  let timer = 0;

  async function look() {
    try {
      run.value = await get(`/jobs/${id}`, {}, { signal: stop.signal });
      error.value = null;
    } catch (problem) {
      if (stop.signal.aborted) return;
      error.value = problem;
    }
    next();
  }

  function next() {
    if (run.peek() && !isActive(run.peek())) return onEnd(run.peek());
    // A run that is not there will not come: it was forgotten, or the address is wrong.
    if (error.peek()?.status === 404) return;
    timer = setTimeout(look, error.peek() ? lookAgainAfterError : lookEvery);
  }

  look();
  return {
    run, error,
    dispose() {
      stop.abort();
      clearTimeout(timer);
    },
  };
}

/**
 * How a run goes, with its bar and a button that ends it; `unit` is what it counts; `isTold`: whether the page tells elsewhere how it
 * ended.
 */
export function followed(following, { unit = 'devices', isTold = false } = {}) {
  const run = following.run.value;
  const error = following.error.value;
  if (!run) return error ? failed(error) : html`<p class="device-run" role="status">Asking how it goes …</p>`;
  return html`<div class="device-run">
    <p class="device-run-state" role="status">${status(run.state, stateWords[run.state])}</p>
    ${isActive(run) ? html`<p class="device-run-bar">${runProgress(run)} ${unit}</p>` : null}
    ${error ? html`<p class="device-run-note">The server does not answer.</p>` : null}
    ${run.message && !isTold ? html`<p class="device-run-message">${run.message}</p>` : null}
    <p class="device-run-foot">
      ${isActive(run) ? html`<button type="button" class="button" @click=${() => confirmCancel(run)}>Stop it…</button>` : null}
      <a href=${`/jobs/${run.id}`}>The run, ${run.job}</a>
      ${run.duration_seconds === null ? null : html`<span>took ${seconds(run.duration_seconds)}</span>`}
    </p>
  </div>`;
}
