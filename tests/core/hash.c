/* SHA-256 against the examples of FIPS 180-4 (abc, empty, 448 bits, a million a's). */
#include "cosmodrome/core.h"
#include "suite.h"

#include <string.h>
#include <unistd.h>

START_TEST(published_digests)
{
    char hex[65];
    cosmo_hash_sha256("abc", 3, hex);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cosmo_hash_sha256("", 0, hex);
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    cosmo_hash_sha256(two_blocks, strlen(two_blocks), hex);
    ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *many = malloc(1000000);
    memset(many, 'a', 1000000);
    cosmo_hash_sha256(many, 1000000, hex);
    free(many);
    ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

/* A file of any length has the digest of its bytes; one that is not there, or is no file, one line. */
START_TEST(files)
{
    static const size_t lengths[] = {0, 1, 55, 56, 63, 64, 65, 65535, 65536, 65537, 131072, 200001};
    static unsigned char data[200001];
    char path[] = "/tmp/cosmo-hash-XXXXXX", one[65], other[65];
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    for (size_t i = 0; i < sizeof data; i++) data[i] = (unsigned char)(i * 31 + i / 251);
    close(mkstemp(path));
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        ck_assert_int_eq(cosmo_file_write(path, data, lengths[i], &run), COSMO_OK);
        ck_assert_int_eq(cosmo_hash_file(path, &run, one), COSMO_OK);
        cosmo_hash_sha256(data, lengths[i], other);
        ck_assert_str_eq(one, other);
    }
    unlink(path);
    ck_assert_int_eq(cosmo_hash_file(path, &run, one), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, ": error: "));
    ck_assert_int_eq(cosmo_hash_file("/tmp", &run, one), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("core/hash", published_digests, files)
