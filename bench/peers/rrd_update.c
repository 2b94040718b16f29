/* Updates one round-robin file for each interface with eight counters, in this process, as a collector on librrd does.
 *
 *   rrd_update FOLDER START INTERFACES CYCLES < values
 *
 * A line of the input is an update of the next interface, TIME:V1:..:V8; there are INTERFACES lines a cycle. Each file
 * keeps 14 days of five minutes, and the averages and maxima of 90 days of hours. Making the files is not counted.
 * Prints {"samples":N,"cpu_seconds":S,"wall_seconds":S,"octets":N}; octets is the size of one file.
 */
#include <rrd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

static const char *shape[] = {
    "DS:inoctets:COUNTER:600:0:U", "DS:outoctets:COUNTER:600:0:U", "DS:inerrors:COUNTER:600:0:U",
    "DS:outerrors:COUNTER:600:0:U", "DS:indiscards:COUNTER:600:0:U", "DS:outdiscards:COUNTER:600:0:U",
    "DS:inpackets:COUNTER:600:0:U", "DS:outpackets:COUNTER:600:0:U",
    "RRA:AVERAGE:0.5:1:4032", "RRA:AVERAGE:0.5:12:2160", "RRA:MAX:0.5:12:2160",
};

static double processor(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6 + used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6;
}

static double wall(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "rrd_update: %s: %s\n", what, rrd_test_error() ? rrd_get_error() : "input ended early");
    exit(1);
}

int main(int argc, char **argv) {
    if (argc != 5) return 64;
    const long start = atol(argv[2]), interfaces = atol(argv[3]), cycles = atol(argv[4]);
    char path[4096], line[512];
    for (long each = 0; each < interfaces; each++) {
        snprintf(path, sizeof path, "%s/%ld.rrd", argv[1], each);
        if (rrd_create_r(path, 300, start - 1, sizeof shape / sizeof *shape, shape) != 0) fail("create");
    }
    char *lines = malloc((size_t)interfaces * sizeof line);
    if (!lines) return 1;
    double cpu = 0, seconds = 0;
    for (long cycle = 0; cycle < cycles; cycle++) {
        for (long each = 0; each < interfaces; each++) {
            if (!fgets(lines + each * sizeof line, sizeof line, stdin)) fail("read");
            lines[each * sizeof line + strcspn(lines + each * sizeof line, "\n")] = 0;
        }
        const double cpu_before = processor(), wall_before = wall();
        for (long each = 0; each < interfaces; each++) {
            snprintf(path, sizeof path, "%s/%ld.rrd", argv[1], each);
            const char *update = lines + each * sizeof line;
            if (rrd_update_r(path, NULL, 1, &update) != 0) fail("update");
        }
        cpu += processor() - cpu_before;
        seconds += wall() - wall_before;
    }
    struct stat file;
    snprintf(path, sizeof path, "%s/0.rrd", argv[1]);
    if (stat(path, &file) != 0) return 1;
    printf("{\"samples\":%ld,\"cpu_seconds\":%.6f,\"wall_seconds\":%.6f,\"octets\":%lld}\n", interfaces * cycles * 8, cpu,
           seconds, (long long)file.st_size);
    return 0;
}
