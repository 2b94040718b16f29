/** The form of a maintenance window: planned work, once or again and again. */
import { html } from '../../core/html.js';
import { field } from '../../ui/form.js';
import { askForQuiet } from './quiet-form.js';
import { BEGINS } from './words.js';

const OCCURS = [{ value: 'once', title: 'Once' }, { value: 'again', title: 'Again and again' }];

const WINDOW = {
  path: '/maintenance-windows', titles: ['New maintenance window', 'Change the maintenance window'],
  said: ['Window planned', 'Window changed'], action: 'Plan', whenEmpty: 'Without a matcher it covers every alert.',
  values, fields, bodyOf,
};

/** Asks for a maintenance window: one of GET /maintenance-windows to change, or null for a new one; options as of askForQuiet(). */
export const askForWindow = (window, options) => askForQuiet(window, WINDOW, options);

function values(window) {
  const texts = ['name', 'starts_at', 'schedule', 'zone', 'ends_at', 'comment'].map(name => [name, window?.[name] ?? '']);
  const duration = window ? `${Math.round(window.duration_seconds / 60)}m` : '2h';
  return { ...Object.fromEntries(texts), duration, occurs: window?.schedule ? 'again' : 'once' };
}

function fields(form, window, matchers) {
  const text = (name, label, hint, more = {}) => field({ ...form.bind(name), label, hint, ...more });
  return html`${text('name', 'Name', 'Firmware of the core.', { required: true })}
    ${matchers}
    ${text('occurs', 'Occurs', null, { kind: 'choice', choices: OCCURS })}
    ${form.values.value.occurs === 'once' ? text('starts_at', 'Begins', BEGINS)
    : html`${text('schedule', 'Schedule', 'daily at 22:00, Sunday at 06:00 or 0 22 * * SAT.')}
      ${text('zone', 'Zone', 'Asia/Tbilisi; empty: the server’s.')}
      ${text('ends_at', 'None begins after', '2026-12-31; empty: no end.')}`}
    ${text('duration', 'Lasts', '90m, 2h; at most 31d.', { required: true })}
    ${text('comment', 'Why', null, { kind: 'textarea' })}`;
}

/** Once and again exclude each other, so what belongs to the other is cleared. */
function bodyOf(filled) {
  const text = name => filled[name].trim();
  const when = filled.occurs === 'once'
    ? { starts_at: text('starts_at') || 'now', schedule: null, ends_at: null }
    : { schedule: text('schedule'), starts_at: null, ends_at: text('ends_at') || null, ...(text('zone') ? { zone: text('zone') } : {}) };
  return { name: text('name'), duration: text('duration'), comment: text('comment') || null, ...when };
}
