/* Preloaded into a process to make its disk fail, or to record what reaches it, below one directory.
 *
 *   SERIES_FAULT_DIRECTORY  the directory; calls on other files are left alone
 *   SERIES_FAULT_CALL       write or fsync: which calls fail
 *   SERIES_FAULT_ERRNO      what they fail with, as a number
 *   SERIES_FAULT_AT         the first call that fails, from 1
 *   SERIES_FAULT_COUNT      how many fail from there on; 0 for all
 *   SERIES_FAULT_WHILE      instead of the two above: calls fail while this file exists
 *   SERIES_FAULT_RECORD     file that takes every write, truncation, removal and synchronisation, and standard output
 *
 * A record: kind (w write, t truncate, u unlink, s sync, o output), path length (u16), offset (u64), octets (u32), the
 * path below the directory, the octets; numbers little-endian.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static const char *directory, *failing, *while_file;
static size_t directory_length;
static long failing_at, failing_count, failing_errno, calls;
static int record = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long number(const char *name, long other) {
    const char *text = getenv(name);
    return text ? atol(text) : other;
}

__attribute__((constructor)) static void begin(void) {
    directory = getenv("SERIES_FAULT_DIRECTORY");
    directory_length = directory ? strlen(directory) : 0;
    failing = getenv("SERIES_FAULT_CALL");
    while_file = getenv("SERIES_FAULT_WHILE");
    failing_errno = number("SERIES_FAULT_ERRNO", EIO);
    failing_at = number("SERIES_FAULT_AT", 1);
    failing_count = number("SERIES_FAULT_COUNT", 1);
    const char *path = getenv("SERIES_FAULT_RECORD");
    if (path) record = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

/* The path below the directory; NULL for other files. */
static const char *below(const char *path) {
    if (!directory_length || strncmp(path, directory, directory_length) || path[directory_length] != '/') return NULL;
    return path + directory_length + 1;
}

static const char *of_descriptor(int file, char *space) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, space, PATH_MAX - 1);
    if (length < 0) return NULL;
    space[length] = 0;
    return below(space);
}

/* Whether this call is one that fails; errno is set then. */
static int fails(const char *call) {
    if (!failing || strcmp(failing, call)) return 0;
    if (while_file) {
        if (access(while_file, F_OK)) return 0;
    } else {
        calls++;
        if (calls < failing_at || (failing_count && calls >= failing_at + failing_count)) return 0;
    }
    errno = (int)failing_errno;
    return 1;
}

static void put(char kind, const char *path, uint64_t offset, const void *octets, uint32_t count) {
    if (record < 0) return;
    uint16_t length = (uint16_t)strlen(path);
    char head[15];
    head[0] = kind;
    memcpy(head + 1, &length, 2);
    memcpy(head + 3, &offset, 8);
    memcpy(head + 11, &count, 4);
    ssize_t (*to)(int, const void *, size_t) = REAL(write);
    if (to(record, head, sizeof head) < 0 || to(record, path, length) < 0 || to(record, octets, count) < 0) abort();
}

static ssize_t writing(int file, const void *octets, size_t count, off_t offset, int positioned) {
    char space[PATH_MAX];
    const char *path = of_descriptor(file, space);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (!path || !fails("write")) {
        if (path && !positioned) offset = lseek(file, 0, SEEK_CUR);
        done = positioned ? REAL(pwrite)(file, octets, count, offset) : REAL(write)(file, octets, count);
        if (path && done > 0) put('w', path, (uint64_t)offset, octets, (uint32_t)done);
        if (!path && file == STDOUT_FILENO && done > 0) put('o', "", 0, octets, (uint32_t)done);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

static int syncing(int file, int (*real)(int)) {
    char space[PATH_MAX];
    const char *path = of_descriptor(file, space);
    pthread_mutex_lock(&lock);
    int status = -1;
    if (!path || !fails("fsync")) {
        status = real(file);
        if (path && !status) put('s', path, 0, "", 0);
    }
    pthread_mutex_unlock(&lock);
    return status;
}

static int truncating(int file, off_t length) {
    char space[PATH_MAX];
    const char *path = of_descriptor(file, space);
    pthread_mutex_lock(&lock);
    int status = REAL(ftruncate)(file, length);
    if (path && !status) put('t', path, (uint64_t)length, "", 0);
    pthread_mutex_unlock(&lock);
    return status;
}

ssize_t write(int file, const void *octets, size_t count) { return writing(file, octets, count, 0, 0); }
ssize_t pwrite(int file, const void *octets, size_t count, off_t at) { return writing(file, octets, count, at, 1); }
ssize_t pwrite64(int file, const void *octets, size_t count, off_t at) { return writing(file, octets, count, at, 1); }
int fsync(int file) { return syncing(file, REAL(fsync)); }
int fdatasync(int file) { return syncing(file, REAL(fdatasync)); }
int ftruncate(int file, off_t length) { return truncating(file, length); }
int ftruncate64(int file, off_t length) { return truncating(file, length); }

int unlink(const char *path) {
    pthread_mutex_lock(&lock);
    int status = REAL(unlink)(path);
    if (!status && below(path)) put('u', below(path), 0, "", 0);
    pthread_mutex_unlock(&lock);
    return status;
}
