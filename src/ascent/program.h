/* A flight compiled for simulation: stages with totals over their units, and what waits for which event. */
#ifndef COSMO_ASCENT_PROGRAM_H
#define COSMO_ASCENT_PROGRAM_H

#include "cosmodrome/ascent.h"

enum {
    PROGRAM_ITEMS_MAX = 8,
    PROGRAM_WAITS_MAX = 24,
    PROGRAM_BURNS_MAX = 6,
    PROGRAM_EVENT_LIFTOFF = 0, /* then three a stage (ignition, cut-off, separation), then one an item */
    PROGRAM_EVENTS_MAX = 1 + 3 * COSMO_STAGES_MAX + PROGRAM_ITEMS_MAX
};

/* A stage, all units together. */
typedef struct program_stage {
    const cosmo_stage *data;
    double thrust_vacuum_n, exit_area_m2, exhaust_m_s;
    double dry_kg;        /* structure, gases that stay aboard; without items that are part of it */
    double residual_kg;   /* never burnt in flight: residuals and reserve */
    double usable_kg;     /* at liftoff */
    double cutoff_time_s; /* NaN: by depletion or guidance */
    bool lit_by_burns;    /* not by the vehicle's own sequence */
    const cosmo_table *throttle;
    double acceleration_limit_m_s2;
    cosmo_drag_curve drag; /* of the stack while this is the lowest stage attached */
    double drag_area_m2, lift_area_m2;
} program_stage;

typedef enum program_wait_kind {
    PROGRAM_WAIT_IGNITION,
    PROGRAM_WAIT_JETTISON,
    PROGRAM_WAIT_GUIDANCE
} program_wait_kind;
/* `target` happens `offset_s` after `event`. */
typedef struct program_wait {
    int event, kind, target;
    double offset_s;
} program_wait;

typedef struct program {
    const cosmo_flight *flight;
    size_t n_stages, n_items, n_waits, n_burns;
    program_stage stages[COSMO_STAGES_MAX];
    const cosmo_item *items[PROGRAM_ITEMS_MAX];
    int item_stage[PROGRAM_ITEMS_MAX]; /* stage whose dry mass includes it, or -1 */
    program_wait waits[PROGRAM_WAITS_MAX];
    const cosmo_burn *burns[PROGRAM_BURNS_MAX];
    int burn_stage[PROGRAM_BURNS_MAX];
    int inserter; /* the stage whose cut-off guidance commands at insertion */
    const char *event_names[PROGRAM_EVENTS_MAX];
    size_t n_events;
    double liftoff_thrust_n, liftoff_mass_kg; /* at sea level; the flight's payload included */
    double vertical_rise_s, pitch_over_rate_rad_s, cycle_s;
    cosmo_flight_limits limits;
} program;

static inline int program_event_ignition(int stage)
{
    return 1 + 3 * stage;
}
static inline int program_event_cutoff(int stage)
{
    return 2 + 3 * stage;
}
static inline int program_event_separation(int stage)
{
    return 3 + 3 * stage;
}
static inline int program_event_jettison(const program *p, int item)
{
    return 1 + 3 * (int)p->n_stages + item;
}

/* Compile; checks that references hold and that the vehicle can lift off. */
cosmo_status cosmo_program_make(const cosmo_flight *flight, cosmo_arena *arena, cosmo_run *run, program *out);
/* The body a stage or item index makes when it leaves: 0..n_stages-1 stages, then items. */
const char *cosmo_program_body_name(const program *p, int body);
int cosmo_program_body_index(const program *p, const char *name);

#endif
