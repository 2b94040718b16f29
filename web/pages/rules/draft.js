/** A rule file that is being written: kept while the tab lives, and checked by the server as it is typed. */
import { post } from '../../core/api.js';
import { signal } from '../../core/signal.js';

/** Pause after the last key before the server is asked, ms. */
const PAUSE = 600;

/**
 * A draft: name of it in this tab's storage, path of its check ->
 * {text, problems: [RuleProblem] or null while not known, error: signals; write(text), check(): promise, dispose()}.
 */
export function openDraft(name, checkPath) {
  const text = signal(read(name));
  const problems = signal(null);
  const error = signal(null);
  let timer = 0, latest = 0;
  async function check() {
    clearTimeout(timer);
    const mine = ++latest;
    try {
      const answer = text.peek().trim() ? await post(checkPath, { rules: text.peek() }) : { problems: null };
      if (mine === latest) [problems.value, error.value] = [answer.problems, null];
    } catch (fault) {
      if (mine === latest) error.value = fault;
    }
  }
  function write(value) {
    text.value = value;
    problems.value = null;
    keep(name, value);
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  }
  check();
  return { text, problems, error, write, check, dispose: () => { clearTimeout(timer); latest += 1; } };
}

// Storage may be switched off; then a draft lives as long as its page.
function read(name) {
  try { return sessionStorage.getItem(name) ?? ''; } catch { return ''; }
}

function keep(name, value) {
  try { sessionStorage.setItem(name, value); } catch { /* it is kept in memory alone */ }
}
