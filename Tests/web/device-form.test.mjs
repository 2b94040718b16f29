import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, deviceBody, deviceValues, newProfile, profileChoices, tagsOf } from '../../web/pages/devices/device-form.js';
import { choicesOf, interfaceName, partError, word } from '../../web/pages/devices/words.js';

const device = {
  name: 'SW-1', ip: '10.0.0.1', port: 161, device_type: 'switch', credential_profile: 'core', location: null, tags: ['a', 'b c'], enabled: true,
};

test('a device as fields, and back', () => {
  assert.deepEqual(deviceBody(deviceValues(device)), device);
  assert.deepEqual(deviceValues(), {
    name: '', ip: '', port: '161', device_type: 'other', credential_profile: '', location: '', tags: '', enabled: true,
  });
  assert.deepEqual(tagsOf(' core, floor 3,core,, '), ['core', 'floor 3']);
});

test('only what was changed is sent', () => {
  const values = { ...deviceValues(device), name: ' SW-2 ', tags: 'a, b c', location: 'Tbilisi' };
  assert.deepEqual(changesOf(device, deviceBody(values)), { name: 'SW-2', location: 'Tbilisi' });
  assert.deepEqual(changesOf(device, deviceBody(deviceValues(device))), {});
});

test('profiles to choose from: the default first, one that is gone, one to be made', () => {
  const values = profileChoices([{ name: 'core' }, { name: 'default' }], { chosen: 'old', canMake: true }).map(choice => choice.value);
  assert.deepEqual(values, ['', 'core', 'old', newProfile]);
  assert.deepEqual(profileChoices([]).map(choice => choice.title), ['default (there is none yet)']);
});

test('words of the API for people', () => {
  assert.deepEqual(['isp', 'access_point'].map(word), ['ISP', 'access point']);
  assert.deepEqual(choicesOf(['isp']), [{ value: 'isp', title: 'ISP' }]);
});

test('an interface is called by what it has', () => {
  assert.equal(interfaceName({ if_name: 'Gi0/1', if_descr: 'GigabitEthernet0/1', if_index: 3 }), 'Gi0/1');
  assert.equal(interfaceName({ if_name: null, if_descr: 'GigabitEthernet0/1', if_index: 3 }), 'GigabitEthernet0/1');
  assert.equal(interfaceName({ if_name: '', if_descr: null, if_index: 3 }), '#3');
});

test('an error of a device is parted into cause and remedy', () => {
  assert.deepEqual(partError('no answer; 3 attempts; check the address; give it more time'),
    { cause: 'no answer; 3 attempts', remedy: 'check the address; give it more time' });
  assert.deepEqual(partError('check failed'), { cause: 'check failed', remedy: '' });
});
