/* SHA-256, for the provenance of inputs. Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1, 6.2. */
#include "cosmodrome/core.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const uint32_t HASH_K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t hash_rotate(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

/* A round, number k of eight: instead of moving all eight variables down, their names move up. */
static inline void hash_round(uint32_t v[8], int k, uint32_t added)
{
    const uint32_t a = v[-k & 7], b = v[(1 - k) & 7], c = v[(2 - k) & 7], e = v[(4 - k) & 7], f = v[(5 - k) & 7],
                   g = v[(6 - k) & 7];
    const uint32_t s1 = hash_rotate(e, 6) ^ hash_rotate(e, 11) ^ hash_rotate(e, 25);
    const uint32_t t1 = v[(7 - k) & 7] + s1 + ((e & f) ^ (~e & g)) + added;
    const uint32_t s0 = hash_rotate(a, 2) ^ hash_rotate(a, 13) ^ hash_rotate(a, 22);
    v[(3 - k) & 7] += t1;
    v[(7 - k) & 7] = t1 + s0 + ((a & b) ^ (a & c) ^ (b & c));
}

static void hash_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        const uint32_t s0 = hash_rotate(w[i - 15], 7) ^ hash_rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        const uint32_t s1 = hash_rotate(w[i - 2], 17) ^ hash_rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t v[8];
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i += 8) {
        const uint32_t *k = HASH_K + i, *x = w + i;
        hash_round(v, 0, k[0] + x[0]);
        hash_round(v, 1, k[1] + x[1]);
        hash_round(v, 2, k[2] + x[2]);
        hash_round(v, 3, k[3] + x[3]);
        hash_round(v, 4, k[4] + x[4]);
        hash_round(v, 5, k[5] + x[5]);
        hash_round(v, 6, k[6] + x[6]);
        hash_round(v, 7, k[7] + x[7]);
    }
    for (int i = 0; i < 8; i++) state[i] += v[i];
}

static const uint32_t HASH_START[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* Whole blocks; returns what is left over. */
static size_t hash_blocks(uint32_t state[8], const unsigned char *input, size_t bytes)
{
    for (; bytes >= 64; bytes -= 64, input += 64) hash_block(state, input);
    return bytes;
}

/* The last bytes, fewer than a block, of a message of `bytes`. */
static void hash_finish(uint32_t state[8], const unsigned char *input, size_t left, uint64_t bytes, char hex[65])
{
    unsigned char tail[128] = {0};
    if (left > 0) memcpy(tail, input, left);
    tail[left] = 0x80;
    const size_t tail_bytes = left < 56 ? 64 : 128;
    const uint64_t bits = bytes * 8;
    for (size_t i = 0; i < 8; i++) tail[tail_bytes - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t i = 0; i < tail_bytes; i += 64) hash_block(state, tail + i);
    for (int i = 0; i < 64; i++) hex[i] = "0123456789abcdef"[state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    hex[64] = '\0';
}

void cosmo_hash_sha256(const void *data, size_t bytes, char hex[65])
{
    uint32_t state[8];
    const unsigned char *input = data;
    memcpy(state, HASH_START, sizeof state);
    const size_t left = hash_blocks(state, input, bytes);
    hash_finish(state, input + (bytes - left), left, bytes, hex);
}

cosmo_status cosmo_hash_file(const char *path, cosmo_run *run, char hex[65])
{
    enum { PIECE = 1 << 16 };
    unsigned char piece[PIECE];
    uint32_t state[8];
    uint64_t bytes = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: %s", path, strerror(errno));
    memcpy(state, HASH_START, sizeof state);
    size_t n = 0, left = 0;
    while ((n = fread(piece, 1, PIECE, file)) == PIECE) {
        hash_blocks(state, piece, PIECE);
        bytes += PIECE;
    }
    const bool failed = ferror(file) != 0;
    fclose(file);
    if (failed) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: cannot be read to its end", path);
    left = hash_blocks(state, piece, n);
    hash_finish(state, piece + (n - left), left, bytes + n, hex);
    return COSMO_OK;
}
