#include "CDashboard.h"

#include <limits.h>
#include <zlib.h>

// Written by script/embed-web: every file of web/, by path.
#include "files.inc"

size_t cdashboard_count(void) { return sizeof files / sizeof files[0]; }

struct cdashboard_file cdashboard_file_at(size_t place) { return files[place]; }

// 15 bits of window and, with 16 added, a header of gzip.
enum { gzip_window = 15 + 16, memory_level = 9 };

size_t cdashboard_gzip(const unsigned char *bytes, size_t length, unsigned char *out, size_t room) {
    if (length > UINT_MAX || room > UINT_MAX) return 0;
    z_stream stream = {0};
    int state = deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY);
    if (state != Z_OK) return 0;
    stream.next_in = (unsigned char *)bytes;
    stream.avail_in = (unsigned)length;
    stream.next_out = out;
    stream.avail_out = (unsigned)room;
    state = deflate(&stream, Z_FINISH);
    size_t written = state == Z_STREAM_END ? stream.total_out : 0;
    deflateEnd(&stream);
    return written;
}
