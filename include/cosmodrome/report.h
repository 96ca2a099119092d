/* Cosmodrome report: one self-contained HTML file out of neutral material. Draws kinds, knows no room by name. */
#ifndef COSMODROME_REPORT_H
#define COSMODROME_REPORT_H

#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The whole page as HTML: key figures, conformal map, globe, charts, sheets, assumptions, sources. Works with scripts off,
 * prints on A4, light and dark. `map` may be empty. The text is in `arena`. */
cosmo_status cosmo_report_html(const cosmo_page *page, const cosmo_map *map, cosmo_arena *arena, cosmo_run *run,
                               const char **html, size_t *bytes);

#ifdef __cplusplus
}
#endif
#endif
