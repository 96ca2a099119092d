/* GDAL's own words, caught in place of its line on standard error. */
#ifndef COSMO_FORMATS_HUSH_H
#define COSMO_FORMATS_HUSH_H

/* The first complaint of the calls between begin and end; "" when there was none. */
typedef struct formats_hush {
    char text[256];
} formats_hush;

void cosmo_hush_begin(formats_hush *hush);
void cosmo_hush_end(void);

#endif
