// The pages, as script/embed-web made them of web/, embedded in the binary so that one moved executable stays whole; and gzip for sending them.
#ifndef WARDFLUX_CDASHBOARD_H
#define WARDFLUX_CDASHBOARD_H

#include <stddef.h>

/// One file: its name as browsers ask for it, and its octets.
struct cdashboard_file {
    const char *path;
    const unsigned char *bytes;
    size_t length;
};

/// How many files there are.
size_t cdashboard_count(void);

/// One of them, by its place.
struct cdashboard_file cdashboard_file_at(size_t place);

/// Compresses octets as gzip (RFC 1952), as small as zlib can; returns how many octets were written, 0 where `room` is too small.
size_t cdashboard_gzip(const unsigned char *bytes, size_t length, unsigned char *out, size_t room);

#endif
