/* Within plume: units of rates, such as KZT/t or RUB/ha/year, multiplied out. */
#ifndef COSMO_PLUME_TARIFF_UNIT_H
#define COSMO_PLUME_TARIFF_UNIT_H

#include "cosmodrome/core.h"

enum { COSMO_TARIFF_UNIT_BASES = 6, COSMO_TARIFF_UNIT_CODES = 4 };

/* A product of powers of kg, m, year, person, sample, head and of codes of three capitals: currencies (KZT) and units
 * of account (MRP). */
typedef struct cosmo_tariff_unit {
    double factor; /* 1 t is 1000 kg */
    int powers[COSMO_TARIFF_UNIT_BASES];
    size_t n_codes;
    struct {
        char name[4];
        int power;
    } codes[COSMO_TARIFF_UNIT_CODES];
} cosmo_tariff_unit;

/* "KZT/ha/year", "person year", "1". NULL on success, else what is wrong, static or in `arena`. */
const char *cosmo_tariff_unit_parse(const char *text, cosmo_arena *arena, cosmo_tariff_unit *unit);
/* product *= by^power, power 1 or -1; false when it has too many different codes. */
bool cosmo_tariff_unit_multiply(cosmo_tariff_unit *product, const cosmo_tariff_unit *by, int power);
/* The same but for the factor. */
bool cosmo_tariff_unit_alike(const cosmo_tariff_unit *a, const cosmo_tariff_unit *b);
/* "KZT/kg/year": in base units; NULL when memory is out. */
const char *cosmo_tariff_unit_show(const cosmo_tariff_unit *unit, cosmo_arena *arena);

#endif
