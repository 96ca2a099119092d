/* A release's file in memory: read through its table, and held against itself. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <string.h>

static const double RELEASE_WHOLE = 1e-6; /* what a quotient may be off a whole number */

static const cosmo_yaml *release_place(const cosmo_release *release, const char *section, const char *key)
{
    const cosmo_yaml *part = cosmo_yaml_child(release->root, section), *node = cosmo_yaml_child(part, key);
    return node != NULL ? node : part != NULL ? part : release->root;
}

static cosmo_status release_check_source(const cosmo_release *release, cosmo_run *run)
{
    const cosmo_release_source *s = &release->source;
    const int ways = (s->mission != NULL) + (s->failures != NULL) + (s->tanks.n > 0);
    if (ways != 1)
        return cosmo_yaml_fail(release_place(release, "source", "tanks"), run,
                               "source: %s 'mission', 'failures' and 'tanks' says what is released",
                               ways == 0 ? "one of" : "only one of");
    const bool latitude = isfinite(s->latitude_rad), longitude = isfinite(s->longitude_rad);
    if (latitude != longitude || (!latitude && s->tanks.n > 0))
        return cosmo_yaml_fail(release_place(release, "source", latitude ? "latitude" : "longitude"), run,
                               "source: latitude and longitude are needed%s",
                               s->tanks.n == 0 ? " together, or neither" : "");
    const bool lasts = s->kind == COSMO_RELEASE_CONTINUOUS || s->kind == COSMO_RELEASE_EXHAUST;
    if (lasts && !(s->duration_s > 0.0))
        return cosmo_yaml_fail(release_place(release, "source", "duration"), run,
                               "source: a release of this kind needs a 'duration', as in '10 min'");
    if (release->arcs.n_rows > 0 && s->kind != COSMO_RELEASE_CONTINUOUS)
        return cosmo_yaml_fail(cosmo_yaml_child(release->root, "arcs"), run, "arcs: only of a continuous release");
    if (release->arcs.n_rows > COSMO_PLUME_ARCS_MAX)
        return cosmo_yaml_fail(cosmo_yaml_child(release->root, "arcs"), run, "arcs: at most %d", COSMO_PLUME_ARCS_MAX);
    return COSMO_OK;
}

static cosmo_status release_check_times(const cosmo_release *release, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_release_source *s = &release->source;
    const char *const *texts = s->failure_times.items;
    const cosmo_yaml *list = cosmo_yaml_child(cosmo_yaml_child(release->root, "source"), "failure_times");
    const cosmo_yaml *node = list != NULL ? list->first_child : NULL;
    double before = 0.0, t_s;
    if (s->failure_times.n > 0 && s->mission == NULL)
        return cosmo_yaml_fail(list, run, "failure_times: of a 'mission' only");
    if (s->failure_times.n > 0 && (isfinite(s->failure_time_s) || isfinite(s->latitude_rad)))
        return cosmo_yaml_fail(list, run, "failure_times: not together with failure_time, latitude and longitude");
    if (s->failure_times.n > COSMO_RELEASE_TIMES_MAX)
        return cosmo_yaml_fail(list, run, "failure_times: at most %d", COSMO_RELEASE_TIMES_MAX);
    for (size_t i = 0; i < s->failure_times.n; i++, node = node->next) {
        const char *trouble = cosmo_units_parse(texts[i], COSMO_DIM_TIME, arena, &t_s);
        if (trouble != NULL) return cosmo_yaml_fail(node, run, "failure_times: %s", trouble);
        if (!(t_s > before && t_s <= 1e5))
            return cosmo_yaml_fail(node, run, "failure_times: '%.40s' is not after the one before it%s", texts[i],
                                   i == 0 ? ", liftoff" : "");
        before = t_s;
    }
    return COSMO_OK;
}

static cosmo_status release_check_launch(const cosmo_release *release, cosmo_run *run)
{
    const cosmo_release_launch *l = &release->launch;
    const cosmo_yaml *section = cosmo_yaml_child(release->root, "launch");
    const cosmo_yaml *list = cosmo_yaml_child(section, "evacuated"), *node = list != NULL ? list->first_child : NULL;
    const cosmo_release_area *areas = l->evacuated.items;
    if (isfinite(l->other_collective) != isfinite(l->other_individual))
        return cosmo_yaml_fail(section, run, "launch: other_collective and other_individual are needed together");
    if (isfinite(l->probability) && release->source.failure_times.n > 0)
        return cosmo_yaml_fail(cosmo_yaml_child(section, "probability"), run,
                               "launch: with failure_times the probability is the mission's own");
    for (size_t i = 0; i < l->evacuated.n; i++, node = node->next) {
        const cosmo_release_area *a = &areas[i];
        const int given = isfinite(a->latitude_rad) + isfinite(a->longitude_rad) + isfinite(a->radius_m);
        if ((a->polygon.n_rows > 0) + (given > 0) + a->boundary != 1 || (given > 0 && given < 3))
            return cosmo_yaml_fail(node, run,
                                   "evacuated: one of 'polygon', 'boundary: yes', and 'latitude', 'longitude' with "
                                   "'radius' says where");
        if (a->polygon.n_rows > 0 && a->polygon.n_rows < 3)
            return cosmo_yaml_fail(node, run, "evacuated: a polygon has at least three corners");
        if (a->boundary && cosmo_yaml_child(release->root, "boundary") == NULL)
            return cosmo_yaml_fail(node, run, "evacuated: there is no boundary here");
    }
    return COSMO_OK;
}

/* What is certain to be left must not be more than there was. */
static cosmo_status release_check_fates(const cosmo_release *release, cosmo_run *run)
{
    const cosmo_yaml *node = cosmo_yaml_child(cosmo_yaml_child(release->root, "source"), "fates");
    const cosmo_release_fate *fates = release->source.fates.items;
    node = node != NULL ? node->first_child : NULL;
    for (size_t i = 0; i < release->source.fates.n && node != NULL; i++, node = node->next) {
        const cosmo_release_fate *f = &fates[i];
        double least = 0.0;
        if (isfinite(f->vaporised.low)) least += f->vaporised.low;
        if (isfinite(f->aerosolised.low)) least += f->aerosolised.low;
        if (isfinite(f->spilled.low)) least += f->spilled.low;
        if (least > 1.0)
            return cosmo_yaml_fail(node, run, "fates: the least shares of %s sum to %.3g; 1 is all there is",
                                   f->substance, least);
    }
    return COSMO_OK;
}

static cosmo_status release_check_weather(const cosmo_release *release, cosmo_run *run)
{
    const cosmo_release_weather *w = &release->weather;
    const bool wind = isfinite(w->wind_speed_m_s.mode), from = isfinite(w->wind_from_rad.mode);
    if (w->soundings.n > 0 && (wind || from))
        return cosmo_yaml_fail(release_place(release, "weather", wind ? "wind_speed" : "wind_from"), run,
                               "weather: the wind is that of the soundings, or that of wind_speed and wind_from, not "
                               "both");
    if (w->soundings.n == 0 && !(wind && from))
        return cosmo_yaml_fail(release_place(release, "weather", "wind_speed"), run,
                               "weather: 'soundings', or 'wind_speed' and 'wind_from', are needed");
    const cosmo_yaml *classes = release_place(release, "weather", "stability");
    const char *const *names = w->stability.items;
    for (size_t i = 0; i < w->stability.n; i++)
        if (strlen(names[i]) != 1 || names[i][0] < 'A' || names[i][0] > 'F')
            return cosmo_yaml_fail(classes, run, "stability: '%.20s' is not a class from A to F", names[i]);
    if (w->stability.n > 0 && isfinite(w->obukhov_m))
        return cosmo_yaml_fail(classes, run, "weather: stability and obukhov say the same twice; give one");
    if (w->obukhov_m == 0.0)
        return cosmo_yaml_fail(release_place(release, "weather", "obukhov"), run,
                               "obukhov: 0 m is no length; neutral air is '1e6 m'");
    return COSMO_OK;
}

static bool release_divides(double part, double whole)
{
    const double times = whole / part;
    return times >= 1.0 - RELEASE_WHOLE && fabs(times - floor(times + 0.5)) < RELEASE_WHOLE * times;
}

static cosmo_status release_check_sampling(const cosmo_release *release, cosmo_run *run)
{
    const cosmo_release_sampling *s = &release->sampling;
    if (!release_divides(s->interval_s, s->duration_s))
        return cosmo_yaml_fail(release_place(release, "sampling", "interval"), run,
                               "sampling: the duration of %.6g s is not a multiple of the interval of %.6g s",
                               s->duration_s, s->interval_s);
    if (!release_divides(s->sampling_s, s->interval_s))
        return cosmo_yaml_fail(release_place(release, "sampling", "every"), run,
                               "sampling: the interval of %.6g s is not a multiple of %.6g s", s->interval_s,
                               s->sampling_s);
    if (!(s->outer_m > 1.5 * s->inner_m))
        return cosmo_yaml_fail(release_place(release, "sampling", "outer"), run,
                               "sampling: outer must be more than 1.5 times inner");
    return COSMO_OK;
}

static cosmo_status release_check_boundary(const cosmo_release *release, cosmo_run *run)
{
    const cosmo_release_boundary *b = &release->boundary;
    const cosmo_yaml *node = cosmo_yaml_child(release->root, "boundary");
    if (node == NULL) return COSMO_OK;
    if ((b->country != NULL) + b->lease + (b->polygon.n_rows > 0) != 1)
        return cosmo_yaml_fail(node, run, "boundary: one of 'polygon', 'lease: yes' and 'country' says where it runs");
    if (b->polygon.n_rows > 0 && b->polygon.n_rows < 3)
        return cosmo_yaml_fail(node, run, "boundary: a polygon has at least three corners");
    return COSMO_OK;
}

static cosmo_status release_check_reports(const cosmo_release *release, cosmo_run *run)
{
    const cosmo_yaml *node = cosmo_yaml_child(release->root, "reports");
    const cosmo_release_report *reports = release->reports.items;
    node = node != NULL ? node->first_child : NULL;
    for (size_t i = 0; i < release->reports.n && node != NULL; i++, node = node->next) {
        const cosmo_release_report *r = &reports[i];
        const bool direction = isfinite(r->towards_rad), figure = r->quantity != NULL && isfinite(r->value.mode);
        if (direction == figure)
            return cosmo_yaml_fail(node, run, "reports: give 'towards', or 'quantity' and 'value'");
    }
    return COSMO_OK;
}

/* What the file tells in units of its own, as the struct has it. */
static void release_convert(cosmo_release_weather *w)
{
    const double turn = 3.1415926535897932 / 180.0 / 1000.0;
    w->turning_rad_m =
        (cosmo_range){w->turning_rad_m.low * turn, w->turning_rad_m.mode * turn, w->turning_rad_m.high * turn};
    w->lapse_k_m = (cosmo_range){w->lapse_k_m.low * 1e-3, w->lapse_k_m.mode * 1e-3, w->lapse_k_m.high * 1e-3};
    const double rain = 1e-3 / 3600.0;
    w->rain_m_s = (cosmo_range){w->rain_m_s.low * rain, w->rain_m_s.mode * rain, w->rain_m_s.high * rain};
    w->ozone_fraction *= 1e-9;
}

bool cosmo_release_is_one(const cosmo_yaml *root)
{
    const cosmo_yaml *source = cosmo_yaml_child(root, "source");
    return source != NULL && source->kind == COSMO_YAML_MAP;
}

cosmo_status cosmo_release_take(const cosmo_yaml *root, cosmo_arena *arena, cosmo_run *run, cosmo_release *release)
{
    COSMO_TRY(cosmo_section_read(cosmo_release_section_table(), root, release, arena, run, NULL));
    release->path = root->file;
    release->root = root;
    if (release->name == NULL) release->name = cosmo_file_stem(arena, root->file);
    COSMO_NEED(release->name, run);
    if (!cosmo_file_may_be_called(release->name))
        return cosmo_yaml_fail(cosmo_yaml_child(root, "name"), run,
                               "name '%.80s' cannot name a folder; use at most %d letters, digits, '-', '_' and '.'",
                               release->name, COSMO_FILE_NAME_MAX);
    if (release->title == NULL) release->title = release->name;
    release_convert(&release->weather);
    COSMO_TRY(release_check_source(release, run));
    COSMO_TRY(release_check_times(release, arena, run));
    COSMO_TRY(release_check_launch(release, run));
    COSMO_TRY(release_check_fates(release, run));
    COSMO_TRY(release_check_weather(release, run));
    COSMO_TRY(release_check_sampling(release, run));
    COSMO_TRY(release_check_boundary(release, run));
    return release_check_reports(release, run);
}

cosmo_status cosmo_release_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_release *release)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_yaml_parse(file, data, bytes, arena, run, &root));
    return cosmo_release_take(root, arena, run, release);
}
