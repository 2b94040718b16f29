/** Devices that could not be read, by cause: `last_error` without what is of the one device only. */

/**
 * Causes, the text they are known by, and what to do. The first that fits counts.
 * @type {[string, RegExp, string, string][]}
 */
const CAUSES = [
  ['partial', /^(if|sys|dot3)\w*: /, 'Answered in part',
    'Raise snmp.timeout_ms if the device is slow.'],
  ['no-credentials', /credential profile/i, 'No usable credentials',
    'Make the profile, or give the device another one.'],
  ['not-stored', /could not be stored/i, 'The answer could not be stored',
    'A value is outside what its MIB allows: see the message.'],
  ['community', /another community/i, 'Answers carry another community',
    'Check the agent, and what stands on the way.'],
  ['digest', /refuses the digest|not authentic/i, 'Version 3: wrong authentication',
    'Check the profile’s authentication pass phrase and protocol.'],
  ['user', /does not know user/i, 'Version 3: unknown user',
    'Check the user’s name, at the agent too.'],
  ['level', /refuses level|security model/i, 'Version 3: level or model refused',
    'Check the user’s level at the agent, and that version 3 is on.'],
  ['privacy', /decrypt|does not answer user/i, 'Version 3: encryption does not fit',
    'Check the profile’s privacy pass phrase and protocol; try AES with -C, or without.'],
  ['security', /\(user |snmpEngineBoots|context/i, 'Version 3: other fault',
    'The message at the device says what to do.'],
  ['closed', /nothing listens|port was closed|refused/i, 'Nothing listens at the port',
    'Check the port, and that the SNMP agent runs.'],
  ['unreachable', /cannot be reached|errno/i, 'The address cannot be reached', 'Check the address and routes.'],
  ['name', /cannot be resolved/i, 'The host name cannot be resolved', 'Correct the name, or give a numeric address.'],
  ['not-snmp', /not valid SNMP|not SNMP/i, 'What answers is not SNMP',
    'Check what listens at this port.'],
  ['timeout', /no answer|stopped answering|timeout|did not answer/i, 'No answer',
    'Check power, address, port, version, community and access list.'],
];

/** The cause of a device's error: text -> {id, title, remedy}. */
export function causeOf(error) {
  const [id, , title, remedy] = CAUSES.find(([, pattern]) => pattern.test(error))
    ?? ['other', null, 'Other reasons', 'The message at the device says what to do.'];
  return { id, title, remedy };
}

/** Devices by the cause of their error, the most frequent first: [Device] -> [{id, title, remedy, devices}]. */
export function byCause(devices) {
  const groups = new Map();
  for (const device of devices) {
    const cause = causeOf(device.last_error ?? '');
    if (!groups.has(cause.id)) groups.set(cause.id, { ...cause, devices: [] });
    groups.get(cause.id).devices.push(device);
  }
  return [...groups.values()].sort((a, b) => b.devices.length - a.devices.length);
}
