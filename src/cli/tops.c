/* The kinds of input file, for help and the reference page. */
#include "cli/tops.h"
#include "cosmodrome/vehicle.h"

cosmo_tops cosmo_tops_make(void)
{
    return (cosmo_tops){{cosmo_vehicle_section(), cosmo_site_section(), cosmo_zones_section()}};
}
