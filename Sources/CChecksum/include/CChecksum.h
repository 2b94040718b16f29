#ifndef CCHECKSUM_H
#define CCHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC32C (Castagnoli, RFC 3720 appendix B.4) of octets that follow those which gave `crc`; 0 to begin with.
uint32_t wardflux_crc32c(uint32_t crc, const void *octets, size_t count);

/// The same without the processor's instruction for it: slower, and right on any machine.
uint32_t wardflux_crc32c_portable(uint32_t crc, const void *octets, size_t count);

#endif
