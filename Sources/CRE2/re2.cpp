#include "CRE2.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <vector>

struct cre2_set {
    explicit cre2_set(const RE2::Options &options) : set(options, RE2::UNANCHORED) {}
    RE2::Set set;
    bool compiled = false;
};

struct cre2_pattern {
    cre2_pattern(const re2::StringPiece &text, const RE2::Options &options) : pattern(text, options) {}
    RE2 pattern;
};

namespace {

RE2::Options options_for(int64_t max_memory) {
    RE2::Options options;
    options.set_max_mem(max_memory);
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_never_capture(true);
    return options;
}

void report(const std::string &message, char *error, size_t error_size) {
    if (error == nullptr || error_size == 0) return;
    size_t length = std::min(message.size(), error_size - 1);
    std::memcpy(error, message.data(), length);
    error[length] = '\0';
}

}  // namespace

cre2_set *cre2_set_new(int64_t max_memory) {
    return new (std::nothrow) cre2_set(options_for(max_memory));
}

int32_t cre2_set_add(cre2_set *set, const char *pattern, size_t length, char *error, size_t error_size) {
    std::string message;
    int index = set->set.Add(re2::StringPiece(pattern, length), &message);
    if (index < 0) report(message, error, error_size);
    return index;
}

int32_t cre2_set_compile(cre2_set *set) {
    set->compiled = set->set.Compile();
    return set->compiled ? 1 : 0;
}

int32_t cre2_set_match(const cre2_set *set, const char *text, size_t length, int32_t *indexes, size_t capacity) {
    // RE2 aborts on a set that failed to compile, so that never reaches it.
    if (!set->compiled) return -1;
    thread_local std::vector<int> found;
    found.clear();
    RE2::Set::ErrorInfo info{RE2::Set::kNoError};
    bool matched = set->set.Match(re2::StringPiece(text, length), &found, &info);
    if (!matched) return info.kind == RE2::Set::kNoError ? 0 : -1;
    std::sort(found.begin(), found.end());
    size_t count = std::min(found.size(), capacity);
    for (size_t i = 0; i < count; i++) indexes[i] = found[i];
    return static_cast<int32_t>(count);
}

void cre2_set_free(cre2_set *set) { delete set; }

cre2_pattern *cre2_pattern_new(
    const char *pattern, size_t length, int64_t max_memory, char *error, size_t error_size) {
    auto *made = new (std::nothrow) cre2_pattern(re2::StringPiece(pattern, length), options_for(max_memory));
    if (made == nullptr) return nullptr;
    if (made->pattern.ok()) return made;
    report(made->pattern.error(), error, error_size);
    delete made;
    return nullptr;
}

int32_t cre2_pattern_find(
    const cre2_pattern *pattern, const char *text, size_t length, size_t from, size_t *start, size_t *end) {
    re2::StringPiece match;
    if (from > length) return 0;
    if (!pattern->pattern.Match(re2::StringPiece(text, length), from, length, RE2::UNANCHORED, &match, 1)) return 0;
    *start = static_cast<size_t>(match.data() - text);
    *end = *start + match.size();
    return 1;
}

int32_t cre2_pattern_program_size(const cre2_pattern *pattern) { return pattern->pattern.ProgramSize(); }

void cre2_pattern_free(cre2_pattern *pattern) { delete pattern; }
