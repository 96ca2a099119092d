/* One flight under way: its stages, what is pending, what has happened. */
#ifndef COSMO_ASCENT_LANE_H
#define COSMO_ASCENT_LANE_H

#include "ascent/program.h"
#include "flight/motion.h"

enum { LANE_ACTIONS_MAX = 64, LANE_EVENTS_MAX = 64 };

typedef enum lane_phase { LANE_OFF, LANE_RISING, LANE_BURNING, LANE_FADING, LANE_SPENT } lane_phase;

typedef struct lane_stage {
    int phase, channel;       /* channel of the motion kernels that holds its propellant while it burns, or -1 */
    double level, level_rate; /* fraction of full thrust at t_level, and how it moves */
    double t_level;
    double usable_kg; /* while no channel holds it */
    double t_cutoff;  /* predicted or commanded; NaN */
    bool attached;
} lane_stage;

/* In the order in which they act when they fall on the same moment. */
typedef enum lane_action_kind {
    LANE_CUT,
    LANE_FADED,
    LANE_SEPARATE,
    LANE_IGNITE,
    LANE_RISEN,
    LANE_THROTTLE,
    LANE_JETTISON,
    LANE_KICK,
    LANE_KICKED,
    LANE_TURN,
    LANE_PITCH,
    LANE_GUIDE,
    LANE_TICK,
    LANE_BURN,
    LANE_END
} lane_action_kind;
typedef struct lane_action {
    double t;
    int kind, target;
} lane_action;

typedef struct lane_event {
    int event;
    double t;
    double y[MOTION_STATES];
    double mass_kg;
} lane_event;
typedef struct lane_body {
    int body;
    double mass_kg;
    cosmo_state released;
} lane_body;

/* The gravity turn of a design is flown along the velocity, that of any other flight by the design's attitudes. */
typedef enum lane_steering {
    LANE_STEER_UP,
    LANE_STEER_PITCH,
    LANE_STEER_VELOCITY,
    LANE_STEER_ATTITUDE,
    LANE_STEER_GUIDED
} lane_steering;

/* What guidance found when it began: the values that it keeps from cycle to cycle, and the velocity they were for. */
typedef struct lane_load {
    bool ready;
    cosmo_vec3 velocity_m_s, v_go_m_s, r_bias_m, r_wanted_m, r_gravity_m;
    cosmo_vec3 direction; /* of the thrust */
    double t_go_s;
} lane_load;
/* What a vehicle is loaded with before it flies: its design's attitudes and guidance's first solution there. */
typedef struct lane_plan {
    motion_attitude attitude;
    lane_load load;
} lane_plan;

typedef struct lane {
    const program *program;
    cosmo_controls controls;
    cosmo_variation variation;
    const lane_plan *plan; /* flown in a gravity turn's place; NULL: this flight is a design */
    lane_load found;       /* when guidance began */
    bool lend;             /* the inserting stage may burn more than it has */
    double t;
    double payload_kg;
    lane_stage stages[COSMO_STAGES_MAX];
    bool item_attached[PROGRAM_ITEMS_MAX], item_armed[PROGRAM_ITEMS_MAX];
    double event_time[PROGRAM_EVENTS_MAX]; /* NaN until known */
    lane_action actions[LANE_ACTIONS_MAX];
    size_t n_actions;
    lane_event events[LANE_EVENTS_MAX];
    size_t n_events;
    lane_body bodies[COSMO_BODIES_MAX];
    size_t n_bodies;
    int channel_stage[2]; /* which stage a channel holds, or -1 */
    int steering;
    double pitch_start, pitch_rate, t_steer;
    cosmo_vec3 plane_normal; /* of the pitch plane */
    /* guidance */
    bool guided, guidance_begun, final_phase, inserted, ended;
    int burn;                    /* -1: ascent, else the index of the burn under way or done */
    int guided_stage;            /* whose cut-off guidance commands */
    double t_tick, t_last_cycle; /* when the next cycle is due, and when the last one was */
    cosmo_vec3 v_tick, r_tick;   /* state at the last cycle */
    double radius_m, speed_m_s, sin_path, cos_path, inclination_rad, node_rad;
    double burn_near_m, burn_aim_m; /* apsis radii that the burn under way aims at */
    cosmo_state insertion;
    cosmo_stack stack; /* what there was at the end */
    /* extremes */
    double max_q_pa, max_q_t_s, max_acceleration_m_s2, max_q_alpha, heat_flux_after_fairing;
    bool fairing_gone;
    double flux, t_flux; /* heat flux at the last look */
} lane;

/* Put a flight on the pad and on a lane of the block; `plan` may be NULL. */
void cosmo_lane_begin(lane *l, const program *p, const cosmo_controls *controls, const cosmo_variation *variation,
                      const lane_plan *plan, bool lend, motion_block *block, int index);
/* Do everything that is due at l->t; sets the block's parameters and the next t_end. */
void cosmo_lane_act(lane *l, motion_block *block, int index);
/* Only the next t_end, where nothing is due but a look may have scheduled something sooner. */
void cosmo_lane_foresee(const lane *l, motion_block *block, int index);
/* Look at the state after an accepted, committed step. */
void cosmo_lane_watch(lane *l, motion_block *block, int index, const motion_probe *probe);
/* True when a guidance cycle is due now; cosmo_lane_guided takes its answer. */
bool cosmo_lane_tick_due(const lane *l);
/* Keep what is in flight now as the end of the flight. */
void cosmo_lane_keep_stack(lane *l, const motion_block *block, int index);
/* Total mass now. */
double cosmo_lane_mass_kg(const lane *l, const motion_block *block, int index);
void cosmo_lane_schedule(lane *l, double t, int kind, int target);
void cosmo_lane_unschedule(lane *l, int kind, int target);
/* Full-thrust fraction, thrust and flow of a stage at t. */
double cosmo_lane_level(const lane_stage *s, double t);
double cosmo_lane_thrust_n(const lane *l, int stage);
double cosmo_lane_exhaust_m_s(const lane *l, int stage);
double cosmo_lane_throttle_at(const program_stage *s, double t, double *until);
/* Propellant a stage can still burn. */
double cosmo_lane_usable_kg(const lane *l, const motion_block *block, int index, int stage);
void cosmo_lane_record(lane *l, int event, const motion_block *block, int index);

#endif
