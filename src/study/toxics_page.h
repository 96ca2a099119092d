/* Within study: the page of a release, part by part. Those that return bool return false when memory is out. */
#ifndef COSMO_STUDY_TOXICS_PAGE_H
#define COSMO_STUDY_TOXICS_PAGE_H

#include "study/toxics_parts.h"

bool cosmo_toxics_figures_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_page *page);
bool cosmo_toxics_sheets_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_page *page);
/* True of what was drawn because nobody measured it: how much burns, is thrown, spilled, soaks in, is radiated. */
bool cosmo_toxics_sheets_is_assumed(const char *input);
/* The tables of money: what each party reckons, and why the first two differ. */
bool cosmo_toxics_bills_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *bill,
                             cosmo_sheet *difference);
bool cosmo_toxics_charts_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_page *page);
/* Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_toxics_layers_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_run *run, cosmo_page *page);

/* ---- words ---- */

/* Three significant digits, two below 1: "13100", "2.31", "0.42"; powers below 0.001, "below 10^-6" (in superscripts)
 * under that. An en dash where it is not finite; NULL when memory is out. */
const char *cosmo_toxics_words_number(cosmo_arena *arena, double value);
/* "39 to 590", of the 5 and 95 % in units of `unit`; one number where both are alike. NULL when memory is out. */
const char *cosmo_toxics_words_span(cosmo_arena *arena, double p5, double p95, double unit);
/* "13.69 billion KZT". An en dash where it is not finite; NULL when memory is out. */
const char *cosmo_toxics_words_money(cosmo_arena *arena, double value, const char *currency);

/* ---- what limits are passed ---- */

/* How far a level reaches, over the samples. */
typedef struct cosmo_toxics_reached {
    cosmo_quantiles area_m2, inside_m2, outside_m2, people, people_inside, farthest_m;
    double probability; /* share of the samples in which it is passed anywhere */
} cosmo_toxics_reached;
/* Of one of `n_levels` levels; `first` is its reach in the first sample. All NaN when memory is out. */
cosmo_toxics_reached cosmo_toxics_reached_find(const cosmo_accident_answer *answer, const cosmo_accident_reach *first,
                                               size_t n_levels, cosmo_arena *arena);
/* The receptor and the level in air that come nearest to each other or pass: the largest 95 % of the ratio, of levels
 * of `rank` or more. False: there is none. */
typedef struct cosmo_toxics_meeting {
    size_t level;
    cosmo_quantiles ratio;
    double probability; /* share of the samples above the limit */
} cosmo_toxics_meeting;
bool cosmo_toxics_reached_meet(const cosmo_toxics_case *c, size_t receptor, int64_t rank, cosmo_arena *arena,
                               cosmo_toxics_meeting *meeting);

#endif
