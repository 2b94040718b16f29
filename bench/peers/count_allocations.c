/*
 * Counts heap allocations of the program it is preloaded into (LD_PRELOAD); when the program ends it writes
 * {"allocations":N,"octets":N} to the file named by COUNT_ALLOCATIONS_FILE. All threads are counted.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What glibc's malloc is made of, so that nothing has to be looked up (looking up allocates). */
extern void *__libc_malloc(size_t octets);
extern void *__libc_calloc(size_t count, size_t octets);
extern void *__libc_realloc(void *old, size_t octets);
extern void *__libc_memalign(size_t alignment, size_t octets);

static atomic_ulong allocations, allocated;

static void count(size_t octets) {
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&allocated, octets, memory_order_relaxed);
}

void *malloc(size_t octets) {
    count(octets);
    return __libc_malloc(octets);
}

void *calloc(size_t number, size_t octets) {
    count(number * octets);
    return __libc_calloc(number, octets);
}

void *realloc(void *old, size_t octets) {
    count(octets);
    return __libc_realloc(old, octets);
}

void *memalign(size_t alignment, size_t octets) {
    count(octets);
    return __libc_memalign(alignment, octets);
}

void *aligned_alloc(size_t alignment, size_t octets) { return memalign(alignment, octets); }

int posix_memalign(void **place, size_t alignment, size_t octets) {
    void *memory = memalign(alignment, octets);
    if (!memory) return ENOMEM;
    *place = memory;
    return 0;
}

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("COUNT_ALLOCATIONS_FILE");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "{\"allocations\":%lu,\"octets\":%lu}\n", atomic_load(&allocations), atomic_load(&allocated));
    fclose(file);
}
