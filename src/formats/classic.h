/* How long a netCDF classic file must be by its header: the library reads zeros beyond the end of one that is cut. */
#ifndef COSMO_FORMATS_CLASSIC_H
#define COSMO_FORMATS_CLASSIC_H

#include <stddef.h>

/* The first of the bytes after the last value, from the first `bytes` bytes of the file (CDF-1, 2 or 5), as a double; 0
 * when they do not hold a whole header. A last record may lack its padding. */
double cosmo_classic_bytes(const unsigned char *head, size_t bytes);

#endif
