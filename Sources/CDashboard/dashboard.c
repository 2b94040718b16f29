#include "CDashboard.h"

#include <limits.h>
#include <zlib.h>

// What script/embed-web made of web/.
static const unsigned char page[] = {
#embed "assets/index.html"
};

static const unsigned char script[] = {
#embed "assets/app.js"
};

static const unsigned char worker[] = {
#embed "assets/stream.js"
};

static const unsigned char styles[] = {
#embed "assets/style.css"
};

static const unsigned char icon[] = {
#embed "assets/icon.svg"
};

static const struct cdashboard_file files[] = {
    {"index.html", page, sizeof page},
    {"app.js", script, sizeof script},
    {"stream.js", worker, sizeof worker},
    {"style.css", styles, sizeof styles},
    {"icon.svg", icon, sizeof icon},
};

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
