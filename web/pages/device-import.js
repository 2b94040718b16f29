import { post } from '../core/api.js';
import { count, plural } from '../core/format.js';
import { html, render } from '../core/html.js';
import { effect, signal } from '../core/signal.js';
import { saveText } from '../core/csv.js';
import { section, tile } from '../ui/parts.js';
import { table } from '../ui/table.js';
import { field } from '../ui/form.js';
import { newest, readNow } from './devices/discover.js';
import { refusal } from './devices/form-state.js';
import { csvExample, formatOf, importFormats, mediaType } from './devices/import-file.js';
import { sending } from './shared/page-form.js';

const checkAfter = 600;
const mistakeColumns = [
  { id: 'line', title: 'Line', numeric: true, render: row => row.line ?? '–' },
  { id: 'field', title: 'Column', render: row => row.field },
  { id: 'detail', title: 'What is wrong', render: row => row.detail },
];

/** `/devices/import`: devices from CSV or NetBox; nothing is written before it was shown what would change. */
export const deviceImportPage = {
  title: () => 'Import devices',
  mount(root) {
    const state = {
      text: signal(''), format: signal(''), keepsGood: signal(false),
      report: signal(null), sending: sending(),
    };
    const stopChecking = effect(() => checkSoon(state));
    const stop = effect(() => render(view(state), root));
    return () => {
      stopChecking();
      stop();
    };
  },
};

/** Checks what stands in the field as soon as it has not changed for a moment. */
function checkSoon(state) {
  const text = state.text.value;
  const format = state.format.value || formatOf(text);
  state.report.value = null;
  state.sending.problem.value = null;
  if (!text.trim()) return undefined;
  const stop = { isStopped: false };
  const timer = setTimeout(() => check(state, text, format, stop), checkAfter);
  return () => {
    clearTimeout(timer);
    stop.isStopped = true;
  };
}

async function check(state, text, format, stop) {
  await state.sending.run(async () => {
    // With `good` the answer tells of all rows, those that would be refused and those that would be taken.
    const report = await send(text, format, { mode: 'good', dry_run: true }).catch(error => {
      if (!stop.isStopped) throw error;
    });
    if (!stop.isStopped) state.report.value = report;
  });
}

function send(text, format, query) {
  return post('/devices/import', new Blob([text], { type: mediaType(format) }), { format, ...query });
}

function apply(state) {
  const text = state.text.peek();
  return state.sending.run(async () => {
    state.report.value = await send(text, state.format.peek() || formatOf(text), { mode: state.keepsGood.peek() ? 'good' : 'all' });
  });
}

function view(state) {
  const report = state.report.value;
  return html`<p class="device-lead">CSV with the columns
    <code>name,ip,port,version,community,profile,device_type,location,tags</code>,
      or CSV or JSON of NetBox. Importing again changes nothing.
      <button type="button" class="button" @click=${() => saveText('devices.csv', 'text/csv', csvExample)}>Example file</button></p>
    ${source(state)}
    ${refusal(state.sending.problem.value)}
    ${report ? outcome(state, report) : waiting(state)}`;
}

function source(state) {
  return html`<div class="device-form device-import" @dragover=${event => event.preventDefault()} @drop=${event => dropped(event, state)}>
    ${field({ label: 'File', name: 'file', kind: 'file', accept: '.csv,.json,.txt,text/csv,application/json',
      hint: 'Or drop it here.', onInput: file => take(file, state) })}
    ${field({ label: 'or paste it here', name: 'text', kind: 'textarea', value: state.text.value,
      onInput: value => (state.text.value = value) })}
    ${field({ label: 'Form', name: 'format', kind: 'choice', choices: importFormats, value: state.format.value,
      hint: state.text.value.trim() ? `It looks like ${titleOf(formatOf(state.text.value))}.` : '',
      onInput: value => (state.format.value = value) })}
  </div>`;
}

function titleOf(format) {
  return importFormats.find(known => known.value === format)?.title ?? format;
}

function dropped(event, state) {
  event.preventDefault();
  take(event.dataTransfer.files[0], state);
}

async function take(file, state) {
  if (file) state.text.value = await file.text();
}

function waiting(state) {
  if (!state.text.value.trim()) return html`<p class="device-lead">First you see what would change.</p>`;
  return state.sending.isSending.value ? html`<p role="status">Checking …</p>` : null;
}

function outcome(state, report) {
  return section({ title: report.dry_run ? 'What would change' : 'What was done' }, html`
    <div class="device-figures" role="status">
      ${tile({ title: report.dry_run ? 'Would be added' : 'Added', value: count(report.added) })}
      ${tile({ title: report.dry_run ? 'Would change' : 'Changed', value: count(report.changed) })}
      ${tile({ title: 'Unchanged', value: count(report.unchanged) })}
      ${tile({ title: 'Left out', value: count(report.skipped_total) })}
      ${tile({ title: 'Wrong', value: count(report.errors_total), status: report.errors_total ? 'failed' : null })}
    </div>
    ${mistakes('Wrong', report.errors, report.errors_total)}
    ${mistakes('Left out', report.skipped, report.skipped_total)}
    ${report.dry_run ? applying(state, report) : next(report)}`);
}

function mistakes(title, errors, total) {
  if (total === 0) return null;
  const rows = errors.map((error, place) => ({ ...error, place }));
  return html`<h3 class="device-part">${title}</h3>
    ${table({ caption: title, columns: mistakeColumns, rows, keyOf: row => row.place })}
    ${total > rows.length ? html`<p>${count(total - rows.length)} more are not shown.</p>` : null}`;
}

function applying(state, report) {
  const news = report.added + report.changed;
  if (news === 0) return html`<p>There is nothing to import.</p>`;
  const isUndecided = report.errors_total > 0 && !state.keepsGood.value;
  return html`
    ${report.errors_total > 0 ? field({ name: 'good', kind: 'flag', value: state.keepsGood.value,
      onInput: isKept => (state.keepsGood.value = isKept),
      label: `Import the ${plural(news, 'good row')} without the wrong ones` }) : null}
    <p class="device-actions">
      <button type="button" class="button primary" ?disabled=${state.sending.isSending.value || isUndecided}
        @click=${() => apply(state)}>Import ${plural(news, 'device')}</button>
      ${isUndecided ? html`<span>Correct the lines above, or go without.</span>` : null}</p>`;
}

function next(report) {
  return html`<p class="device-actions">
    ${report.added ? readNow() : null} ${newest()}</p>`;
}
