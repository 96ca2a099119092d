/* Webcast telemetry of Falcon 9 flights, and a flight of the same vehicle held against it. */
#ifndef COSMO_TEST_FALCON_H
#define COSMO_TEST_FALCON_H

#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>
#include <sys/stat.h>

#define FALCON_DEG 0.017453292519943295
enum { FALCON_SAMPLES_MAX = 2000, FALCON_BYTES = 8 << 20 };

/* A flight as the webcast showed it: Earth-relative speed and altitude. */
typedef struct falcon_record {
    size_t n;
    double t_s[FALCON_SAMPLES_MAX], speed_m_s[FALCON_SAMPLES_MAX], altitude_m[FALCON_SAMPLES_MAX];
} falcon_record;

/* How far a flown trajectory is from a record between two times. */
typedef struct falcon_misfit {
    size_t n;
    double altitude_rms_m, speed_rms_m_s;             /* root mean square difference */
    double altitude_relative_rms, speed_relative_rms; /* of the differences, each over its own record's value */
    double altitude_end_m, speed_end_m_s;             /* the record's last values: what the rms are measured by */
    double altitude_last_m, speed_last_m_s;           /* difference at the end, flown less recorded */
} falcon_misfit;

static inline bool falcon_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

static inline const char *falcon_text(const char *path, cosmo_arena *arena)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) return NULL;
    char *text = cosmo_arena_alloc(arena, FALCON_BYTES);
    ck_assert_ptr_nonnull(text);
    const size_t n = fread(text, 1, FALCON_BYTES - 1, file);
    fclose(file);
    text[n] = '\0';
    return text;
}

/* The numbers of `"key": [ ... ]`. */
static inline size_t falcon_array(const char *json, const char *key, double *values)
{
    const char *at = strstr(json, key);
    ck_assert_ptr_nonnull(at);
    at = strchr(at, '[');
    ck_assert_ptr_nonnull(at);
    size_t n = 0;
    for (char *end; *at != ']' && n < FALCON_SAMPLES_MAX; at = end) {
        values[n++] = strtod(at + 1, &end);
        end += strspn(end, " \n\r\t");
        ck_assert(*end == ',' || *end == ']');
    }
    return n;
}

static inline bool falcon_read_json(const char *path, cosmo_arena *arena, falcon_record *record)
{
    const char *json = falcon_text(path, arena);
    if (json == NULL) return false;
    record->n = falcon_array(json, "\"time\"", record->t_s);
    ck_assert_uint_eq(record->n, falcon_array(json, "\"velocity\"", record->speed_m_s));
    ck_assert_uint_eq(record->n, falcon_array(json, "\"altitude\"", record->altitude_m));
    for (size_t i = 0; i < record->n; i++) record->altitude_m[i] *= 1e3;
    return true;
}

/* Columns t_s, speed_m_s, alt_km, ... under two lines of heading. */
static inline bool falcon_read_tsv(const char *path, cosmo_arena *arena, falcon_record *record)
{
    const char *at = falcon_text(path, arena);
    if (at == NULL) return false;
    record->n = 0;
    for (int line = 0; at != NULL && *at != '\0'; line++) {
        double altitude_km;
        const size_t n = record->n;
        if (line >= 2 && n < FALCON_SAMPLES_MAX &&
            sscanf(at, "%lf %lf %lf", &record->t_s[n], &record->speed_m_s[n], &altitude_km) == 3)
            record->altitude_m[record->n++] = 1e3 * altitude_km;
        at = strchr(at, '\n');
        if (at != NULL) at++;
    }
    return true;
}

/* When the vehicle leaves the pad, on the record's clock: the straight line through the speeds from T+5 s to T+20 s,
 * less what the growth of the acceleration adds (0.066 m/s^3: thrust times mass flow over mass squared), meets zero
 * there. */
static inline double falcon_liftoff(const falcon_record *record)
{
    const double growth = 0.066;
    double liftoff = 0.0;
    for (int pass = 0; pass < 10; pass++) {
        double n = 0.0, t = 0.0, v = 0.0, tt = 0.0, tv = 0.0;
        for (size_t i = 0; i < record->n; i++) {
            if (record->t_s[i] < 5.0 || record->t_s[i] > 20.0) continue;
            const double x = record->t_s[i] - liftoff, y = record->speed_m_s[i] - 0.5 * growth * x * x;
            n += 1.0;
            t += x;
            v += y;
            tt += x * x;
            tv += x * y;
        }
        const double slope = (n * tv - t * v) / (n * tt - t * t);
        liftoff += (t - v / slope) / n;
    }
    return liftoff;
}

static inline falcon_misfit falcon_compare(const falcon_record *record, const cosmo_trajectory *flown, double liftoff_s,
                                           double from_s, double to_s)
{
    falcon_misfit m = {0};
    size_t k = 0;
    for (size_t i = 0; i < record->n; i++) {
        const double t = record->t_s[i] - liftoff_s;
        if (record->t_s[i] < from_s - 1e-9 || record->t_s[i] > to_s + 1e-9) continue;
        while (k + 2 < flown->n && flown->samples[k + 1].state.t_s <= t) k++;
        const cosmo_sample *a = &flown->samples[k], *b = a + 1;
        const double part = b->state.t_s > a->state.t_s ? (t - a->state.t_s) / (b->state.t_s - a->state.t_s) : 0.0;
        m.altitude_last_m =
            a->place.altitude_m + part * (b->place.altitude_m - a->place.altitude_m) - record->altitude_m[i];
        m.speed_last_m_s =
            a->speed_ground_m_s + part * (b->speed_ground_m_s - a->speed_ground_m_s) - record->speed_m_s[i];
        m.altitude_end_m = record->altitude_m[i];
        m.speed_end_m_s = record->speed_m_s[i];
        m.altitude_rms_m += m.altitude_last_m * m.altitude_last_m;
        m.speed_rms_m_s += m.speed_last_m_s * m.speed_last_m_s;
        m.altitude_relative_rms += m.altitude_last_m * m.altitude_last_m / (m.altitude_end_m * m.altitude_end_m);
        m.speed_relative_rms += m.speed_last_m_s * m.speed_last_m_s / (m.speed_end_m_s * m.speed_end_m_s);
        m.n++;
    }
    double *const sums[] = {&m.altitude_rms_m, &m.speed_rms_m_s, &m.altitude_relative_rms, &m.speed_relative_rms};
    for (int i = 0; i < 4; i++) *sums[i] = sqrt(*sums[i] / (double)m.n);
    return m;
}

#endif
