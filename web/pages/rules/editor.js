/** The text field of a draft, with its problems by line and column; each leads to its place. */
import { saveText } from '../../core/csv.js';
import { plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { failed } from '../../ui/parts.js';

/** Bytes that a rule file may have. */
const FILE_BYTES_MAX = 1_000_000;

/** A draft as a text field with its problems: draft, {label, hint, example, fileName} -> template. */
export function editorView(draft, { label, hint, example, fileName }) {
  return html`<div class="rules-editor">
    <label for="rules-draft">${label}</label> <span class="rules-muted">${hint}</span>
    <textarea class="input" id="rules-draft" rows="16" spellcheck="false" autocomplete="off" aria-describedby="rules-problems"
      .value=${draft.text.value} @input=${(event) => draft.write(event.target.value)}
      @keydown=${indent} placeholder=${example}></textarea>
    <div class="rules-bar">
      <label class="button rules-open">Open a file… <input type="file" class="visually-hidden" accept=".yaml,.yml,text/*"
        @change=${(event) => open(event, draft)}></label>
      <button type="button" class="button" ?disabled=${!draft.text.value}
        @click=${() => saveText(fileName, 'application/yaml', draft.text.peek())}>Save as a file</button>
      ${draft.text.value ? null : html`<button type="button" class="button" @click=${() => draft.write(example)}>Begin with an
        example</button>`}
    </div>
    <div id="rules-problems" aria-live="polite">${problemsView(draft)}</div>
  </div>`;
}

function problemsView(draft) {
  if (draft.error.value) return failed(draft.error.value, draft.check);
  const problems = draft.problems.value;
  if (!draft.text.value.trim()) return null;
  if (problems == null) return html`<p class="rules-note">Checking…</p>`;
  if (problems.length === 0) return html`<p class="rules-fine">● No errors and no warnings.</p>`;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return html`<p>${errors ? `${plural(errors, 'error')}: the file cannot be used.` : 'It can be used.'}
    ${problems.length > errors ? plural(problems.length - errors, 'warning') : null}</p>${problemList(problems, goTo)}`;
}

/** Problems of a rule file as a list; lines and columns are buttons where there is a text to go to. */
export function problemList(problems, go) {
  return html`<ul class="rules-problems">${problems.map((problem) => html`<li class=${`rules-${problem.severity}`}>
    ${go ? html`<button type="button" class="rules-place" @click=${() => go(problem)}>${placeText(problem)}</button>` : placeText(problem)}
    <strong>${problem.severity === 'error' ? '■' : '▲'} ${problem.severity}</strong> ${problem.message}
    <code>${problem.code}</code> <span class="rules-remedy">${problem.remedy}</span></li>`)}</ul>`;
}

function placeText(problem) {
  return `line ${problem.line}, column ${problem.column}`;
}

/** Puts the caret where a problem is and shows that line. */
function goTo({ line, column }) {
  const area = /** @type {HTMLTextAreaElement} */ (document.getElementById('rules-draft'));
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const from = start + Math.max(0, column - 1);
  area.focus();
  area.setSelectionRange(from, Math.max(from, start + (lines[line - 1] ?? '').length));
  area.scrollTop = (line - 3) * (area.scrollHeight / Math.max(1, lines.length));
}

/** Ctrl+] puts two spaces in: Tab must keep leading out of the field. */
function indent(event) {
  if (!event.ctrlKey || event.key !== ']') return;
  event.preventDefault();
  event.target.setRangeText('  ', event.target.selectionStart, event.target.selectionEnd, 'end');
  event.target.dispatchEvent(new Event('input', { bubbles: true }));
}

async function open(event, draft) {
  const [file] = event.target.files;
  if (file && file.size <= FILE_BYTES_MAX) draft.write(await file.text());
  event.target.value = '';
}
