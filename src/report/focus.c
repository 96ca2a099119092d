/* The places that a map is about. */
#include "report/focus.h"

#include "core/real.h"

#include <math.h>
#include <string.h>

static const double FOCUS_DEG = 3.14159265358979323846 / 180.0;
static const double FOCUS_REACH = 2.5,
                    FOCUS_REACH_LEAST_DEG = 12.0; /* points this many radii off, or this near, count */

static bool focus_is(const cosmo_shape *shape, const char *role)
{
    return shape->role != NULL && strcmp(shape->role, role) == 0;
}

cosmo_vec3 cosmo_focus_unit(double lon_deg, double lat_deg)
{
    const double c = cosmo_real_cos(lat_deg * FOCUS_DEG);
    return (cosmo_vec3){c * cosmo_real_cos(lon_deg * FOCUS_DEG), c * cosmo_real_sin(lon_deg * FOCUS_DEG),
                        cosmo_real_sin(lat_deg * FOCUS_DEG)};
}

static double focus_cosine(cosmo_vec3 unit, cosmo_vec3 v)
{
    const double length = sqrt(v.x * v.x + v.y * v.y + v.z * v.z) + 1e-300;
    return fmin(1, fmax(-1, (unit.x * v.x + unit.y * v.y + unit.z * v.z) / length));
}

double cosmo_focus_angle_deg(cosmo_vec3 unit, cosmo_vec3 direction)
{
    return cosmo_real_acos(focus_cosine(unit, direction)) / FOCUS_DEG;
}

bool cosmo_focus_has(const cosmo_focus *focus, const cosmo_shape *shape)
{
    if (focus->level == COSMO_FOCUS_ALL) return true;
    if (focus->level == COSMO_FOCUS_CLOSER) return shape->closer;
    if (shape->aside) return false;
    if (focus_is(shape, "iip") || focus_is(shape, "orbit")) return false;
    if (shape->kind != COSMO_SHAPE_POINT || focus_is(shape, "pad")) return true;
    if (focus->level == COSMO_FOCUS_LINES || shape->n == 0) return false;
    return focus_cosine(cosmo_focus_unit(shape->lon_deg[0], shape->lat_deg[0]), focus->middle) >= focus->least_cosine;
}

size_t cosmo_focus_each(const cosmo_focus *focus, void (*visit)(void *, double, double), void *user)
{
    size_t n = 0;
    for (size_t i = 0; i < focus->page->n_layers; i++)
        for (size_t j = 0; j < focus->page->layers[i].n; j++) {
            const cosmo_shape *shape = &focus->page->layers[i].shapes[j];
            if (!cosmo_focus_has(focus, shape)) continue;
            for (size_t k = 0; k < shape->n; k++) {
                if (!(fabs(shape->lat_deg[k]) <= 90) || !isfinite(shape->lon_deg[k])) continue;
                visit(user, shape->lon_deg[k], shape->lat_deg[k]);
                n++;
            }
        }
    return n;
}

static void focus_visit_middle(void *user, double lon_deg, double lat_deg)
{
    cosmo_focus *focus = user;
    const cosmo_vec3 unit = cosmo_focus_unit(lon_deg, lat_deg);
    focus->middle = (cosmo_vec3){focus->middle.x + unit.x, focus->middle.y + unit.y, focus->middle.z + unit.z};
}

static void focus_visit_reach(void *user, double lon_deg, double lat_deg)
{
    cosmo_focus *focus = user;
    focus->least_cosine = fmin(focus->least_cosine, focus_cosine(cosmo_focus_unit(lon_deg, lat_deg), focus->middle));
}

cosmo_focus cosmo_focus_of(const cosmo_page *page)
{
    cosmo_focus focus = {.page = page, .level = COSMO_FOCUS_LINES, .least_cosine = 1};
    if (cosmo_focus_each(&focus, focus_visit_middle, &focus) == 0)
        return (cosmo_focus){.page = page, .level = COSMO_FOCUS_ALL};
    cosmo_focus_each(&focus, focus_visit_reach, &focus);
    const double radius_deg = cosmo_real_acos(focus.least_cosine) / FOCUS_DEG;
    const double reach_deg = fmin(180, fmax(FOCUS_REACH_LEAST_DEG, FOCUS_REACH * radius_deg));
    focus.level = COSMO_FOCUS_NEAR;
    focus.least_cosine = cosmo_real_cos(reach_deg * FOCUS_DEG);
    return focus;
}

cosmo_focus cosmo_focus_closer(const cosmo_page *page)
{
    return (cosmo_focus){.page = page, .level = COSMO_FOCUS_CLOSER};
}
