/* Within core: words about descriptor tables that the help and the reference page share. */
#ifndef COSMO_CORE_SECTION_H
#define COSMO_CORE_SECTION_H

#include "cosmodrome/core.h"

enum { COSMO_SECTION_DEPTH_MAX = 16 };

/* "an angle, as in '51.6 deg'", "one of depletion, time, guidance": what is written for this field. */
void cosmo_section_help_kind(const cosmo_field *field, cosmo_text *out);
/* "from 0 deg to 360 deg" in the unit of the field's default or example; nothing when it is unbounded. */
void cosmo_section_help_range(const cosmo_field *field, cosmo_text *out);

#endif
