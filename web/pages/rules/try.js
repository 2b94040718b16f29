/** A candidate for the classification rule file: checked as it is typed, compared with the inventory, taken up. */
import { post } from '../../core/api.js';
import { plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { failed, skeleton } from '../../ui/parts.js';
import { draw } from '../../ui/shown.js';
import { diffView } from './diff.js';
import { openDraft } from './draft.js';
import { editorView, problemList } from './editor.js';

const EXAMPLE = `version: 1

rules:
  - id: turnstiles
    type: access
    confidence: 0.95
    match: {alias: ['^GATE-', 'turniket']}
    comment: gates of the head office
`;

const FILE = {
  label: 'Rule file', hint: 'On top of the shipped rules. The server stays as it is.', example: EXAMPLE,
  fileName: 'rules.yaml',
};

/** Mounts the view: element -> dispose. */
export function mountTry(root) {
  const draft = openDraft('wardflux.rules.draft', '/rules/check');
  const state = signal({ busy: false, answer: null, error: null, of: '' });
  return draw(root, () => html`
    ${editorView(draft, FILE)}
    <div class="rules-bar">
      <button type="button" class="button primary" ?disabled=${!usable(draft) || state.value.busy} @click=${() => compare(draft, state)}>
        Compare with the inventory</button>
      <button type="button" class="button" @click=${confirmReload}>Read the server’s file again…</button>
    </div>
    <div aria-live="polite">${resultView(state.value, draft.text.value)}</div>`, [draft]);
}

/** Whether there is a file without errors: the comparison would only tell them again. */
function usable(draft) {
  return draft.text.value.trim() !== '' && !draft.problems.value?.some((problem) => problem.severity === 'error');
}

async function compare(draft, state) {
  const of = draft.text.peek();
  state.value = { ...state.peek(), busy: true };
  try {
    state.value = { busy: false, answer: await post('/rules/diff', { rules: of }), error: null, of };
  } catch (error) {
    state.value = { busy: false, answer: null, error, of };
  }
}

function resultView({ busy, answer, error, of }, text) {
  if (busy) return skeleton(4);
  if (error) return failed(error);
  if (!answer) return null;
  return html`${of === text ? null : html`<p class="rules-warning">▲ The file was changed since; compare again.</p>`}${diffView(answer)}`;
}

/** Reads the file that the server is configured with; reclassifying what is stored is a job of its own. */
function confirmReload() {
  openDialog({
    title: 'Read the server’s rule file again?',
    body: () => html`<p>A changed file is read by itself; this tells what is wrong with it. A broken one
      changes nothing. Interfaces are classified anew at their discovery, or by
      <code>reclassify-interfaces</code>.</p>`,
    actions: [
      { title: 'Read it', kind: 'primary', run: async () => { told(await post('/rules/reload')); } },
      { title: 'Read it and reclassify',
        run: async () => { told(await post('/rules/reload')); await post('/jobs/reclassify-interfaces/run', {}); } },
    ],
  });
}

function told(answer) {
  toast(answer.result === 'unchanged' ? 'The file is the one in force.' : `${plural(answer.rules, 'rule')} in force now.`);
  if (answer.warnings.length === 0) return;
  openDialog({ title: 'The file has warnings', body: () => problemList(answer.warnings), actions: [] });
}
