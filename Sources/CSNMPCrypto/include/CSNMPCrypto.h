/* The hashes and ciphers of the user-based security model (RFC 3414, 3826, 7860), from OpenSSL's libcrypto.
   Nothing of the model itself is here: keys, messages and time windows are Swift.

   The digests are the low-level ones: their states are plain values, so a keyed HMAC state is 130 octets that are
   copied and used without any allocation. DES is low-level too, because its EVP form needs the legacy provider. */
#ifndef CSNMPCRYPTO_H
#define CSNMPCRYPTO_H

#ifndef OPENSSL_SUPPRESS_DEPRECATED
#define OPENSSL_SUPPRESS_DEPRECATED
#endif
#include <openssl/crypto.h>
#include <openssl/des.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CSNMPCRYPTO_DIGEST_MAX 64
#define CSNMPCRYPTO_KEY_MAX 32

/* ---- Digests ---- */

enum { CSNMPCRYPTO_MD5, CSNMPCRYPTO_SHA1, CSNMPCRYPTO_SHA224, CSNMPCRYPTO_SHA256, CSNMPCRYPTO_SHA384, CSNMPCRYPTO_SHA512 };

struct csnmpcrypto_hash {
    int kind;
    union {
        MD5_CTX md5;
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
    } state;
};

static inline size_t csnmpcrypto_digest_octets(int kind) {
    static const size_t octets[] = {16, 20, 28, 32, 48, 64};
    return octets[kind];
}

static inline size_t csnmpcrypto_block_octets(int kind) { return kind < CSNMPCRYPTO_SHA384 ? 64 : 128; }

static inline void csnmpcrypto_begin(struct csnmpcrypto_hash *hash, int kind) {
    hash->kind = kind;
    switch (kind) {
    case CSNMPCRYPTO_MD5: MD5_Init(&hash->state.md5); break;
    case CSNMPCRYPTO_SHA1: SHA1_Init(&hash->state.sha1); break;
    case CSNMPCRYPTO_SHA224: SHA224_Init(&hash->state.sha256); break;
    case CSNMPCRYPTO_SHA256: SHA256_Init(&hash->state.sha256); break;
    case CSNMPCRYPTO_SHA384: SHA384_Init(&hash->state.sha512); break;
    default: SHA512_Init(&hash->state.sha512); break;
    }
}

static inline void csnmpcrypto_add(struct csnmpcrypto_hash *hash, const void *octets, size_t count) {
    switch (hash->kind) {
    case CSNMPCRYPTO_MD5: MD5_Update(&hash->state.md5, octets, count); break;
    case CSNMPCRYPTO_SHA1: SHA1_Update(&hash->state.sha1, octets, count); break;
    case CSNMPCRYPTO_SHA224:
    case CSNMPCRYPTO_SHA256: SHA256_Update(&hash->state.sha256, octets, count); break;
    default: SHA512_Update(&hash->state.sha512, octets, count); break;
    }
}

static inline void csnmpcrypto_end(struct csnmpcrypto_hash *hash, uint8_t *digest) {
    switch (hash->kind) {
    case CSNMPCRYPTO_MD5: MD5_Final(digest, &hash->state.md5); break;
    case CSNMPCRYPTO_SHA1: SHA1_Final(digest, &hash->state.sha1); break;
    case CSNMPCRYPTO_SHA224: SHA224_Final(digest, &hash->state.sha256); break;
    case CSNMPCRYPTO_SHA256: SHA256_Final(digest, &hash->state.sha256); break;
    case CSNMPCRYPTO_SHA384: SHA384_Final(digest, &hash->state.sha512); break;
    default: SHA512_Final(digest, &hash->state.sha512); break;
    }
}

/* The digest of three pieces after each other; a piece may be empty. */
static inline void csnmpcrypto_digest(
    int kind, const void *a, size_t a_count, const void *b, size_t b_count, const void *c, size_t c_count,
    uint8_t *digest) {
    struct csnmpcrypto_hash hash;
    csnmpcrypto_begin(&hash, kind);
    if (a_count > 0) { csnmpcrypto_add(&hash, a, a_count); }
    if (b_count > 0) { csnmpcrypto_add(&hash, b, b_count); }
    if (c_count > 0) { csnmpcrypto_add(&hash, c, c_count); }
    csnmpcrypto_end(&hash, digest);
    OPENSSL_cleanse(&hash, sizeof(hash));
}

/* The digest of 1,048,576 octets of the repeated pass phrase (RFC 3414 appendix A.2). The pass phrase is not empty. */
static inline void csnmpcrypto_key_of_passphrase(int kind, const uint8_t *passphrase, size_t count, uint8_t *key) {
    enum { total = 1048576 };
    struct csnmpcrypto_hash hash;
    csnmpcrypto_begin(&hash, kind);
    uint8_t block[4096];
    size_t position = 0;
    for (size_t done = 0; done < total; done += sizeof(block)) {
        for (size_t place = 0; place < sizeof(block); place++) {
            block[place] = passphrase[position];
            position = position + 1 == count ? 0 : position + 1;
        }
        csnmpcrypto_add(&hash, block, sizeof(block));
    }
    csnmpcrypto_end(&hash, key);
    OPENSSL_cleanse(block, sizeof(block));
    OPENSSL_cleanse(&hash, sizeof(hash));
}

/* ---- HMAC (RFC 2104) with a key that is kept ---- */

/* What the hash holds after the block of key and padding, inside and outside. */
struct csnmpcrypto_mac {
    uint64_t inner[8];
    uint64_t outer[8];
    uint8_t kind;
};

static inline void csnmpcrypto_save(const struct csnmpcrypto_hash *hash, uint64_t *words) {
    switch (hash->kind) {
    case CSNMPCRYPTO_MD5: {
        uint32_t four[4] = {hash->state.md5.A, hash->state.md5.B, hash->state.md5.C, hash->state.md5.D};
        memcpy(words, four, sizeof(four));
        break;
    }
    case CSNMPCRYPTO_SHA1: {
        const SHA_CTX *state = &hash->state.sha1;
        uint32_t five[5] = {state->h0, state->h1, state->h2, state->h3, state->h4};
        memcpy(words, five, sizeof(five));
        break;
    }
    case CSNMPCRYPTO_SHA224:
    case CSNMPCRYPTO_SHA256: memcpy(words, hash->state.sha256.h, 32); break;
    default: memcpy(words, hash->state.sha512.h, 64); break;
    }
}

/* Goes on after the first block, as saved. */
static inline void csnmpcrypto_resume(struct csnmpcrypto_hash *hash, int kind, const uint64_t *words) {
    csnmpcrypto_begin(hash, kind);
    switch (kind) {
    case CSNMPCRYPTO_MD5: {
        uint32_t four[4];
        memcpy(four, words, sizeof(four));
        hash->state.md5.A = four[0];
        hash->state.md5.B = four[1];
        hash->state.md5.C = four[2];
        hash->state.md5.D = four[3];
        hash->state.md5.Nl = 512;
        break;
    }
    case CSNMPCRYPTO_SHA1: {
        uint32_t five[5];
        memcpy(five, words, sizeof(five));
        hash->state.sha1.h0 = five[0];
        hash->state.sha1.h1 = five[1];
        hash->state.sha1.h2 = five[2];
        hash->state.sha1.h3 = five[3];
        hash->state.sha1.h4 = five[4];
        hash->state.sha1.Nl = 512;
        break;
    }
    case CSNMPCRYPTO_SHA224:
    case CSNMPCRYPTO_SHA256:
        memcpy(hash->state.sha256.h, words, 32);
        hash->state.sha256.Nl = 512;
        break;
    default:
        memcpy(hash->state.sha512.h, words, 64);
        hash->state.sha512.Nl = 1024;
        break;
    }
}

/* Makes the keyed state of a key of any length. */
static inline void csnmpcrypto_mac_key(struct csnmpcrypto_mac *mac, int kind, const uint8_t *key, size_t count) {
    uint8_t block[128] = {0};
    struct csnmpcrypto_hash hash;
    size_t octets = csnmpcrypto_block_octets(kind);
    if (count > octets) {
        csnmpcrypto_digest(kind, key, count, NULL, 0, NULL, 0, block);
    } else {
        memcpy(block, key, count);
    }
    memset(mac, 0, sizeof(*mac));
    mac->kind = (uint8_t)kind;
    for (size_t place = 0; place < octets; place++) { block[place] ^= 0x36; }
    csnmpcrypto_begin(&hash, kind);
    csnmpcrypto_add(&hash, block, octets);
    csnmpcrypto_save(&hash, mac->inner);
    for (size_t place = 0; place < octets; place++) { block[place] ^= 0x36 ^ 0x5c; }
    csnmpcrypto_begin(&hash, kind);
    csnmpcrypto_add(&hash, block, octets);
    csnmpcrypto_save(&hash, mac->outer);
    OPENSSL_cleanse(block, sizeof(block));
    OPENSSL_cleanse(&hash, sizeof(hash));
}

/* The authentication code; `code` has room for CSNMPCRYPTO_DIGEST_MAX octets. */
static inline void csnmpcrypto_mac_code(
    const struct csnmpcrypto_mac *mac, const uint8_t *octets, size_t count, uint8_t *code) {
    struct csnmpcrypto_hash hash;
    uint8_t digest[CSNMPCRYPTO_DIGEST_MAX];
    csnmpcrypto_resume(&hash, mac->kind, mac->inner);
    csnmpcrypto_add(&hash, octets, count);
    csnmpcrypto_end(&hash, digest);
    csnmpcrypto_resume(&hash, mac->kind, mac->outer);
    csnmpcrypto_add(&hash, digest, csnmpcrypto_digest_octets(mac->kind));
    csnmpcrypto_end(&hash, code);
}

/* Writes the first octets of the message's code at `offset` in the message, where the field is zeroed first. */
static inline bool csnmpcrypto_sign(
    const struct csnmpcrypto_mac *mac, uint8_t *message, size_t count, size_t offset, size_t code_count) {
    uint8_t code[CSNMPCRYPTO_DIGEST_MAX];
    if (code_count > csnmpcrypto_digest_octets(mac->kind) || offset > count || code_count > count - offset) {
        return false;
    }
    memset(message + offset, 0, code_count);
    csnmpcrypto_mac_code(mac, message, count, code);
    memcpy(message + offset, code, code_count);
    return true;
}

/* Whether the octets at `offset` are the first ones of the message's code; compares in constant time, and leaves the
   message as it was. */
static inline bool csnmpcrypto_verify(
    const struct csnmpcrypto_mac *mac, uint8_t *message, size_t count, size_t offset, size_t code_count) {
    uint8_t code[CSNMPCRYPTO_DIGEST_MAX];
    uint8_t received[CSNMPCRYPTO_DIGEST_MAX];
    if (code_count > csnmpcrypto_digest_octets(mac->kind) || offset > count || code_count > count - offset) {
        return false;
    }
    memcpy(received, message + offset, code_count);
    memset(message + offset, 0, code_count);
    csnmpcrypto_mac_code(mac, message, count, code);
    memcpy(message + offset, received, code_count);
    return CRYPTO_memcmp(code, received, code_count) == 0;
}

/* ---- Ciphers ---- */

/* The octets of a localized privacy key: AES takes the first 16, 24 or 32, DES 8 for the key and 8 for the pre-IV. */
struct csnmpcrypto_key {
    uint8_t octets[CSNMPCRYPTO_KEY_MAX];
};

/* Cipher contexts that are given another key for every message; one for each length of key. */
struct csnmpcrypto_ciphers {
    EVP_CIPHER_CTX *contexts[3];
};

static inline void csnmpcrypto_ciphers_close(struct csnmpcrypto_ciphers *ciphers) {
    for (int place = 0; place < 3; place++) {
        EVP_CIPHER_CTX_free(ciphers->contexts[place]);
        ciphers->contexts[place] = NULL;
    }
}

/* False where libcrypto has no AES-CFB128 or no memory. */
static inline bool csnmpcrypto_ciphers_open(struct csnmpcrypto_ciphers *ciphers) {
    static const char *const names[] = {"AES-128-CFB", "AES-192-CFB", "AES-256-CFB"};
    memset(ciphers, 0, sizeof(*ciphers));
    for (int place = 0; place < 3; place++) {
        EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, names[place], NULL);
        ciphers->contexts[place] = EVP_CIPHER_CTX_new();
        bool is_open = cipher != NULL && ciphers->contexts[place] != NULL
                       && EVP_CipherInit_ex(ciphers->contexts[place], cipher, NULL, NULL, NULL, 1) == 1;
        EVP_CIPHER_free(cipher);
        if (!is_open) {
            csnmpcrypto_ciphers_close(ciphers);
            return false;
        }
    }
    return true;
}

/* Encrypts or decrypts in place by AES-CFB128 (RFC 3826 section 3.1); `key_octets` is 16, 24 or 32. */
static inline bool csnmpcrypto_aes(
    const struct csnmpcrypto_ciphers *ciphers, const uint8_t *key, size_t key_octets, const uint8_t *iv,
    uint8_t *octets, size_t count, bool encrypts) {
    EVP_CIPHER_CTX *context = ciphers->contexts[(key_octets - 16) / 8];
    int written = 0;
    if (context == NULL || count > 1 << 24) { return false; }
    return EVP_CipherInit_ex(context, NULL, NULL, key, iv, encrypts ? 1 : 0) == 1
           && EVP_CipherUpdate(context, octets, &written, octets, (int)count) == 1 && written == (int)count;
}

/* Encrypts or decrypts in place by DES-CBC (RFC 3414 section 8.1.1.2); `count` is a multiple of 8. */
static inline bool csnmpcrypto_des(
    const uint8_t *key, const uint8_t *iv, uint8_t *octets, size_t count, bool encrypts) {
    DES_cblock block;
    DES_cblock chain;
    DES_key_schedule schedule;
    if (count % 8 != 0) { return false; }
    memcpy(block, key, 8);
    memcpy(chain, iv, 8);
    DES_set_key_unchecked(&block, &schedule);
    DES_ncbc_encrypt(octets, octets, (long)count, &schedule, &chain, encrypts ? DES_ENCRYPT : DES_DECRYPT);
    OPENSSL_cleanse(&schedule, sizeof(schedule));
    return true;
}

#endif
