// The shipped rule file, embedded in the binary so that one moved executable stays whole.
#ifndef WARDFLUX_CRULEFILE_H
#define WARDFLUX_CRULEFILE_H

#include <stddef.h>

/// First byte of the shipped rule file: UTF-8, not terminated.
const unsigned char *crulefile_bytes(void);

/// Length of the shipped rule file in bytes.
size_t crulefile_length(void);

#endif
