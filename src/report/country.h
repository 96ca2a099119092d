/* Names of countries. */
#ifndef COSMO_REPORT_COUNTRY_H
#define COSMO_REPORT_COUNTRY_H

/* The English name of an ISO 3166-1 alpha-2 code; the text itself when it is none. */
const char *cosmo_country_name(const char *code);

#endif
