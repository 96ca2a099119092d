/* Within plume: the keys of a figure that a case puts in place of a rate. */
#ifndef COSMO_PLUME_OVERRIDE_SECTION_H
#define COSMO_PLUME_OVERRIDE_SECTION_H

#include "cosmodrome/plume.h"

#define OVERRIDE_SECTION_TEXT(member_, required_, help_)                                                               \
    {                                                                                                                  \
        .key = #member_, .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_tariff_override, member_),                 \
        .required = required_, .help = help_                                                                           \
    }
static const cosmo_field OVERRIDE_SECTION_FIELDS[] = {
    OVERRIDE_SECTION_TEXT(rate, true, "Id of the rate, or id.SUBSTANCE for one substance of it."),
    {.key = "value",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_tariff_override, value),
     .required = true,
     .max = 1e15,
     .help = "What stands in its place."},
    OVERRIDE_SECTION_TEXT(unit, true, "The rate's unit, or one of the same kind."),
    OVERRIDE_SECTION_TEXT(source, true, "Where the figure is from."),
    OVERRIDE_SECTION_TEXT(note, false, "What a reader should know besides."),
};
static const cosmo_section OVERRIDE_SECTION = {
    "rate in place of a rule-set's", "A figure for a blank, with its source.", sizeof(cosmo_tariff_override),
    OVERRIDE_SECTION_FIELDS, sizeof OVERRIDE_SECTION_FIELDS / sizeof OVERRIDE_SECTION_FIELDS[0]};

#endif
