import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCSV } from '../../web/core/csv.js';

const column = (title, value) => ({ title, value });

test('lines end as RFC 4180 says, the header comes first', () => {
  const columns = [column('name', row => row.name), column('in (bit/s)', row => row.rate)];
  assert.equal(toCSV(columns, [{ name: 'CORE-SW-01', rate: 12.5 }, { name: null, rate: undefined }]), 'name,in (bit/s)\r\nCORE-SW-01,12.5\r\n,\r\n');
  assert.equal(toCSV(columns, []), 'name,in (bit/s)\r\n');
});

test('quotes, commas and line breaks are quoted', () => {
  assert.equal(toCSV([column('a', row => row)], ['x,y', 'say "hi"', 'two\nlines']), 'a\r\n"x,y"\r\n"say ""hi"""\r\n"two\nlines"\r\n');
});

test('what a spreadsheet would run is defused; numbers are left alone', () => {
  const lines = toCSV([column('a', row => row)], ['=1+1', '+1', '-1', '@x', '\tx', '\rx', -5, 'a=b', '=a,b']).split('\r\n');
  assert.deepEqual(lines.slice(1, 5), ["'=1+1", "'+1", "'-1", "'@x"]);
  assert.equal(lines[5], "'\tx");
  assert.ok(lines.includes('-5'));
  assert.ok(lines.includes('a=b'));
  assert.ok(lines.includes(`"'=a,b"`));
});

test('truths and dates', () => {
  assert.equal(toCSV([column('a', row => row)], [true, new Date(0)]), 'a\r\ntrue\r\n1970-01-01T00:00:00.000Z\r\n');
});
