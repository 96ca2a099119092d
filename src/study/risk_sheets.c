/* Tables of a risk case. */
#include "study/risk_parts.h"
#include "study/tabling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double RISK_SHEETS_DEGREES = 180.0 / 3.14159265358979323846;
static const double RISK_SHEETS_LEAST_M = 100.0; /* inputs that move no impact this far are left out */
enum { RISK_SHEETS_PLACES = 25 };

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static bool risk_sheets_limits(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"What is limited", "Verdict", "Value", "Limit", "Law", "Remark"};
    static const bool numeric[] = {false, false, true, true, false, false};
    static const char *const words[] = {"not in force", "met", "NOT MET", "not assessed"};
    const cosmo_rule_finding *items = r->findings.items;
    cosmo_tabling table = cosmo_tabling_begin(arena, r->findings.n, 6);
    for (size_t i = 0; i < r->findings.n; i++) {
        const cosmo_rule_finding *f = &items[i];
        cosmo_tabling_text(&table, f->name);
        cosmo_tabling_text(&table, words[f->verdict]);
        cosmo_tabling_number(&table, f->value);
        cosmo_tabling_number(&table, f->limit);
        cosmo_tabling_text(&table, f->rule->reference != NULL ? f->rule->reference : f->rule->id);
        cosmo_tabling_text(&table, f->remark);
    }
    *sheet = (cosmo_sheet){"limits",
                           "Limits of the law",
                           "Expected casualties or probabilities of one launch. Not assessed is not met: it is not "
                           "known.",
                           6,
                           r->findings.n,
                           heads,
                           numeric,
                           table.cells};
    return !table.failed;
}

/* ---- where the expectation comes from ---------------------------------------------------------------------------- */

static void risk_sheets_group(cosmo_tabling *table, const char *group, const cosmo_risk_row *rows, size_t n,
                              double total, bool with_error)
{
    for (size_t i = 0; i < n; i++) {
        const bool sea = strcmp(rows[i].name, "-") == 0;
        cosmo_tabling_text(table, group);
        cosmo_tabling_text(table, sea ? "at sea" : rows[i].name);
        cosmo_tabling_number(table, rows[i].value);
        if (with_error)
            cosmo_tabling_number(table, rows[i].standard_error);
        else
            cosmo_tabling_text(table, NULL);
        cosmo_tabling_fixed(table, total > 0.0 ? 100.0 * rows[i].value / total : NAN, 1);
    }
}

static bool risk_sheets_expectation(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"By", "What", "Expected casualties", "\302\261 by sampling", "Of all, %"};
    static const bool numeric[] = {false, false, true, true, true};
    const cosmo_risk *k = &r->risk;
    const size_t n = k->n_bodies + k->n_phases + COSMO_FAILURE_MODES + 2 + k->n_countries + 1;
    const double total = k->total.value;
    cosmo_risk_row all = k->total;
    all.name = "one launch";
    cosmo_tabling table = cosmo_tabling_begin(arena, n, 5);
    risk_sheets_group(&table, "all", &all, 1, total, true);
    risk_sheets_group(&table, "planned drop", k->by_body, k->n_bodies, total, true);
    risk_sheets_group(&table, "failure in phase", k->by_phase, k->n_phases, total, true);
    risk_sheets_group(&table, "failure by mode", k->by_mode, COSMO_FAILURE_MODES, total, true);
    risk_sheets_group(&table, "failure by hazard", k->by_hazard, 2, total, true);
    risk_sheets_group(&table, "country", k->by_country, k->n_countries, total, false);
    const char *note = cosmo_arena_print(
        arena,
        "Everybody in the open. The largest single source: %s. Phases are named by the stage that ends them; phases, "
        "modes and hazards each add up to all failures, countries (ISO 3166) to the whole.",
        k->dominant);
    *sheet = (cosmo_sheet){"expectation", "Where the casualty expectation comes from", note, 5, n, heads, numeric,
                           table.cells};
    return !table.failed && note != NULL;
}

static bool risk_sheets_conditional(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Failure", "Expected casualties", "\302\261 by sampling"};
    static const bool numeric[] = {false, true, true};
    const cosmo_risk *k = &r->risk;
    cosmo_tabling table = cosmo_tabling_begin(arena, k->n_conditions, 3);
    for (size_t i = 0; i < k->n_conditions; i++) {
        cosmo_tabling_text(&table, k->conditional[i].name);
        cosmo_tabling_number(&table, k->conditional[i].value);
        cosmo_tabling_number(&table, k->conditional[i].standard_error);
    }
    *sheet = (cosmo_sheet){"conditional",
                           "If it fails so",
                           "Given a failure of that phase and mode, everybody in the open.",
                           3,
                           k->n_conditions,
                           heads,
                           numeric,
                           table.cells};
    return !table.failed;
}

/* ---- who bears it ------------------------------------------------------------------------------------------------ */

static bool risk_sheets_settlements(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Settlement",          "Country",   "People",
                                        "Expected casualties", "Of all, %", "Probability, worst place"};
    static const bool numeric[] = {false, false, true, true, true, true};
    const cosmo_risk *k = &r->risk;
    const size_t most = k->n_settlements < RISK_SHEETS_PLACES ? k->n_settlements : RISK_SHEETS_PLACES;
    cosmo_tabling table = cosmo_tabling_begin(arena, RISK_SHEETS_PLACES, 6);
    double elsewhere = k->total.value;
    size_t n = 0;
    for (; n < most && k->by_settlement[n].value > 0.0; n++) {
        const cosmo_risk_settlement *s = &k->by_settlement[n];
        elsewhere -= s->value;
        cosmo_tabling_text(&table, s->place->name);
        cosmo_tabling_text(&table, s->place->country);
        cosmo_tabling_fixed(&table, s->place->population > 0 ? (double)s->place->population : NAN, 0);
        cosmo_tabling_number(&table, s->value);
        cosmo_tabling_fixed(&table, 100.0 * s->value / k->total.value, 1);
        cosmo_tabling_number(&table, s->probability);
    }
    const char *left = cosmo_number_text(arena, fmax(0.0, elsewhere), 2);
    const char *note = cosmo_arena_print(arena,
                                         "Settlements with what lies nearer to them than to any other, at most 50 km "
                                         "away; everybody in the open. Probability: of casualty, of a person in the "
                                         "inhabited cell that is worst off. In all other places: %s.",
                                         left != NULL ? left : "");
    *sheet = (cosmo_sheet){"settlements", "Who is at risk", note, 6, n, heads, numeric, table.cells};
    return !table.failed && left != NULL && note != NULL;
}

static bool risk_sheets_neighbours(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Place", "People", "Probability of casualty", "\302\261 by sampling"};
    static const bool numeric[] = {false, true, true, true};
    const cosmo_risk *k = &r->risk;
    cosmo_tabling table = cosmo_tabling_begin(arena, k->n_neighbours, 4);
    for (size_t i = 0; i < k->n_neighbours; i++) {
        const cosmo_risk_neighbour *n = &k->by_neighbour[i];
        cosmo_tabling_text(&table, n->neighbour->name);
        cosmo_tabling_fixed(&table, n->neighbour->people, 0);
        cosmo_tabling_number(&table, n->probability);
        cosmo_tabling_number(&table, n->standard_error);
    }
    const char *note =
        "People of neighbouring operations, who are not the public: of somebody in the open there. A dash for people: "
        "how many is not known.";
    *sheet =
        (cosmo_sheet){"neighbours", "Neighbouring operations", note, 4, k->n_neighbours, heads, numeric, table.cells};
    return !table.failed;
}

/* One count of the people beside the other: whom the launch could hurt, and who lives around the drops. */
static bool risk_sheets_counts(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"What", "The mission's population", "The default population",
                                        "Default over mission's"};
    static const bool numeric[] = {false, true, true, true};
    const cosmo_risk_count *items = r->counts.items;
    const size_t n = r->beside != NULL ? r->counts.n + 1 : 0;
    cosmo_tabling table = cosmo_tabling_begin(arena, n, 4);
    if (n > 0) {
        cosmo_tabling_text(&table, "casualty expectation");
        cosmo_tabling_number(&table, r->risk.total.value);
        cosmo_tabling_number(&table, r->risk.beside.value);
        cosmo_tabling_number(&table, r->risk.beside.value / r->risk.total.value);
    }
    for (size_t i = 0; i + 1 < n; i++) {
        cosmo_tabling_printed(&table, cosmo_arena_print(arena, "people within 60 km of %s", items[i].body));
        cosmo_tabling_fixed(&table, items[i].people, 0);
        cosmo_tabling_fixed(&table, items[i].people_default, 0);
        cosmo_tabling_number(&table, items[i].people_default / items[i].people);
    }
    const char *ratio = cosmo_number_text(arena, r->count_ratio, 2),
               *factor = cosmo_number_text(arena, r->count_factor, 2);
    const char *note = cosmo_arena_print(arena,
                                         "Around the drops the default population is %s times the mission's on the "
                                         "geometric mean, within a factor of %s (one sigma) from drop to drop.",
                                         ratio != NULL ? ratio : "", factor != NULL ? factor : "");
    *sheet = (cosmo_sheet){"counts", "Two counts of the people", note, 4, n, heads, numeric, table.cells};
    return !table.failed && note != NULL;
}

/* What the range over the unknown would be if one thing alone were not known. */
static bool risk_sheets_unknown(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Not known", "5 %", "95 %", "95 % over 5 %"};
    static const bool numeric[] = {false, true, true, true};
    const cosmo_risk *k = &r->risk;
    cosmo_tabling table = cosmo_tabling_begin(arena, COSMO_RISK_BELIEFS + 1, 4);
    for (size_t i = 0; i <= COSMO_RISK_BELIEFS; i++) {
        const bool all = i == COSMO_RISK_BELIEFS;
        const double p5 = all ? k->epistemic[0] : k->beliefs[i].p5, p95 = all ? k->epistemic[2] : k->beliefs[i].p95;
        cosmo_tabling_text(&table, all ? "all of it together" : k->beliefs[i].name);
        cosmo_tabling_number(&table, p5);
        cosmo_tabling_number(&table, p95);
        cosmo_tabling_number(&table, p95 / p5);
    }
    const char *note = "The casualty expectation if that alone were not known; sampling apart.";
    *sheet =
        (cosmo_sheet){"unknown", "What is not known", note, 4, COSMO_RISK_BELIEFS + 1, heads, numeric, table.cells};
    return !table.failed;
}

/* ---- planned drops ----------------------------------------------------------------------------------------------- */

static void risk_sheets_ellipse(cosmo_tabling *table, const cosmo_scatter_body *b, double share)
{
    double major, minor, azimuth;
    cosmo_scatter_ellipse(b->covariance_m2, share, &major, &minor, &azimuth);
    const bool judged = b->n > 0 && b->zone != NULL && b->zone->position == COSMO_POSITION_PUBLISHED &&
                        isfinite(b->zone->axis_major_m) && isfinite(b->zone->axis_minor_m);
    cosmo_tabling_text(table, b->body);
    cosmo_tabling_fixed(table, 100.0 * share, 0);
    cosmo_tabling_fixed(table, b->center.latitude_rad * RISK_SHEETS_DEGREES, 4);
    cosmo_tabling_fixed(table, b->center.longitude_rad * RISK_SHEETS_DEGREES, 4);
    cosmo_tabling_fixed(table, 1e-3 * major, 1);
    cosmo_tabling_fixed(table, 1e-3 * minor, 1);
    cosmo_tabling_fixed(table, azimuth * RISK_SHEETS_DEGREES, 0);
    cosmo_tabling_text(table, b->zone != NULL ? b->zone->id : NULL);
    cosmo_tabling_fixed(table, judged ? 100.0 * (double)b->n_in_zone / (double)b->n : NAN, 1);
}

static bool risk_sheets_ellipses(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {
        "Body",           "Holds, %",     "Latitude, deg", "Longitude, deg",    "Semi-major axis, km",
        "Semi-minor, km", "Azimuth, deg", "Declared zone", "Falls inside it, %"};
    static const bool numeric[] = {false, true, true, true, true, true, true, false, true};
    const cosmo_scatter *s = &r->scatter;
    const size_t n = COSMO_RISK_SHARES * s->n_bodies;
    cosmo_tabling table = cosmo_tabling_begin(arena, n, 9);
    for (size_t i = 0; i < n; i++)
        risk_sheets_ellipse(&table, &s->bodies[i / COSMO_RISK_SHARES], cosmo_risk_layer_shares[i % COSMO_RISK_SHARES]);
    const char *note = cosmo_arena_print(arena,
                                         "Over %llu dispersed flights, as a bivariate normal distribution. Inside a "
                                         "zone: the share of these flights; a dash where the zone's centre or size is "
                                         "not published.",
                                         (unsigned long long)s->n);
    *sheet = (cosmo_sheet){"ellipses", "Where planned drops scatter", note, 9, n, heads, numeric, table.cells};
    return !table.failed && note != NULL;
}

/* ---- who lives there --------------------------------------------------------------------------------------------- */

static double risk_sheets_reach_m(const cosmo_scatter_body *b)
{
    double major = 0.0, minor, azimuth;
    if (b->n > 1)
        cosmo_scatter_ellipse(b->covariance_m2, cosmo_risk_layer_shares[COSMO_RISK_SHARES - 1], &major, &minor,
                              &azimuth);
    return major;
}

/* The least share whose ellipse about a body's centre has a place in it; 0: none within the largest one's reach has. */
static double risk_sheets_share_at(const cosmo_scatter_body *b, double reach_m, const cosmo_place *place)
{
    static const double LEAST_DEGREE_M = 110e3; /* shorter than any degree of latitude */
    const cosmo_geodetic at = {place->latitude_deg / RISK_SHEETS_DEGREES, place->longitude_deg / RISK_SHEETS_DEGREES,
                               0.0};
    const double north_deg = fabs(place->latitude_deg - b->center.latitude_rad * RISK_SHEETS_DEGREES);
    if (!(north_deg * LEAST_DEGREE_M < reach_m)) return 0.0;
    for (size_t k = 0; k < COSMO_RISK_SHARES; k++) {
        double major, minor, azimuth;
        cosmo_scatter_ellipse(b->covariance_m2, cosmo_risk_layer_shares[k], &major, &minor, &azimuth);
        if (cosmo_geodesic_in_ellipse(at, b->center, 2.0 * major, 2.0 * minor, azimuth))
            return cosmo_risk_layer_shares[k];
    }
    return 0.0;
}

/* "core 50 %, aft-skirt 97 %"; "" where no ellipse has the place in it, NULL when memory is out. */
static const char *risk_sheets_bodies_at(const cosmo_scatter *s, const double *reach_m, const cosmo_place *place,
                                         cosmo_arena *arena)
{
    const char *text = "";
    for (size_t b = 0; b < s->n_bodies && text != NULL; b++) {
        const double share = risk_sheets_share_at(&s->bodies[b], reach_m[b], place);
        if (share > 0.0)
            text = cosmo_arena_print(arena, "%s%s%s %.0f %%", text, text[0] != '\0' ? ", " : "", s->bodies[b].body,
                                     100.0 * share);
    }
    return text;
}

static bool risk_sheets_places(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Settlement", "Country", "People", "Latitude, deg", "Longitude, deg", "Inside"};
    static const bool numeric[] = {false, false, true, true, true, false};
    const cosmo_map *map = &r->flown.mission->map;
    cosmo_tabling table = cosmo_tabling_begin(arena, RISK_SHEETS_PLACES, 6);
    size_t n = 0, inside = 0;
    double people = 0.0, reach_m[COSMO_BODIES_MAX];
    for (size_t b = 0; b < r->scatter.n_bodies; b++) reach_m[b] = risk_sheets_reach_m(&r->scatter.bodies[b]);
    for (size_t i = 0; i < map->n_places && !table.failed; i++) {
        const cosmo_place *place = &map->places[i];
        const char *bodies = risk_sheets_bodies_at(&r->scatter, reach_m, place, arena);
        if (bodies == NULL) return false;
        if (bodies[0] == '\0') continue;
        inside++;
        people += (double)place->population;
        if (n == RISK_SHEETS_PLACES) continue;
        cosmo_tabling_text(&table, place->name);
        cosmo_tabling_text(&table, place->country);
        cosmo_tabling_fixed(&table, place->population > 0 ? (double)place->population : NAN, 0);
        cosmo_tabling_fixed(&table, place->latitude_deg, 3);
        cosmo_tabling_fixed(&table, place->longitude_deg, 3);
        cosmo_tabling_text(&table, bodies);
        n++;
    }
    const char *note = cosmo_arena_print(
        arena, "Settlements inside the ellipses, and the smallest ellipse of each body: %llu with %.0f people%s.",
        (unsigned long long)inside, people, inside > n ? ", the largest of them shown" : "");
    *sheet = (cosmo_sheet){"places", "Who lives where planned drops fall", note, 6, n, heads, numeric, table.cells};
    return !table.failed && note != NULL;
}

/* ---- what moves them --------------------------------------------------------------------------------------------- */

static int risk_sheets_compare(const void *a, const void *b)
{
    const cosmo_risk_mover *x = a, *y = b;
    if (x->most_m != y->most_m) return x->most_m < y->most_m ? 1 : -1;
    return x->at < y->at ? -1 : 1;
}

size_t cosmo_risk_sheets_sort(const cosmo_scatter *s, size_t first, size_t last, cosmo_risk_mover *movers)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_effects; i++) {
        double most = 0.0;
        for (size_t b = first; b < last; b++)
            most = fmax(most, fmax(s->effects[i].along_m[b], s->effects[i].across_m[b]));
        if (most >= RISK_SHEETS_LEAST_M) movers[n++] = (cosmo_risk_mover){&s->effects[i], most, i};
    }
    if (n > 1) qsort(movers, n, sizeof *movers, risk_sheets_compare);
    return n;
}

static bool risk_sheets_movers(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_sheet *sheet)
{
    const cosmo_scatter *s = &r->scatter;
    cosmo_risk_mover *movers = cosmo_arena_array(arena, s->n_effects + 1, sizeof *movers);
    const char **heads = cosmo_arena_array(arena, s->n_bodies + 1, sizeof *heads);
    bool *numeric = cosmo_arena_array(arena, s->n_bodies + 1, sizeof *numeric);
    if (movers == NULL || heads == NULL || numeric == NULL) return false;
    heads[0] = "Input";
    numeric[0] = false;
    for (size_t b = 0; b < s->n_bodies; b++) {
        heads[b + 1] = s->bodies[b].body;
        numeric[b + 1] = true;
    }
    const size_t n = cosmo_risk_sheets_sort(s, 0, s->n_bodies, movers);
    cosmo_tabling table = cosmo_tabling_begin(arena, n, s->n_bodies + 1);
    for (size_t i = 0; i < n; i++) {
        const cosmo_scatter_effect *e = movers[i].effect;
        cosmo_tabling_text(&table, e->name);
        for (size_t b = 0; b < s->n_bodies; b++)
            cosmo_tabling_printed(&table,
                                  cosmo_arena_print(arena, "%.1f / %.1f", 1e-3 * e->along_m[b], 1e-3 * e->across_m[b]));
    }
    *sheet = (cosmo_sheet){"movers",
                           "What moves the impacts most",
                           "Along / across the track, km for one standard deviation of the input; the strongest first, "
                           "below 0.1 km left out.",
                           s->n_bodies + 1,
                           n,
                           heads,
                           numeric,
                           table.cells};
    return !table.failed;
}

bool cosmo_risk_sheets_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page)
{
    bool (*const makers[])(const cosmo_risk_case *, cosmo_arena *, cosmo_sheet *) = {
        risk_sheets_limits,      risk_sheets_expectation, risk_sheets_unknown,     risk_sheets_counts,
        risk_sheets_settlements, risk_sheets_neighbours,  risk_sheets_conditional, risk_sheets_ellipses,
        risk_sheets_places,      risk_sheets_movers};
    enum { OWN = sizeof makers / sizeof makers[0] };
    cosmo_sheet *sheets = cosmo_arena_array(arena, OWN + page->n_sheets, sizeof *sheets);
    if (sheets == NULL) return false;
    size_t n = 0;
    for (size_t i = 0; i < OWN; i++) {
        if (!makers[i](r, arena, &sheets[n])) return false;
        n += sheets[n].n_rows > 0;
    }
    if (page->n_sheets > 0) memcpy(&sheets[n], page->sheets, page->n_sheets * sizeof *sheets);
    page->sheets = sheets;
    page->n_sheets += n;
    return true;
}
