/* Words for statuses. */
#include "cosmodrome/core.h"

const char *cosmo_status_text(cosmo_status status)
{
    switch (status) {
    case COSMO_OK: return "ok";
    case COSMO_BAD_INPUT: return "bad input";
    case COSMO_NO_RESOURCES: return "out of resources";
    case COSMO_INTERNAL: return "internal error";
    case COSMO_NO_SOLUTION: return "no solution";
    case COSMO_CANCELLED: return "cancelled";
    }
    return "unknown status";
}
