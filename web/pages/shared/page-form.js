/** A form that is a page of its own. */
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { refusal } from '../devices/form-state.js';

/**
 * What sends it: {problem, isSending: signals; run(work)}, where `work` is async and what goes wrong in it is kept for the form.
 */
export function sending() {
  const [problem, isSending] = [signal(null), signal(false)];
  async function run(work) {
    [problem.value, isSending.value] = [null, true];
    try {
      await work();
    } catch (error) {
      problem.value = error;
    } finally {
      isSending.value = false;
    }
  }
  return { problem, isSending, run };
}

/** Its fields with what was refused above them and what sends them below: sending(), fields, title of the button, async work. */
export function pageForm({ problem, isSending, run }, fields, title, work) {
  function submit(event) {
    event.preventDefault();
    if (!isSending.peek()) run(work);
  }
  return html`<form class="device-form" @submit=${submit} novalidate>${refusal(problem.value)}${fields}
    <p class="device-actions">
      <button type="submit" class="button primary" ?disabled=${isSending.value}>${title}</button>
      <a class="button" href="/devices">Back to the devices</a></p></form>`;
}
