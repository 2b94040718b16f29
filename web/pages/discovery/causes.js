/** Devices that could not be read, by cause: `last_error` without what is of the one device only. */

/**
 * Causes, the text they are known by, and what to do. The first that fits counts.
 * @type {[string, RegExp, string, string][]}
 */
const CAUSES = [
  ['partial', /^(if|sys|dot3)\w*: /, 'Answered in part',
    'Some columns are missing; what was read is stored. Raise snmp.timeout_ms if the device is slow.'],
  ['no-credentials', /credential profile/i, 'No usable credentials',
    'Make the credential profile, or name another one at the device.'],
  ['not-stored', /could not be stored/i, 'The answer could not be stored',
    'Read the message at the device: a value it answers is outside what its MIB allows.'],
  ['community', /another community/i, 'Answers carry another community',
    'Something on the way or the agent itself answers for another community: check the agent’s configuration.'],
  ['digest', /refuses the digest|not authentic/i, 'Version 3: wrong authentication',
    'Check the authentication pass phrase and protocol of the credential profile.'],
  ['user', /does not know user/i, 'Version 3: unknown user',
    'Check the user’s name, and that it is defined on the agent.'],
  ['level', /refuses level|security model/i, 'Version 3: level or model refused',
    'Check which level the agent gives the user, and that version 3 is switched on.'],
  ['privacy', /decrypt|does not answer user/i, 'Version 3: encryption does not fit',
    'Check the privacy pass phrase and protocol; for AES-192 and AES-256 try the other key extension.'],
  ['security', /\(user |snmpEngineBoots|context/i, 'Version 3: other fault',
    'The message at the device says what to check.'],
  ['closed', /nothing listens|port was closed|refused/i, 'Nothing listens at the port',
    'Check the port, and that the SNMP agent runs.'],
  ['unreachable', /cannot be reached|errno/i, 'The address cannot be reached', 'Check the address and the routes to it.'],
  ['name', /cannot be resolved/i, 'The host name cannot be resolved', 'Correct the name, or give a numeric address.'],
  ['not-snmp', /not valid SNMP|not SNMP/i, 'What answers is not SNMP',
    'Check that an SNMP agent listens at this port, and not another service.'],
  ['timeout', /no answer|stopped answering|timeout|did not answer/i, 'No answer',
    'Check that the device is on, then address, port, version, community and the agent’s access list.'],
];

/** The cause of a device's error: text -> {id, title, remedy}. */
export function causeOf(error) {
  const [id, , title, remedy] = CAUSES.find(([, pattern]) => pattern.test(error))
    ?? ['other', null, 'Other reasons', 'The message at each device says what happened and what to do.'];
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
