/* Where a stage falls: impact_point
 *
 * A strap-on of a Soyuz is let go at 47 km. Its fall is computed twice, without air and with air and a wind, which is
 * what the library is at its smallest: a state, a body, an environment, an answer.
 */
#include "cosmodrome/flight.h"

#include <stdio.h>

static const double DEGREE = 3.14159265358979323846 / 180.0;

static void say(const char *what, double t_s, cosmo_geodetic place, double speed_m_s)
{
    printf("%-10s T+%.1f s, %.4f deg, %.4f deg, %.0f m/s\n", what, t_s, place.latitude_rad / DEGREE,
           place.longitude_rad / DEGREE, speed_m_s);
}

static cosmo_status fall_in_wind(const cosmo_state *released, cosmo_run *run, cosmo_impact *impact)
{
    cosmo_weather weather;
    cosmo_drag_curve drag;
    cosmo_weather_constant_wind(30.0, 270.0 * DEGREE, &weather);
    cosmo_drag_curve_constant(0.7, &drag);
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J6, .weather = &weather};
    const cosmo_fall_case strap_on = {.released = *released, .mass_kg = 5177.0, .area_m2 = 32.6, .drag = &drag};
    return cosmo_fall_to_ground(&strap_on, 1, &environment, 0.0, 3600.0, run, impact);
}

int main(void)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    if (arena == NULL) return 3;
    cosmo_run run;
    cosmo_run_init(&run, arena);

    /* place and velocity over the ground: north, east, down */
    const cosmo_geodetic place = {46.1825 * DEGREE, 64.0463 * DEGREE, 47270.0};
    const cosmo_state released = cosmo_state_from_ned(117.85, place, (cosmo_vec3){668.8, 1215.9, -991.4});

    const cosmo_iip vacuum = cosmo_iip_vacuum(&released);
    if (vacuum.kind == COSMO_IIP_IMPACT) say("in vacuum", vacuum.t_s, vacuum.place, vacuum.speed_m_s);

    cosmo_impact impact;
    const cosmo_status status = fall_in_wind(&released, &run, &impact);
    if (status != COSMO_OK)
        fprintf(stderr, "impact_point: %s\n", run.message);
    else if (impact.reached_ground)
        say("in air", impact.t_s, impact.place, impact.speed_m_s);
    cosmo_arena_destroy(arena);
    return status == COSMO_OK ? 0 : 1;
}
