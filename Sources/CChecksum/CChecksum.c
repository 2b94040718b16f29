#include "CChecksum.h"

#include <string.h>

// The polynomial of Castagnoli with its bits reversed, as the processor's instruction has it.
static const uint32_t polynomial = 0x82F63B78u;

// Where the processor has no instruction for it: a bit at a time is slow, and right on any machine.
static uint32_t portable(uint32_t crc, const uint8_t *octets, size_t count) {
    for (size_t place = 0; place < count; place++) {
        crc ^= octets[place];
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) ? polynomial : 0);
    }
    return crc;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t accelerated(uint32_t crc, const uint8_t *octets, size_t count) {
    uint64_t wide = crc;
    for (; count >= 8; count -= 8, octets += 8) {
        uint64_t word;
        memcpy(&word, octets, 8);
        wide = _mm_crc32_u64(wide, word);
    }
    crc = (uint32_t)wide;
    for (; count > 0; count--, octets++) crc = _mm_crc32_u8(crc, *octets);
    return crc;
}

uint32_t wardflux_crc32c(uint32_t crc, const void *octets, size_t count) {
    crc = ~crc;
    crc = __builtin_cpu_supports("sse4.2") ? accelerated(crc, octets, count) : portable(crc, octets, count);
    return ~crc;
}
#else
uint32_t wardflux_crc32c(uint32_t crc, const void *octets, size_t count) {
    return ~portable(~crc, octets, count);
}
#endif
