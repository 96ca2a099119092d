/* The colours of a page's roles, for light and dark, as one CSS class a role. */
#ifndef COSMO_REPORT_INK_H
#define COSMO_REPORT_INK_H

#include "cosmodrome/formats.h"

typedef struct cosmo_ink {
    size_t n;
    const char **roles; /* in the order in which they first appear on the page; class k0, k1, ... */
} cosmo_ink;

/* The roles of the page's shapes; roles is NULL when memory is out. */
cosmo_ink cosmo_ink_collect(const cosmo_page *page, cosmo_arena *arena);
/* The number of a role's class (the last one for a role that is on no shape). */
size_t cosmo_ink_class(const cosmo_ink *ink, const char *role);
/* The rules that set --line (3:1 against land and panel), --ink (4.5:1, for text) and --fill (of levels) in both
 * themes. */
void cosmo_ink_write(const cosmo_ink *ink, cosmo_text *out);

#endif
