// The shipped rule files, embedded in the binary so that one moved executable stays whole.
#ifndef WARDFLUX_CRULEFILE_H
#define WARDFLUX_CRULEFILE_H

#include <stddef.h>

/// First byte of the shipped classification rules: UTF-8, not terminated.
const unsigned char *crulefile_bytes(void);

/// Length of the shipped classification rules in bytes.
size_t crulefile_length(void);

/// First byte of the shipped alert rules: UTF-8, not terminated.
const unsigned char *crulefile_alert_bytes(void);

/// Length of the shipped alert rules in bytes.
size_t crulefile_alert_length(void);

#endif
