/** Files made in the browser. */

// A spreadsheet would run these as a formula.
const formula = /^[=+\-@\t\r]/;

function cell(value) {
  if (value == null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = value instanceof Date ? value.toISOString() : String(value);
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV by RFC 4180 with a header line: columns `{title, value(row)}`; texts that a spreadsheet would run get an apostrophe. */
export function toCSV(columns, rows) {
  const lines = [columns.map(column => cell(column.title)), ...rows.map(row => columns.map(column => cell(column.value(row))))];
  return lines.map(line => `${line.join(',')}\r\n`).join('');
}

/** Gives the user a file. `content` is text or a Blob. */
export function saveText(name, mime, content) {
  const url = URL.createObjectURL(new Blob([content], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[\u0000-\u001f\\/:*?"<>|]+/g, '-');
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
