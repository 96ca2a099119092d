/* The time in which a shape is shown. */
#include "cosmodrome/formats.h"

#include <math.h>

bool cosmo_window_of(const cosmo_shape *shape, cosmo_window *window)
{
    if (shape->shown_s == NULL) return false;
    const double from_s = shape->shown_s[0], until_s = shape->shown_s[1];
    if (!isfinite(from_s) || !isfinite(until_s) || !(from_s < until_s)) return false;
    *window = (cosmo_window){from_s, until_s};
    return true;
}
