// A plain C face on the two parts of RE2 the classifier uses: a set of patterns matched in one pass,
// and one pattern located in a text. Every call is bounded in memory by the caller and runs in time
// linear in the text. No call throws: a failure is a return value.
#ifndef WARDFLUX_CRE2_H
#define WARDFLUX_CRE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A set of patterns, matched unanchored and without regard to case.
typedef struct cre2_set cre2_set;

/// One pattern, matched unanchored and without regard to case.
typedef struct cre2_pattern cre2_pattern;

/// A new, empty set. `max_memory` bounds program and automaton in bytes. NULL where memory is out.
cre2_set *cre2_set_new(int64_t max_memory);

/// Adds a pattern of UTF-8. Answers its index from 0, or -1 with a message in `error`.
int32_t cre2_set_add(cre2_set *set, const char *pattern, size_t length, char *error, size_t error_size);

/// Compiles the set. Answers 1, or 0 where the program would need more than the bound.
int32_t cre2_set_compile(cre2_set *set);

/// Writes the indexes of all patterns found in `text`, at most `capacity`, in rising order.
/// Answers how many were found, or -1 where the set is not compiled or the automaton ran out of memory.
int32_t cre2_set_match(const cre2_set *set, const char *text, size_t length, int32_t *indexes, size_t capacity);

/// Frees a set. NULL is allowed.
void cre2_set_free(cre2_set *set);

/// Compiles one pattern. NULL with a message in `error` where it is not a pattern or exceeds the bound.
cre2_pattern *cre2_pattern_new(
    const char *pattern, size_t length, int64_t max_memory, char *error, size_t error_size);

/// Finds the leftmost match at or after `from`. Answers 1 with the half-open byte range, or 0.
int32_t cre2_pattern_find(
    const cre2_pattern *pattern, const char *text, size_t length, size_t from, size_t *start, size_t *end);

/// Size of the compiled program in instructions: what the pattern costs.
int32_t cre2_pattern_program_size(const cre2_pattern *pattern);

/// Frees a pattern. NULL is allowed.
void cre2_pattern_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif

#endif
