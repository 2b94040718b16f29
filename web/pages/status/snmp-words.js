/** What the numbers of the SNMP engine mean where their names do not tell; of those that should be 0, what to do. */

/** By name: [meaning, remedy where it should be 0]. */
export const ENGINE = {
  responses: ['Answers that matched a request.'], timeouts: ['Requests without an answer.'], refused: ['ICMP port unreachable.'],
  send_failures: ['Refused by this host.', 'Check its routes and firewall.'], segmented_messages: ['With several requests each.'],
  late: ['Answers after their request had ended.'], duplicate: ['Further answers to one request.'],
  unmatched: ['Answers to what was never asked.', 'Check who else sends to this port.'],
  undecodable: ['Not SNMP.', 'Check what answers at the addresses of devices.'], wrong_type: ['No answers of the version asked.'],
  wrong_community: ['Answers with another community.', 'Check the agents’ configuration.'],
  wrong_source: ['From another address, refused.', 'Check agents with several addresses.'],
  other_port: ['From another port or address, taken.'], anomalous: ['Against the standards, taken.'],
  truncated: ['Longer than any buffer.'],
  kernel_drops: ['Datagrams that the kernel dropped.', 'Raise net.core.rmem_max and snmp.receive_buffer.'],
  security_wrong_digest: ['Version 3.', 'Check the profiles’ authentication pass phrases and protocols.'],
  security_undecryptable: ['Version 3.', 'Check the profiles’ privacy pass phrases and protocols.'],
  security_discoveries: ['Engines asked for their ID.'], security_resynchronisations: ['Clocks set anew.'],
  security_engines_replaced: ['Agents with a new engine ID.'], security_clocks_set_back: ['Agents whose time went back.'],
  security_mismatched: ['Of another user or engine.'], polls_missed: ['The one before was under way.'],
  polls_skipped: ['The device is silent and only probed.'], probes: ['Single requests to silent devices.'],
  processor_nanoseconds: ['Of the I/O threads.'], in_flight: ['Requests under way.'], open_breakers: ['Silent devices, only probed.'],
  oldest_overdue_milliseconds: ['How late the latest poll is.'], waiting_polls: ['For a place in the window.'],
  window: ['The most requests under way at a time.'], receive_buffer_octets: ['Of a socket.'],
};
