/* The kinds of input file, for help and the reference page. */
#include "cli/tops.h"
#include "cosmodrome/plume.h"
#include "cosmodrome/study.h"

cosmo_status cosmo_tops_make(cosmo_arena *arena, cosmo_run *run, cosmo_tops *tops)
{
    const cosmo_section *mission = cosmo_mission_section(arena);
    COSMO_NEED(mission, run);
    *tops = (cosmo_tops){{mission, cosmo_vehicle_section(), cosmo_site_section(), cosmo_zones_section(),
                          cosmo_rules_section(), cosmo_substances_section(), cosmo_threshold_section()}};
    return COSMO_OK;
}
