/* The antimeridian cut: RFC 7946's own examples, then properties (area kept, rings simple and counter-clockwise). */
#include "formats/cut.h"
#include "sample.h"
#include "suite.h"

enum { CUT_POINTS_MAX = 512 };

static cosmo_cut cut_of(cosmo_arena *arena, cosmo_shape_kind kind, size_t n, const double *lon, const double *lat)
{
    const cosmo_shape shape = {.kind = kind, .n = n, .lon_deg = lon, .lat_deg = lat};
    cosmo_cut cut;
    ck_assert(cosmo_cut_shape(&shape, arena, &cut));
    return cut;
}

static double ring_area(const cosmo_cut_part *part)
{
    double sum = 0.0;
    for (size_t i = 0; i + 1 < part->n; i++)
        sum += part->points[i].lon_deg * part->points[i + 1].lat_deg -
               part->points[i + 1].lon_deg * part->points[i].lat_deg;
    return 0.5 * sum;
}

/* Closed, counter-clockwise, inside the map; returns the area of all parts in square degrees. */
static double checked_area(const cosmo_cut *cut)
{
    double sum = 0.0;
    for (size_t i = 0; i < cut->n; i++) {
        const cosmo_cut_part *part = &cut->parts[i];
        ck_assert_uint_ge(part->n, 4);
        ck_assert(memcmp(&part->points[0], &part->points[part->n - 1], sizeof part->points[0]) == 0);
        for (size_t j = 0; j < part->n; j++) ck_assert(fabs(part->points[j].lon_deg) <= 180.0);
        const double area = ring_area(part);
        ck_assert(area > 0.0);
        sum += area;
    }
    return sum;
}

START_TEST(examples_of_rfc_7946) /* section 3.1.9 */
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_cut cut = cut_of(arena, COSMO_SHAPE_LINE, 2, (double[]){170, -170}, (double[]){45, 45});
    ck_assert_uint_eq(cut.n, 2);
    const double want[2][2] = {{170, 180}, {-180, -170}};
    for (int i = 0; i < 2; i++) {
        ck_assert_uint_eq(cut.parts[i].n, 2);
        for (int j = 0; j < 2; j++) {
            ck_assert(cut.parts[i].points[j].lon_deg == want[i][j]);
            ck_assert(cut.parts[i].points[j].lat_deg == 45);
        }
    }
    cut = cut_of(arena, COSMO_SHAPE_POLYGON, 5, (double[]){170, 190, 190, 170, 170}, (double[]){40, 40, 50, 50, 40});
    ck_assert_uint_eq(cut.n, 2);
    suite_error("area of the RFC's polygon", checked_area(&cut) - 200.0, "deg2", 1e-9);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(lines)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_cut touch = cut_of(arena, COSMO_SHAPE_LINE, 3, (double[]){170, 180, 170}, (double[]){0, 1, 2});
    ck_assert_uint_eq(touch.n, 1);
    ck_assert(touch.parts[0].points[1].lon_deg == 180.0);
    double lon[CUT_POINTS_MAX], lat[CUT_POINTS_MAX]; /* three turns east and back */
    for (int i = 0; i < 241; i++) {
        lon[i] = remainder(9.0 * (i <= 120 ? i : 240 - i), 360.0);
        lat[i] = 0.25 * i;
    }
    const cosmo_cut turns = cut_of(arena, COSMO_SHAPE_LINE, 241, lon, lat);
    ck_assert_uint_eq(turns.n, 7);
    double length = 0.0, climb = 0.0;
    for (size_t i = 0; i < turns.n; i++)
        for (size_t j = 1; j < turns.parts[i].n; j++) {
            length += fabs(turns.parts[i].points[j].lon_deg - turns.parts[i].points[j - 1].lon_deg);
            climb += turns.parts[i].points[j].lat_deg - turns.parts[i].points[j - 1].lat_deg;
        }
    suite_error("length of three turns and back", length - 2160.0, "deg", 1e-9);
    suite_error("climb along them", climb - 60.0, "deg", 1e-9);
    cosmo_arena_destroy(arena);
}
END_TEST

/* A comb whose teeth cross the antimeridian `teeth` times, in either winding. */
START_TEST(comb_falls_into_its_teeth)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    enum { TEETH = 7 };
    double lon[4 * TEETH + 3], lat[4 * TEETH + 3], back_lon[4 * TEETH + 3], back_lat[4 * TEETH + 3];
    size_t n = 0;
    for (int i = 0; i < TEETH; i++)
        for (int j = 0; j < 4; j++, n++) {
            lon[n] = j == 1 || j == 2 ? -179.0 : 179.0;
            lat[n] = 2.0 * i + (j >= 2 ? 1.0 : 0.0);
        }
    lon[n] = 178.0, lat[n++] = 2.0 * TEETH - 1.0;
    lon[n] = 178.0, lat[n++] = 0.0;
    lon[n] = lon[0], lat[n] = lat[0], n++;
    for (size_t i = 0; i < n; i++) back_lon[i] = lon[n - 1 - i], back_lat[i] = lat[n - 1 - i];
    for (int way = 0; way < 2; way++) {
        const cosmo_cut cut =
            cut_of(arena, COSMO_SHAPE_POLYGON, n, way == 0 ? lon : back_lon, way == 0 ? lat : back_lat);
        ck_assert_uint_eq(cut.n, TEETH + 1);
        suite_error("area of a comb of seven teeth", checked_area(&cut) - (2.0 * TEETH + 2.0 * TEETH - 1.0), "deg2",
                    1e-9);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(ring_round_a_pole)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    double lon[CUT_POINTS_MAX], lat[CUT_POINTS_MAX];
    for (int start = 0; start < 3; start++)
        for (int south = 0; south < 2; south++)
            for (int closed = 0; closed < 2; closed++) {
                for (int i = 0; i <= 36; i++) {
                    lon[i] = remainder(10.0 * i + (start == 0 ? 0.0 : start == 1 ? 180.0 : 33.3), 360.0);
                    lat[i] = south ? -80.0 : 80.0;
                }
                const cosmo_cut cut = cut_of(arena, COSMO_SHAPE_POLYGON, closed ? 37 : 36, lon, lat);
                suite_error("cap of ten degrees, as a flat map shows it", checked_area(&cut) - 3600.0, "deg2", 1e-9);
            }
    cosmo_arena_destroy(arena);
}
END_TEST

/* Star-shaped rings round a centre near the antimeridian: cut and uncut areas agree, vertices on the cut included. */
START_TEST(area_is_kept)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    double worst = 0.0;
    uint64_t state = 3;
    for (int shape = 0; shape < 500; shape++) {
        double lon[CUT_POINTS_MAX], lat[CUT_POINTS_MAX], whole = 0.0;
        const int n = 5 + shape % 16;
        for (int i = 0; i < n; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            const double radius = 4.0 + 16.0 * (double)(state >> 11) * 0x1p-53, angle = 6.283185307179586 * i / n;
            lon[i] = rint(4.0 * (178.0 + shape % 5 + radius * cos(angle))) / 4.0; /* quarters: many lie on 180 */
            lat[i] = radius * sin(angle);
        }
        for (int i = 0; i < n; i++)
            whole += 0.5 * ((lon[i] - 180.0) * lat[(i + 1) % n] - (lon[(i + 1) % n] - 180.0) * lat[i]);
        for (int i = 0; i < n; i++) lon[i] = remainder(lon[i], 360.0);
        const cosmo_cut cut = cut_of(arena, COSMO_SHAPE_POLYGON, (size_t)n, lon, lat);
        const double error = fabs(checked_area(&cut) - fabs(whole));
        worst = error > worst ? error : worst;
        cosmo_arena_reset(arena);
    }
    suite_error("worst area of 500 stars", worst, "deg2", 1e-9);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(what_cannot_be_drawn_has_no_parts)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    ck_assert_uint_eq(cut_of(arena, COSMO_SHAPE_POINT, 1, (double[]){NAN}, (double[]){0}).n, 0);
    ck_assert_uint_eq(cut_of(arena, COSMO_SHAPE_POINT, 0, NULL, NULL).n, 0);
    ck_assert_uint_eq(cut_of(arena, COSMO_SHAPE_LINE, 1, (double[]){1}, (double[]){0}).n, 0);
    ck_assert_uint_eq(cut_of(arena, COSMO_SHAPE_LINE, 3, (double[]){1, 1, 1}, (double[]){2, 2, 2}).n, 0);
    ck_assert_uint_eq(cut_of(arena, COSMO_SHAPE_LINE, 2, (double[]){1, INFINITY}, (double[]){0, 0}).n, 0);
    ck_assert_uint_eq(cut_of(arena, COSMO_SHAPE_POLYGON, 3, (double[]){1, 2, 1}, (double[]){0, 1, 0}).n, 0);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("formats/cut", examples_of_rfc_7946, lines, comb_falls_into_its_teeth, ring_round_a_pole, area_is_kept,
            what_cannot_be_drawn_has_no_parts)
