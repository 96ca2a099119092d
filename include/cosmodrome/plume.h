/* Cosmodrome plume: what an accident leaves in the air and in the soil, and what that is worth.
 *
 * The way of a release: a source (what was aboard, what burns, what is spilled) -> the rise of its hot cloud ->
 * particles that the wind carries -> concentration on a polar mesh about the source -> doses, deposition -> people,
 * hectares, money. Local axes: east, north, up from the place of the release, metres; wind is where it blows FROM, as
 * in soundings. Concentrations are mass per volume of air, kg/m3; what is airborne of N2O4 counts as NO2 of the same
 * mass.
 */
#ifndef COSMODROME_PLUME_H
#define COSMODROME_PLUME_H

#include "cosmodrome/plume/particles.h"
#include "cosmodrome/plume/release.h"
#include "cosmodrome/plume/source.h"
#include "cosmodrome/plume/substances.h"
#include "cosmodrome/plume/valuation.h"

#endif
