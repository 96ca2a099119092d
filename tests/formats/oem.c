/* CCSDS OEM: the standard's own example, the same doubles back, refusals with places. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"

#define OEM_HEAD "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2026-12-01T08:00:00\nORIGINATOR = X\n"
#define OEM_META                                                                                                       \
    "META_START\nOBJECT_NAME = A\nOBJECT_ID = 2026-001A\nCENTER_NAME = EARTH\nREF_FRAME = ICRF\nTIME_SYSTEM = UTC\n"   \
    "START_TIME = 2026-12-01T00:00:00\nSTOP_TIME = 2026-12-02T00:00:00\nMETA_STOP\n"

/* The figures of CCSDS 502.0-B-2, figure 5-1 (Mars Global Surveyor, first block). */
START_TEST(example_of_the_standard)
{
    static const char file[] =
        "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 1996-11-04T17:22:31\nORIGINATOR = NASA/JPL\n"
        "META_START\nOBJECT_NAME = MARS GLOBAL SURVEYOR\nOBJECT_ID = 1996-062A\nCENTER_NAME = MARS BARYCENTER\n"
        "REF_FRAME = EME2000\nTIME_SYSTEM = UTC\nSTART_TIME = 1996-12-18T12:00:00.331\n"
        "USEABLE_START_TIME = 1996-12-18T12:10:00.331\nUSEABLE_STOP_TIME = 1996-12-28T21:23:00.331\n"
        "STOP_TIME = 1996-12-28T21:28:00.331\nINTERPOLATION = HERMITE\nINTERPOLATION_DEGREE = 7\nMETA_STOP\n\n"
        "COMMENT for scheduling\n"
        "1996-12-18T12:00:00.331 2789.619 -280.045 -1746.755 4.73372 -2.49586 -1.04195\n"
        "1996-12-18T12:01:00.331 2783.419 -308.143 -1877.071 5.18604 -2.42124 -1.99608\n"
        "1996-12-28T21:28:00.331 -3881.024 563.959 -682.773 -3.28827 -3.66735 1.63861\n";
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_oem oem;
    cosmo_run_init(&run, arena);
    ck_assert_msg(cosmo_oem_read("mgs.oem", file, strlen(file), arena, &run, &oem) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(oem.n, 3);
    ck_assert_str_eq(oem.object_name, "MARS GLOBAL SURVEYOR");
    ck_assert_str_eq(oem.object_id, "1996-062A");
    ck_assert_str_eq(oem.centre, "MARS BARYCENTER");
    ck_assert_str_eq(oem.frame, "EME2000");
    ck_assert_str_eq(oem.creation_utc, "1996-11-04T17:22:31Z");
    ck_assert_str_eq(oem.epochs[1], "1996-12-18T12:01:00.331");
    ck_assert_uint_eq(oem.n_comments, 1);
    ck_assert(oem.position_m[0] == 2789619.0 && oem.position_m[8] == -682773.0);
    ck_assert(oem.velocity_m_s[0] == 4733.72 && oem.velocity_m_s[8] == 1638.61);
    cosmo_arena_destroy(arena);
}
END_TEST

static cosmo_oem oem_sample(double *position, double *velocity, size_t n, cosmo_arena *arena)
{
    const char **epochs = cosmo_arena_array(arena, n, sizeof *epochs);
    static const char *const comments[] = {"two\nlines, a name: Байқоңыр", ""};
    uint64_t state = 5;
    for (size_t i = 0; epochs != NULL && i < n; i++) {
        epochs[i] = cosmo_arena_print(arena, "2026-12-01T%02zu:%02zu:%02zu.250", i / 3600, i / 60 % 60, i % 60);
        if (epochs[i] == NULL) epochs = NULL;
        for (size_t j = 0; j < 6; j++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            double value = (double)(int64_t)(state >> 8 << 8) * 0x1p-63 * 7e6;
            if (i % 7 == 0) value *= 1e-12;
            if (i % 11 == 0) value = rint(value);
            if (i % 13 == 0) value *= 1e200;
            *(j < 3 ? &position[3 * i + j] : &velocity[3 * i + j - 3]) = value;
        }
    }
    return (cosmo_oem){.object_name = "SOYUZ",
                       .originator = "COSMODROME",
                       .creation_utc = "2026-11-30T00:00:00Z",
                       .centre = "EARTH",
                       .frame = "ITRF2000",
                       .time_system = "UTC",
                       .n = epochs != NULL ? n : 0,
                       .epochs = epochs,
                       .position_m = position,
                       .velocity_m_s = velocity,
                       .n_comments = 2,
                       .comments = comments};
}

START_TEST(the_same_doubles_come_back)
{
    enum { N = 20000 };
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    double *position = malloc(3 * N * sizeof *position), *velocity = malloc(3 * N * sizeof *velocity);
    cosmo_run run;
    cosmo_oem back;
    const cosmo_oem oem = oem_sample(position, velocity, N, arena);
    position[0] = 0.0, position[1] = -0.0, position[2] = 5e-324, velocity[0] = 1.7976931348623157e308,
    velocity[1] = 1e-7, velocity[2] = 123.0;
    cosmo_text out = cosmo_text_begin(arena);
    cosmo_oem_write(&out, &oem);
    ck_assert(!out.failed);
    ck_assert_ptr_nonnull(strstr(
        out.data, "2026-12-01T00:00:00.250 0.0 -0.0 4.94065645841247e-327 1.7976931348623157e305 1.0e-10 0.123\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "COMMENT two lines, a name: ????????\n"));
    cosmo_run_init(&run, arena);
    ck_assert_msg(cosmo_oem_read("x.oem", out.data, out.length, arena, &run, &back) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(back.n, N);
    ck_assert_ptr_null(back.object_id);
    ck_assert_str_eq(back.creation_utc, oem.creation_utc);
    ck_assert(memcmp(back.position_m, position, 3 * N * sizeof *position) == 0);
    ck_assert(memcmp(back.velocity_m_s, velocity, 3 * N * sizeof *velocity) == 0);
    for (size_t i = 0; i < N; i++) ck_assert_str_eq(back.epochs[i], oem.epochs[i]);
    free(position);
    free(velocity);
    cosmo_arena_destroy(arena);
}
END_TEST

/* The form of CCSDS 502.0-B-2, 5.2.4: an epoch, a frame, the lower triangle in km2, km2/s, km2/s2. */
START_TEST(covariances_are_lower_triangles)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    double position[6], velocity[6], covariance[42];
    cosmo_oem oem = oem_sample(position, velocity, 2, arena), back;
    for (int i = 0; i < 42; i++) covariance[i] = i < 21 ? 0.0 : (i % 2 == 0 ? 1.0 : -0.5) * i;
    oem.n_covariances = 2;
    oem.covariance_epochs = oem.epochs;
    oem.covariance = covariance;
    cosmo_text out = cosmo_text_begin(arena);
    cosmo_oem_write(&out, &oem);
    ck_assert(!out.failed);
    const char *matrices = strstr(out.data, "\nCOVARIANCE_START\n");
    ck_assert_ptr_nonnull(matrices);
    ck_assert_str_eq(matrices,
                     "\nCOVARIANCE_START\nEPOCH = 2026-12-01T00:00:00.250\nCOV_REF_FRAME = ITRF2000\n0.0\n0.0 0.0\n"
                     "0.0 0.0 0.0\n0.0 0.0 0.0 0.0\n0.0 0.0 0.0 0.0 0.0\n0.0 0.0 0.0 0.0 0.0 0.0\n"
                     "EPOCH = 2026-12-01T00:00:01.250\nCOV_REF_FRAME = ITRF2000\n-0.0000105\n"
                     "0.000022 -0.0000115\n"
                     "0.000024 -0.0000125 0.000026\n"
                     "-0.0000135 0.000028 -0.0000145 0.00003\n"
                     "-0.0000155 0.000032 -0.0000165 0.000034 -0.0000175\n"
                     "0.000036 -0.0000185 0.000038 -0.0000195 0.00004 -0.0000205\nCOVARIANCE_STOP\n");
    cosmo_run run;
    cosmo_run_init(&run, arena);
    ck_assert_msg(cosmo_oem_read("x.oem", out.data, out.length, arena, &run, &back) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(back.n, 2);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(long_comments_are_wrapped)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    char words[2000], solid[1000];
    for (size_t i = 0; i < sizeof words; i++) words[i] = i % 7 == 6 ? ' ' : 'w';
    memset(solid, 's', sizeof solid);
    words[sizeof words - 1] = solid[sizeof solid - 1] = '\0';
    const char *const comments[] = {words, solid};
    double zero[3] = {0};
    const char *const epochs[] = {"2026-12-01T00:00:00.000"};
    const cosmo_oem oem = {
        "A", "B",  "C", "2026-12-01T00:00:00Z", "EARTH", "ICRF", "UTC", 1, epochs, zero, zero, 2, comments,
        0,   NULL, NULL};
    cosmo_text out = cosmo_text_begin(arena);
    cosmo_oem_write(&out, &oem);
    size_t longest = 0, length = 0;
    for (const char *c = out.data; *c != '\0'; c++) {
        length = *c == '\n' ? 0 : length + 1;
        longest = length > longest ? length : longest;
    }
    ck_assert_uint_le(longest, 254); /* the standard's bound on lines */
    cosmo_run run;
    cosmo_oem back;
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_oem_read("x.oem", out.data, out.length, arena, &run, &back), COSMO_OK);
    ck_assert_uint_eq(back.n_comments, 11 + 5);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(other_forms_that_are_allowed)
{
    static const char file[] =
        "\nCCSDS_OEM_VERS=3.0\r\nCOMMENT\tone\r\nCREATION_DATE = 2026-335T08:00:00.5\r\nORIGINATOR=X = "
        "Y\r\nMETA_START\r\n"
        "OBJECT_NAME=A\nOBJECT_ID=2026-001A\nCENTER_NAME=EARTH\nREF_FRAME=ICRF\nTIME_SYSTEM=TAI\nSTART_TIME=2026-"
        "335T00:00:00\n"
        "STOP_TIME=2026-336T00:00:00.25\nMETA_STOP\n 2026-335T00:00:00\t7000 0 0 0 7.5 0 0 0 1E-5\n"
        "2026-336T00:00:00.25Z 7.0e+3 1 0 0 7.5 0 0 0 1e-5\nCOVARIANCE_START\nEPOCH = 2026-335T00:00:00\n1\n1 "
        "2\nCOVARIANCE_STOP";
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_oem oem;
    cosmo_run_init(&run, arena);
    ck_assert_msg(cosmo_oem_read("v3.oem", file, strlen(file), arena, &run, &oem) == COSMO_OK, "%s", run.message);
    ck_assert_str_eq(oem.epochs[0], "2026-12-01T00:00:00");
    ck_assert_str_eq(oem.epochs[1], "2026-12-02T00:00:00.25");
    ck_assert_str_eq(oem.creation_utc, "2026-12-01T08:00:00.5Z");
    ck_assert_str_eq(oem.originator, "X = Y");
    ck_assert_str_eq(oem.comments[0], "one");
    ck_assert(oem.position_m[3] == 7000000.0);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(refusals_have_places)
{
    static const struct {
        const char *file, *message;
    } cases[] = {
        {"", "x.oem:1:1: error: the file ends before its data"},
        {"\n\n", "x.oem:3:1: error: the file ends before its data"},
        {"CREATION_DATE = 2026-12-01T00:00:00\n", "x.oem:1:1: error: the first keyword must be CCSDS_OEM_VERS"},
        {"META_START\n", "x.oem:1:1: error: the first keyword must be CCSDS_OEM_VERS"},
        {"CCSDS_OEM_VERS = 9.0\n",
         "x.oem:1:18: error: version '9.0' of the format is not known here; 1.0, 2.0 and 3.0 are"},
        {OEM_HEAD "META_STRAT = x\n", "x.oem:4:1: error: unknown keyword 'META_STRAT'; did you mean 'META_START'?"},
        {OEM_HEAD "FLAVOUR = salt\n", "x.oem:4:1: error: unknown keyword 'FLAVOUR'"},
        {OEM_HEAD "  OBJECT_NAME = A\n", "x.oem:4:3: error: OBJECT_NAME belongs between META_START and META_STOP"},
        {OEM_HEAD "ORIGINATOR = X\n", "x.oem:4:1: error: ORIGINATOR is repeated"},
        {OEM_HEAD "what is this\n", "x.oem:4:1: error: expected KEYWORD = value"},
        {OEM_HEAD "META_STOP\n", "x.oem:4:1: error: META_STOP without META_START"},
        {OEM_HEAD "META_START\nMETA_START\n", "x.oem:5:1: error: META_START inside META_START"},
        {OEM_HEAD "META_START\nOBJECT_NAME =\n", "x.oem:5:14: error: OBJECT_NAME has no value"},
        {OEM_HEAD "META_START\nMETA_STOP\n", "x.oem:5:1: error: OBJECT_NAME is missing before this line"},
        {OEM_HEAD "META_START\nMESSAGE_ID = 3\n", "x.oem:5:1: error: MESSAGE_ID belongs in the header"},
        {OEM_HEAD "META_START\nSTART_TIME = now\n",
         "x.oem:5:14: error: 'now' is not an epoch such as 2026-12-01T08:32:19.500"},
        {"CCSDS_OEM_VERS = 2.0\nCREATION_DATE = today\n", "x.oem:2:17: error: 'today' is not a date and time"},
        {"CCSDS_OEM_VERS = 2.0\nMETA_START\n", "x.oem:2:1: error: CREATION_DATE is missing before this line"},
        {OEM_HEAD OEM_META, "x.oem:13:1: error: there are no data lines"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:00 1 2 3 4 5\n",
         "x.oem:13:30: error: 5 numbers after the epoch; 6 (position, velocity) or 9 are needed"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:00 1 2 3 4 5 6 7 8 9 10\n",
         "x.oem:13:39: error: more than an epoch and nine numbers"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:00 1 2 3 nan 5 6\n", "x.oem:13:27: error: 'nan' is not a number"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:00 1 2 3 1e306 5 6\n", "x.oem:13:27: error: '1e306' is not a number"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:00 1 0x2 3 4 5 6\n", "x.oem:13:23: error: '0x2' is not a number"},
        {OEM_HEAD OEM_META "2026-12-32T00:00:00 1 2 3 4 5 6\n",
         "x.oem:13:1: error: '2026-12-32T00:00:00' is not an epoch such as 2026-12-01T08:32:19.500 or "
         "2026-335T08:32:19.500"},
        {OEM_HEAD OEM_META "2026-11-30T23:59:59.999 1 2 3 4 5 6\n",
         "x.oem:13:1: error: the epoch is before START_TIME"},
        {OEM_HEAD OEM_META "2026-12-02T00:00:00.001 1 2 3 4 5 6\n", "x.oem:13:1: error: the epoch is after STOP_TIME"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:01 1 2 3 4 5 6\n2026-12-01T00:00:01.0 1 2 3 4 5 6\n",
         "x.oem:14:1: error: the epoch is not later than the one before"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:01 1 2 3 4 5 6\nMETA_START\n",
         "x.oem:14:1: error: a second segment; files of one segment are read here"},
        {OEM_HEAD OEM_META "2026-12-01T00:00:01 1 2 3 4 5 6\nCOVARIANCE_START\n",
         "x.oem:15:1: error: COVARIANCE_STOP is missing"},
        {OEM_HEAD "META_START\nOBJECT_NAME=A\nOBJECT_ID=A\nCENTER_NAME=A\nREF_FRAME=A\nTIME_SYSTEM=UTC\n"
                  "START_TIME=2026-001T00:00:00\nSTOP_TIME=2025-365T00:00:00\nMETA_STOP\n",
         "x.oem:12:1: error: STOP_TIME is before START_TIME"},
        {OEM_HEAD "COVARIANCE_START\n", "x.oem:4:1: error: COVARIANCE_START is out of place"},
        {OEM_HEAD "COMMENT a\x01z\n", "x.oem:4:10: error: control character 0x01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cosmo_arena *arena = cosmo_arena_create(0, NULL);
        cosmo_run run;
        cosmo_oem oem;
        cosmo_run_init(&run, arena);
        ck_assert_int_eq(cosmo_oem_read("x.oem", cases[i].file, strlen(cases[i].file), arena, &run, &oem),
                         COSMO_BAD_INPUT);
        ck_assert_str_eq(run.message, cases[i].message);
        cosmo_arena_destroy(arena);
    }
}
END_TEST

START_TEST(bounds)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_oem oem;
    char file[4096];
    cosmo_run_init(&run, arena);
    memset(file, 'x', sizeof file);
    ck_assert_int_eq(cosmo_oem_read("x.oem", file, sizeof file, arena, &run, &oem), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "x.oem:1:1025: error: the line is longer than 1024 bytes");
    ck_assert_int_eq(cosmo_oem_read("x.oem", file, (size_t)1 << 29, arena, &run, &oem),
                     COSMO_BAD_INPUT); /* refused unread */
    memset(file, '\n', sizeof file);
    file[10] = '\0';
    ck_assert_int_eq(cosmo_oem_read("x.oem", file, sizeof file, arena, &run, &oem), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "x.oem:11:1: error: control character 0x00");
    snprintf(file, sizeof file, "CCSDS_OEM_VERS = %0300d", 0);
    ck_assert_int_eq(cosmo_oem_read("x.oem", file, strlen(file), arena, &run, &oem), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "x.oem:1:18: error: the value is longer than 254 bytes");
    cosmo_arena_destroy(arena);
}
END_TEST

static bool starved_write(cosmo_arena *arena)
{
    double position[30], velocity[30];
    const cosmo_oem oem = oem_sample(position, velocity, 10, arena);
    cosmo_text out = cosmo_text_begin(arena);
    if (oem.n > 0) cosmo_oem_write(&out, &oem);
    return oem.n > 0 && !out.failed;
}

static bool starved_read(cosmo_arena *arena)
{
    static const char file[] =
        OEM_HEAD OEM_META "2026-12-01T00:00:00 1 2 3 4 5 6\nCOMMENT x\n2026-336T00:00:00 1 2 3 4 5 6\n";
    cosmo_run run;
    cosmo_oem oem;
    cosmo_run_init(&run, arena);
    const cosmo_status status = cosmo_oem_read("x.oem", file, strlen(file), arena, &run, &oem);
    ck_assert(status == COSMO_OK || status == COSMO_NO_RESOURCES);
    return status == COSMO_OK;
}

START_TEST(out_of_memory_is_reported)
{
    ck_assert_int_ge(sample_starve(starved_write), 5);
    ck_assert_int_ge(sample_starve(starved_read), 5);
}
END_TEST

COSMO_SUITE("formats/oem", example_of_the_standard, the_same_doubles_come_back, covariances_are_lower_triangles,
            long_comments_are_wrapped, other_forms_that_are_allowed, refusals_have_places, bounds,
            out_of_memory_is_reported)
