import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatOf, mediaType } from '../../web/pages/devices/import-file.js';
import { addressCount, rangesOf, sweepFindings } from '../../web/pages/devices/sweep-findings.js';
import { byCause, causeOf } from '../../web/pages/discovery/causes.js';

test('errors of devices have a cause', () => {
  const causes = {
    '10.0.0.1 port 161: no answer after 3 attempts': 'timeout', 'ifTable: the agent stopped answering': 'partial',
    'the agent does not know user ops': 'user', 'nothing listens at port 161': 'closed', 'sw.example cannot be resolved': 'name',
    'there is no credential profile core': 'no-credentials', 'something else': 'other',
  };
  for (const [error, cause] of Object.entries(causes)) assert.equal(causeOf(error).id, cause, error);
});

test('devices are put together by cause, the most frequent first', () => {
  const device = (id, last_error) => ({ id, last_error });
  const groups = byCause([device(1, 'nothing listens'), device(2, 'no answer'), device(3, 'no answer'), device(4, null)]);
  assert.deepEqual(groups.map(group => [group.id, group.devices.map(one => one.id)]), [['timeout', [2, 3]], ['closed', [1]], ['other', [4]]]);
  assert.ok(groups.every(group => group.title && group.remedy));
});

test('the message of a sweep names what answered', () => {
  const found = sweepFindings({
    message: '3 of 254 addresses answered, 1 of them new: 10.0.0.7 SW (profile x) 7 (profile default, new), 10.0.0.8 (profile v3, known at another address)',
    results: { devices_answered: 3 },
  });
  assert.equal(found.counts, '3 of 254 addresses answered, 1 of them new');
  assert.deepEqual(found.devices, [
    { address: '10.0.0.7', name: 'SW (profile x) 7', profile: 'default', standing: 'new' },
    { address: '10.0.0.8', name: '', profile: 'v3', standing: 'known at another address' },
  ]);
  assert.equal(found.unnamed, 1);
});

test('a sweep without a message, or with one cut short', () => {
  assert.deepEqual(sweepFindings({ message: null, results: {} }), { counts: '', devices: [], unnamed: 0 });
  const cut = sweepFindings({ message: '2 answered: 10.0.0.7 A (profile p, new), 10.0.0.8 B (prof', results: { devices_answered: 2 } });
  assert.deepEqual([cut.devices.length, cut.unnamed], [1, 1]);
});

test('ranges of addresses, and how many there are', () => {
  assert.deepEqual(rangesOf(' 10.0.0.0/24, 10.1.0.1-10.1.0.9\n10.2.0.1;'), ['10.0.0.0/24', '10.1.0.1-10.1.0.9', '10.2.0.1']);
  assert.equal(addressCount(['10.0.0.0/24', '10.1.0.1-10.1.0.9', '10.2.0.1']), 254 + 9 + 1);
  assert.deepEqual(['10.0.0.0/31', '10.0.0.0/32', '0.0.0.0/0'].map(range => addressCount([range])), [2, 1, 2 ** 32 - 2]);
  for (const wrong of ['fe80::/64', '10.0.0.0/33', '10.0.0.9-10.0.0.1', 'host', '10.0.0.256']) assert.equal(addressCount([wrong]), null, wrong);
});

test('the form of a file is told by how it begins', () => {
  assert.equal(formatOf('\uFEFF name,ip,port\r\na,10.0.0.1,161'), 'csv');
  assert.equal(formatOf('"Name";"Primary IPv4"\n'), 'netbox-csv');
  assert.equal(formatOf('name,ip,manufacturer\n'), 'csv');
  assert.equal(formatOf('\n [{"name": "a"}]'), 'netbox-json');
  assert.deepEqual(['netbox-json', 'netbox-csv'].map(mediaType), ['application/json', 'text/csv']);
});
