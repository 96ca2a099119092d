/* SHA-256 against the examples of FIPS 180-4 (abc, empty, 448 bits, a million a's). */
#include "cosmodrome/core.h"
#include "suite.h"
#include <string.h>

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

COSMO_SUITE("core/hash", published_digests)
