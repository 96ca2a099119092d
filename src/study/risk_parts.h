/* Within study: the parts of a risk case's page. Every function allocates in the arena; one that returns no status
 * returns false or NULL when memory is out. */
#ifndef COSMO_STUDY_RISK_PARTS_H
#define COSMO_STUDY_RISK_PARTS_H

#include "cosmodrome/study.h"
#include "study/described.h"

/* Shares of planned drops that the ellipses hold. */
enum { COSMO_RISK_SHARES = 3 };
extern const double cosmo_risk_layer_shares[COSMO_RISK_SHARES];

/* Key figures: expectation, how sure it is, the worst failure, what the law limits. */
bool cosmo_risk_figures_make(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page);
/* The page's layers and the ellipses of planned drops. */
bool cosmo_risk_layer_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page);
/* The page's layers and where a launch is dangerous: to a person, to ships, to aircraft; those that reach no level are
 * left out. Errors: those of cosmo_risk_places_layers. */
cosmo_status cosmo_risk_areas_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run, cosmo_page *page);
/* Tables of limits, shares, settlements at risk, failures, ellipses, settlements, movers; those that the page has
 * already come after them. */
bool cosmo_risk_sheets_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page);
/* An input and how far a standard deviation of it moves an impact. */
typedef struct cosmo_risk_mover {
    const cosmo_scatter_effect *effect;
    double most_m; /* along or across, of any of the bodies asked for */
    size_t at;     /* in the order of the section, for equal ones */
} cosmo_risk_mover;
/* The inputs that move any of the bodies [first, last) by 100 m and more, the strongest first; `movers` has room for
 * s->n_effects. Returns how many. */
size_t cosmo_risk_sheets_sort(const cosmo_scatter *s, size_t first, size_t last, cosmo_risk_mover *movers);
/* Charts of what failures would do and when, and of what moves impacts; those that the page has already come after
 * them. */
bool cosmo_risk_charts_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page);

/* Fills `population`, `beside` and `exposure` of a case whose mission has been flown. */
cosmo_status cosmo_risk_exposure_make(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_risk_case *r);
/* Fills `counts`, `count_ratio` and `count_factor` of a case whose drops have been scattered. */
cosmo_status cosmo_risk_counts_make(cosmo_arena *arena, cosmo_run *run, cosmo_risk_case *r);
/* The blast of the full vehicle on its pad, with its assumptions as notes. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_risk_far_field_run(const cosmo_mission *mission, const cosmo_people *people, cosmo_arena *arena,
                                      cosmo_run *run, cosmo_risk_far_field *result);
/* As `far_field` of the summary; in words. */
void cosmo_risk_far_field_describe(cosmo_described *out, const cosmo_risk_far_field *result);
void cosmo_risk_far_field_print(const cosmo_risk_far_field *result, cosmo_text *out);

#endif
