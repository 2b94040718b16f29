#include "CChecksum.h"

#include <string.h>

// The polynomial of Castagnoli with its bits reversed is 0x82F63B78: four bits of the octets at a time.
static const uint32_t nibbles[16] = {
    0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1, 0x417B1DBC, 0x5125DAD3, 0x61C69362, 0x7198540D,
    0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9, 0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75,
};

// Where the processor has no instruction for it.
static uint32_t portable(uint32_t crc, const uint8_t *octets, size_t count) {
    for (size_t place = 0; place < count; place++) {
        crc ^= octets[place];
        crc = (crc >> 4) ^ nibbles[crc & 15];
        crc = (crc >> 4) ^ nibbles[crc & 15];
    }
    return crc;
}

uint32_t wardflux_crc32c_portable(uint32_t crc, const void *octets, size_t count) {
    return ~portable(~crc, octets, count);
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
    return wardflux_crc32c_portable(crc, octets, count);
}
#endif
