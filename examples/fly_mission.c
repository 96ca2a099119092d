/* Fly a mission file and say what happens: fly_mission MISSION DATA_FOLDER
 *
 * The data folder holds vehicles, sites, zones and packs: data/ of the sources, or share/cosmodrome/data where the
 * library is installed (pkg-config --variable=datadir cosmodrome).
 */
#include "cosmodrome/study.h"

#include <stdio.h>

static const double DEGREE = 3.14159265358979323846 / 180.0;

static void say_flight(const cosmo_case *flown)
{
    const cosmo_ascent *ascent = &flown->ascent;
    printf("%s: %s, %.0f kg of propellant left, largest payload %.0f kg\n", flown->mission->title,
           flown->solution.feasible ? "can be flown" : "cannot be flown", flown->solution.propellant_margin_kg,
           flown->solution.payload_max_kg);
    for (size_t i = 0; i < ascent->trajectory.n_events; i++) {
        const cosmo_event *e = &ascent->trajectory.events[i];
        printf("  T+%8.2f s  %-24s %7.1f km  %7.1f m/s\n", e->state.t_s, e->name, 1e-3 * e->place.altitude_m,
               e->speed_ground_m_s);
    }
    for (size_t i = 0; i < ascent->impacts.n; i++) {
        const cosmo_body_impact *b = &ascent->impacts.items[i];
        printf("  %-24s falls at %.3f deg, %.3f deg\n", b->body, b->impact.place.latitude_rad / DEGREE,
               b->impact.place.longitude_rad / DEGREE);
    }
}

/* Everything that is made lives in the arena until it is destroyed; trouble is told by the run. */
static cosmo_status fly(const char *path, cosmo_arena *arena, cosmo_run *run)
{
    cosmo_mission *mission = cosmo_arena_alloc(arena, sizeof *mission);
    cosmo_case *flown = cosmo_arena_alloc(arena, sizeof *flown);
    COSMO_NEED(mission, run);
    COSMO_NEED(flown, run);
    COSMO_TRY(cosmo_mission_read(path, arena, run, mission));
    COSMO_TRY(cosmo_case_fly(mission, arena, run, flown));
    say_flight(flown);
    for (size_t i = 0; i < run->n_notes; i++)
        if (run->notes[i].kind == COSMO_NOTE_ASSUMPTION) printf("  assumed: %s\n", run->notes[i].text);
    return COSMO_OK;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s MISSION DATA_FOLDER\n", argv[0]);
        return 2;
    }
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    if (arena == NULL) return 3;
    cosmo_run run;
    cosmo_run_init(&run, arena);
    run.data_folder = argv[2];
    const cosmo_status status = fly(argv[1], arena, &run);
    if (status != COSMO_OK) fprintf(stderr, "%s\n", run.message);
    cosmo_arena_destroy(arena);
    return status == COSMO_OK ? 0 : status == COSMO_BAD_INPUT ? 2 : 1;
}
