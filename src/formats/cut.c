/* Lines and polygons cut at the antimeridian.
 *
 * Longitudes are unrolled first, so that neighbours never differ by more than half a turn; then the strip
 * [-180 + 360 k, 180 + 360 k] is cut out for each k that the shape reaches and moved back by k turns.
 */
#include "formats/cut.h"

#include <math.h>
#include <string.h>

/* A growing list of parts over one growing list of points. */
typedef struct cut_builder {
    cosmo_arena *arena;
    cosmo_cut_point *points;
    size_t n_points, points_capacity;
    size_t *starts; /* of each part in points */
    size_t n_parts, parts_capacity;
    bool failed;
} cut_builder;

static void *cut_grow(cut_builder *builder, void *old, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity) return old;
    const size_t more = *capacity != 0 ? 2 * *capacity : 64;
    void *grown = builder->failed ? NULL : cosmo_arena_array(builder->arena, more, size);
    if (grown == NULL) {
        builder->failed = true;
        return old;
    }
    if (n > 0) memcpy(grown, old, n * size);
    *capacity = more;
    return grown;
}

static void cut_begin_part(cut_builder *builder)
{
    builder->starts =
        cut_grow(builder, builder->starts, builder->n_parts, &builder->parts_capacity, sizeof *builder->starts);
    if (!builder->failed) builder->starts[builder->n_parts++] = builder->n_points;
}

static void cut_add(cut_builder *builder, cosmo_cut_point point)
{
    builder->points =
        cut_grow(builder, builder->points, builder->n_points, &builder->points_capacity, sizeof *builder->points);
    if (!builder->failed) builder->points[builder->n_points++] = point;
}

static bool cut_finish(const cut_builder *builder, cosmo_cut *cut)
{
    cosmo_cut_part *parts =
        builder->failed ? NULL : cosmo_arena_array(builder->arena, builder->n_parts + 1, sizeof *parts);
    if (parts == NULL) return false;
    for (size_t i = 0; i < builder->n_parts; i++) {
        const size_t end = i + 1 < builder->n_parts ? builder->starts[i + 1] : builder->n_points;
        parts[i] = (cosmo_cut_part){end - builder->starts[i], builder->points + builder->starts[i]};
    }
    *cut = (cosmo_cut){builder->n_parts, parts};
    return true;
}

static bool cut_same_place(cosmo_cut_point a, cosmo_cut_point b)
{
    return a.lon_deg == b.lon_deg && a.lat_deg == b.lat_deg;
}

/* The longitude nearest to `from` among lon + 360 k. */
static double cut_unroll(double from, double lon)
{
    return lon - 360.0 * floor((lon - from) / 360.0 + 0.5);
}

static double cut_strip(double lon)
{
    return floor((lon + 180.0) / 360.0);
}

/* The point of a-b on the meridian `lon`. */
static cosmo_cut_point cut_at(cosmo_cut_point a, cosmo_cut_point b, double lon)
{
    const double t = (lon - a.lon_deg) / (b.lon_deg - a.lon_deg);
    return (cosmo_cut_point){lon, a.lat_deg + t * (b.lat_deg - a.lat_deg),
                             a.altitude_m + t * (b.altitude_m - a.altitude_m)};
}

/* The shape's points, unrolled; repeated points of lines and rings are dropped. */
static cosmo_cut_point *cut_unrolled(const cosmo_shape *shape, cosmo_arena *arena, size_t *n)
{
    /* two more for a ring around a pole, one to close it */
    cosmo_cut_point *points = cosmo_arena_array(arena, shape->n + 3, sizeof *points);
    *n = 0;
    for (size_t i = 0; points != NULL && i < shape->n; i++) {
        cosmo_cut_point point = {shape->lon_deg[i], shape->lat_deg[i],
                                 shape->altitude_m != NULL ? shape->altitude_m[i] : 0.0};
        if (!isfinite(point.lon_deg) || !isfinite(point.lat_deg) || !isfinite(point.altitude_m)) {
            *n = 0;
            return points;
        }
        if (*n > 0) point.lon_deg = cut_unroll(points[*n - 1].lon_deg, point.lon_deg);
        const bool repeated =
            *n > 0 && cut_same_place(point, points[*n - 1]) && point.altitude_m == points[*n - 1].altitude_m;
        if (!repeated || shape->kind == COSMO_SHAPE_POINT) points[(*n)++] = point;
    }
    return points;
}

static cosmo_cut_point cut_moved(cosmo_cut_point point, double strip)
{
    point.lon_deg -= 360.0 * strip;
    return point;
}

static void cut_points(cut_builder *builder, const cosmo_cut_point *points, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cut_begin_part(builder);
        const bool on_map = fabs(points[i].lon_deg) <= 180.0; /* 180 stays 180 */
        cut_add(builder, cut_moved(points[i], on_map ? 0.0 : cut_strip(points[i].lon_deg)));
    }
}

/* One piece of a line that stays within one strip. */
static void cut_segment(cut_builder *builder, cosmo_cut_point a, cosmo_cut_point b, double *strip)
{
    const double here = cut_strip(0.5 * (a.lon_deg + b.lon_deg));
    if (here != *strip) {
        cut_begin_part(builder);
        cut_add(builder, cut_moved(a, here));
        *strip = here;
    }
    cut_add(builder, cut_moved(b, here));
}

static void cut_line(cut_builder *builder, const cosmo_cut_point *points, size_t n)
{
    double strip = NAN;
    for (size_t i = 0; i + 1 < n; i++) {
        const cosmo_cut_point a = points[i], b = points[i + 1];
        const double edge = 360.0 * fmax(cut_strip(a.lon_deg), cut_strip(b.lon_deg)) - 180.0;
        if (fmin(a.lon_deg, b.lon_deg) < edge && edge < fmax(a.lon_deg, b.lon_deg)) {
            const cosmo_cut_point middle = cut_at(a, b, edge);
            cut_segment(builder, a, middle, &strip);
            cut_segment(builder, middle, b, &strip);
        } else {
            cut_segment(builder, a, b, &strip);
        }
    }
}

/* Twice the enclosed area in square degrees, positive when counter-clockwise; the ring is open (last != first). */
static double cut_area(const cosmo_cut_point *ring, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        const cosmo_cut_point a = ring[i], b = ring[(i + 1) % n];
        sum += (a.lon_deg - ring[0].lon_deg) * (b.lat_deg - ring[0].lat_deg) -
               (b.lon_deg - ring[0].lon_deg) * (a.lat_deg - ring[0].lat_deg);
    }
    return sum;
}

/* A ring that goes once round the Earth is closed along the meridian of its start, over the pole it is nearer to. */
static size_t cut_close_over_pole(cosmo_cut_point *ring, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += ring[i].lat_deg;
    const cosmo_cut_point last = ring[n - 1], first = ring[0];
    const double pole = copysign(90.0, sum);
    ring[n] = (cosmo_cut_point){last.lon_deg, pole, last.altitude_m};
    ring[n + 1] = (cosmo_cut_point){first.lon_deg, pole, first.altitude_m};
    return n + 2;
}

/* Make an open counter-clockwise ring out of unrolled points; returns its length, 0 when nothing is enclosed. */
static size_t cut_ring(cosmo_cut_point *ring, size_t n)
{
    if (n < 3) return 0;
    const double closing = cut_unroll(ring[n - 1].lon_deg, ring[0].lon_deg);
    if (closing != ring[0].lon_deg) {
        if (closing != ring[n - 1].lon_deg) {
            ring[n] = (cosmo_cut_point){closing, ring[0].lat_deg, ring[0].altitude_m};
            n++;
        }
        n = cut_close_over_pole(ring, n);
    } else if (cut_same_place(ring[0], ring[n - 1])) {
        n--;
    }
    if (n < 3) return 0;
    if (cut_area(ring, n) < 0.0)
        for (size_t i = 0; i < n / 2; i++) {
            const cosmo_cut_point swap = ring[i];
            ring[i] = ring[n - 1 - i];
            ring[n - 1 - i] = swap;
        }
    return n;
}

/* ---- a ring cut along one meridian ---- */

/* A run of the ring on the kept side, from where it enters over the meridian to where it leaves. */
typedef struct cut_chain {
    size_t start, n; /* in the work list of points */
    bool used;
} cut_chain;

typedef struct cut_end {
    double lat_deg;
    size_t chain;
    bool entry;
} cut_end;

typedef struct cut_work {
    cosmo_cut_point *points;
    cut_chain *chains;
    cut_end *ends;
    size_t n_points, n_chains;
} cut_work;

static bool cut_kept(cosmo_cut_point point, double lon, bool west)
{
    return west ? point.lon_deg <= lon : point.lon_deg > lon;
}

/* Walk the ring from `first`, whose next point is the first of a run on the kept side. */
static void cut_collect(cut_work *work, const cosmo_cut_point *ring, size_t n, double lon, bool west, size_t first)
{
    for (size_t i = 0; i < n; i++) {
        const cosmo_cut_point a = ring[(first + i) % n], b = ring[(first + i + 1) % n];
        const bool a_kept = cut_kept(a, lon, west), b_kept = cut_kept(b, lon, west);
        if (a_kept) work->points[work->n_points++] = a;
        if (a_kept == b_kept) continue;
        if (b_kept) work->chains[work->n_chains++] = (cut_chain){.start = work->n_points};
        work->points[work->n_points++] = cut_at(a, b, lon);
        cut_chain *chain = &work->chains[work->n_chains - 1];
        chain->n = work->n_points - chain->start;
    }
}

static void cut_sort_ends(cut_work *work)
{
    for (size_t i = 0; i < work->n_chains; i++) {
        const cut_chain *chain = &work->chains[i];
        work->ends[2 * i] = (cut_end){work->points[chain->start].lat_deg, i, true};
        work->ends[2 * i + 1] = (cut_end){work->points[chain->start + chain->n - 1].lat_deg, i, false};
    }
    for (size_t i = 1; i < 2 * work->n_chains; i++) { /* few: insertion sort, stable */
        const cut_end end = work->ends[i];
        size_t j = i;
        for (; j > 0 && work->ends[j - 1].lat_deg > end.lat_deg; j--) work->ends[j] = work->ends[j - 1];
        work->ends[j] = end;
    }
}

/* Along the meridian the inside of a simple ring lies between the 1st and 2nd, 3rd and 4th, ... of its crossings. */
static size_t cut_next_chain(const cut_work *work, size_t chain)
{
    for (size_t i = 0; i < 2 * work->n_chains; i++)
        if (work->ends[i].chain == chain && !work->ends[i].entry) return work->ends[i ^ 1].chain;
    return chain;
}

static void cut_emit(cut_builder *out, const cosmo_cut_point *ring, size_t n)
{
    if (n < 3 || cut_area(ring, n) == 0.0) return;
    cut_begin_part(out);
    for (size_t i = 0; i < n; i++) cut_add(out, ring[i]);
}

static void cut_join(cut_work *work, cosmo_cut_point *joined, cut_builder *out)
{
    for (size_t first = 0; first < work->n_chains; first++) {
        size_t n = 0;
        for (size_t at = first; !work->chains[at].used; at = cut_next_chain(work, at)) {
            work->chains[at].used = true;
            for (size_t i = 0; i < work->chains[at].n; i++) joined[n++] = work->points[work->chains[at].start + i];
        }
        cut_emit(out, joined, n);
    }
}

/* Add to `out` the part of an open ring west (or east) of the meridian `lon`, as open rings. */
static void cut_half(const cosmo_cut_point *ring, size_t n, double lon, bool west, cut_builder *out)
{
    size_t crossings = 0, first = 0;
    for (size_t i = 0; i < n; i++) {
        const bool a_kept = cut_kept(ring[i], lon, west), b_kept = cut_kept(ring[(i + 1) % n], lon, west);
        if (a_kept == b_kept) continue;
        if (b_kept) first = i;
        crossings++;
    }
    if (crossings == 0) {
        if (cut_kept(ring[0], lon, west)) cut_emit(out, ring, n);
        return;
    }
    cut_work work = {.n_points = 0};
    work.points = cosmo_arena_array(out->arena, n + crossings, sizeof *work.points);
    work.chains = cosmo_arena_array(out->arena, crossings / 2, sizeof *work.chains);
    work.ends = cosmo_arena_array(out->arena, crossings, sizeof *work.ends);
    cosmo_cut_point *joined = cosmo_arena_array(out->arena, n + crossings, sizeof *joined);
    if (work.points == NULL || work.chains == NULL || work.ends == NULL || joined == NULL) {
        out->failed = true;
        return;
    }
    cut_collect(&work, ring, n, lon, west, first);
    cut_sort_ends(&work);
    cut_join(&work, joined, out);
}

static void cut_close(cut_builder *out, const cosmo_cut_part *ring, double strip)
{
    cut_begin_part(out);
    for (size_t i = 0; i <= ring->n; i++) cut_add(out, cut_moved(ring->points[i % ring->n], strip));
}

/* The rings of one strip: those east of its western edge, then of these what lies west of its eastern edge. */
static void cut_strip_rings(const cosmo_cut_part *ring, double strip, cut_builder *out)
{
    cut_builder east = {.arena = out->arena}, both = {.arena = out->arena};
    cosmo_cut rings = {0, NULL};
    cut_half(ring->points, ring->n, 360.0 * strip - 180.0, false, &east);
    if (!cut_finish(&east, &rings)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < rings.n; i++)
        cut_half(rings.parts[i].points, rings.parts[i].n, 360.0 * strip + 180.0, true, &both);
    if (!cut_finish(&both, &rings)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < rings.n; i++) cut_close(out, &rings.parts[i], strip);
}

static void cut_polygon(cut_builder *builder, cosmo_cut_point *points, size_t n_points)
{
    const cosmo_cut_part ring = {cut_ring(points, n_points), points};
    if (ring.n == 0) return;
    double west = points[0].lon_deg, east = west;
    for (size_t i = 1; i < ring.n; i++) {
        west = fmin(west, points[i].lon_deg);
        east = fmax(east, points[i].lon_deg);
    }
    const double first = cut_strip(west);
    if (east <= 360.0 * first + 180.0) {
        cut_close(builder, &ring, first);
        return;
    }
    for (double strip = first; 360.0 * strip - 180.0 < east; strip += 1.0) cut_strip_rings(&ring, strip, builder);
}

bool cosmo_cut_shape(const cosmo_shape *shape, cosmo_arena *arena, cosmo_cut *cut)
{
    size_t n;
    cut_builder builder = {.arena = arena};
    *cut = (cosmo_cut){0, NULL};
    cosmo_cut_point *points = cut_unrolled(shape, arena, &n);
    if (points == NULL) return false;
    switch (shape->kind) {
    case COSMO_SHAPE_POINT:
        cut_points(&builder, points, n);
        break;
    case COSMO_SHAPE_LINE:
        cut_line(&builder, points, n);
        break;
    case COSMO_SHAPE_POLYGON:
        cut_polygon(&builder, points, n);
        break;
    }
    return cut_finish(&builder, cut);
}

/* To 1/scale, a power of ten: the double nearest to such a decimal prints as that decimal. Never minus zero. */
static double cut_rounded(double value, double scale)
{
    return floor(value * scale + 0.5) / scale + 0.0;
}

cosmo_cut_point cosmo_cut_rounded(cosmo_cut_point point)
{
    return (cosmo_cut_point){cut_rounded(point.lon_deg, 1e7), cut_rounded(point.lat_deg, 1e7),
                             cut_rounded(point.altitude_m, 10.0)};
}

void cosmo_cut_put(cosmo_text *out, cosmo_cut_point point, const char *separator, bool with_altitude)
{
    char number[32];
    const cosmo_cut_point rounded = cosmo_cut_rounded(point);
    cosmo_json_format(rounded.lon_deg, number);
    cosmo_text_put(out, number);
    cosmo_text_put(out, separator);
    cosmo_json_format(rounded.lat_deg, number);
    cosmo_text_put(out, number);
    if (!with_altitude) return;
    cosmo_text_put(out, separator);
    cosmo_json_format(rounded.altitude_m, number);
    cosmo_text_put(out, number);
}
