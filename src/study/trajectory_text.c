/* A trajectory as text for other programs: CSV and CCSDS OEM. */
#include "study/trajectory_text.h"

#include <math.h>
#include <string.h>

static const double TRAJECTORY_TEXT_DEGREES = 180.0 / 3.14159265358979323846;
static const char TRAJECTORY_TEXT_NO_DATE[] = "2000-01-01T00:00:00Z"; /* t = 0 without a liftoff time */
enum {
    TRAJECTORY_TEXT_COLUMNS = 21,
    TRAJECTORY_TEXT_EPOCH = 40,
    TRAJECTORY_TEXT_EPOCH_DECIMALS = 6,
    TRAJECTORY_TEXT_TERMS = 21
};

/* ---- CSV -----------------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *head;
    int decimals;
} TRAJECTORY_TEXT_HEADS[TRAJECTORY_TEXT_COLUMNS] = {
    {"t_s", 4},
    {"lat_deg", 8},
    {"lon_deg", 8},
    {"altitude_m", 2},
    {"speed_ground_m_s", 3},
    {"speed_inertial_m_s", 3},
    {"iip_lat_deg", 7},
    {"iip_lon_deg", 7},
    {"downrange_m", 1},
    {"flight_path_angle_deg", 5},
    {"heading_deg", 5},
    {"pitch_deg", 5},
    {"mach", 4},
    {"dynamic_pressure_pa", 2},
    {"mass_kg", 3},
    {"thrust_n", 1},
    {"drag_n", 1},
    {"felt_acceleration_m_s2", 5},
    {"heat_flux_w_m2", 3},
    {"iip_drag_lat_deg", 7},
    {"iip_drag_lon_deg", 7},
};

/* The values of a sample, in the order of the heads. */
static void trajectory_text_row(const cosmo_sample *s, double row[TRAJECTORY_TEXT_COLUMNS])
{
    const double k = TRAJECTORY_TEXT_DEGREES;
    const bool falls = s->iip.kind == COSMO_IIP_IMPACT, drags = s->iip_drag_valid;
    const double iip_lat = falls ? s->iip.place.latitude_rad * k : NAN,
                 iip_lon = falls ? s->iip.place.longitude_rad * k : NAN;
    const double drag_lat = drags ? s->iip_drag.latitude_rad * k : NAN,
                 drag_lon = drags ? s->iip_drag.longitude_rad * k : NAN;
    const double values[TRAJECTORY_TEXT_COLUMNS] = {s->state.t_s,
                                                    s->place.latitude_rad * k,
                                                    s->place.longitude_rad * k,
                                                    s->place.altitude_m,
                                                    s->speed_ground_m_s,
                                                    s->speed_inertial_m_s,
                                                    iip_lat,
                                                    iip_lon,
                                                    s->downrange_m,
                                                    s->flight_path_angle_rad * k,
                                                    s->heading_rad * k,
                                                    s->pitch_rad * k,
                                                    s->mach,
                                                    s->dynamic_pressure_pa,
                                                    s->mass_kg,
                                                    s->thrust_n,
                                                    s->drag_n,
                                                    s->felt_acceleration_m_s2,
                                                    s->heat_flux_w_m2,
                                                    drag_lat,
                                                    drag_lon};
    memcpy(row, values, sizeof values);
}

cosmo_status cosmo_trajectory_text_csv(const cosmo_case *flown, cosmo_arena *arena, cosmo_run *run, cosmo_text *out)
{
    const cosmo_trajectory *trajectory = &flown->ascent.trajectory;
    const char *heads[TRAJECTORY_TEXT_COLUMNS];
    int decimals[TRAJECTORY_TEXT_COLUMNS];
    double *columns[TRAJECTORY_TEXT_COLUMNS], row[TRAJECTORY_TEXT_COLUMNS];
    for (size_t c = 0; c < TRAJECTORY_TEXT_COLUMNS; c++) {
        heads[c] = TRAJECTORY_TEXT_HEADS[c].head;
        decimals[c] = TRAJECTORY_TEXT_HEADS[c].decimals;
        columns[c] = cosmo_arena_array(arena, trajectory->n + 1, sizeof *columns[c]);
        COSMO_NEED(columns[c], run);
    }
    for (size_t i = 0; i < trajectory->n; i++) {
        trajectory_text_row(&trajectory->samples[i], row);
        for (size_t c = 0; c < TRAJECTORY_TEXT_COLUMNS; c++) columns[c][i] = row[c];
    }
    cosmo_csv_write(out, TRAJECTORY_TEXT_COLUMNS, heads, (const double *const *)columns, decimals, trajectory->n);
    return out->failed ? cosmo_run_out_of_memory(run) : COSMO_OK;
}

/* ---- OEM -----------------------------------------------------------------------------------------------------------
 */

/* One line of the ephemeris; false where the time repeats the line before. */
static bool trajectory_text_state(const cosmo_sample *s, cosmo_utc start, char *epoch, const char *before,
                                  double *position, double *velocity)
{
    cosmo_vec3 r, v;
    cosmo_time_format(cosmo_time_add(start, s->state.t_s), TRAJECTORY_TEXT_EPOCH_DECIMALS, epoch);
    epoch[strlen(epoch) - 1] = '\0'; /* the format has no Z */
    if (before != NULL && strcmp(epoch, before) == 0) return false;
    cosmo_state_itrf(&s->state, &r, &v);
    memcpy(position, (double[]){r.x, r.y, r.z}, 3 * sizeof *position);
    memcpy(velocity, (double[]){v.x, v.y, v.z}, 3 * sizeof *velocity);
    return true;
}

static cosmo_status trajectory_text_states(const cosmo_case *flown, cosmo_utc start, cosmo_arena *arena, cosmo_run *run,
                                           cosmo_oem *oem)
{
    const cosmo_trajectory *trajectory = &flown->ascent.trajectory;
    const size_t room = trajectory->n + 1;
    const char **epochs = cosmo_arena_array(arena, room, sizeof *epochs);
    char *texts = cosmo_arena_array(arena, room, TRAJECTORY_TEXT_EPOCH);
    double *position = cosmo_arena_array(arena, room, 3 * sizeof *position),
           *velocity = cosmo_arena_array(arena, room, 3 * sizeof *velocity);
    COSMO_NEED(epochs, run);
    COSMO_NEED(texts, run);
    COSMO_NEED(position, run);
    COSMO_NEED(velocity, run);
    const bool whole = trajectory->n_spreads == 0 || !flown->ascent.inserted;
    const double last_s = whole ? INFINITY : flown->ascent.insertion.t_s;
    size_t n = 0;
    for (size_t i = 0; i < trajectory->n && trajectory->samples[i].state.t_s <= last_s; i++) {
        char *epoch = texts + n * TRAJECTORY_TEXT_EPOCH;
        if (!trajectory_text_state(&trajectory->samples[i], start, epoch, n > 0 ? epochs[n - 1] : NULL,
                                   position + 3 * n, velocity + 3 * n))
            continue;
        epochs[n++] = epoch;
    }
    oem->n = n;
    oem->epochs = epochs;
    oem->position_m = position;
    oem->velocity_m_s = velocity;
    return COSMO_OK;
}

static cosmo_status trajectory_text_covariances(const cosmo_trajectory *trajectory, cosmo_utc start, cosmo_arena *arena,
                                                cosmo_run *run, cosmo_oem *oem)
{
    const size_t n = trajectory->n_spreads;
    const char **epochs = cosmo_arena_array(arena, n + 1, sizeof *epochs);
    char *texts = cosmo_arena_array(arena, n + 1, TRAJECTORY_TEXT_EPOCH);
    double *covariance = cosmo_arena_array(arena, n + 1, sizeof trajectory->spreads->covariance);
    COSMO_NEED(epochs, run);
    COSMO_NEED(texts, run);
    COSMO_NEED(covariance, run);
    for (size_t i = 0; i < n; i++) {
        const cosmo_spread *spread = &trajectory->spreads[i];
        char *epoch = texts + i * TRAJECTORY_TEXT_EPOCH;
        cosmo_time_format(cosmo_time_add(start, spread->t_s), TRAJECTORY_TEXT_EPOCH_DECIMALS, epoch);
        if (strcmp(epoch, oem->epochs[oem->n - 1]) > 0) break;
        memcpy(covariance + i * TRAJECTORY_TEXT_TERMS, spread->covariance, sizeof spread->covariance);
        epochs[oem->n_covariances++] = epoch;
    }
    oem->covariance_epochs = epochs;
    oem->covariance = covariance;
    return COSMO_OK;
}

/* What the covariances are, for a reader of the file. */
static const char *trajectory_text_spread(const cosmo_trajectory *trajectory, cosmo_arena *arena)
{
    const cosmo_spread *spreads = trajectory->spreads, *last = &spreads[trajectory->n_spreads - 1];
    double most = 0.0;
    for (size_t i = 0; i < trajectory->n_spreads; i++) {
        const double *off = spreads[i].offset;
        most = fmax(most, off[0] * off[0] + off[1] * off[1] + off[2] * off[2]);
    }
    return cosmo_arena_print(arena,
                             "Covariances every second from %llu dispersed flights at equal times after liftoff, about "
                             "their mean, which lies up to %.0f m from these states; %llu flights had not ended by the "
                             "last of them, the others are left out where they have.",
                             (unsigned long long)spreads[0].n, sqrt(most), (unsigned long long)last->n);
}

cosmo_status cosmo_trajectory_text_oem(const cosmo_case *flown, const char *created_utc, cosmo_arena *arena,
                                       cosmo_run *run, cosmo_text *out)
{
    const cosmo_mission *m = flown->mission;
    const cosmo_trajectory *trajectory = &flown->ascent.trajectory;
    const bool dated = m->liftoff_utc != NULL, spread = trajectory->n_spreads > 0;
    const char *comments[3] = {"Nominal ascent. Velocities are relative to the turning Earth."};
    size_t n_comments = 1;
    if (!dated) comments[n_comments++] = "The mission gives no liftoff time: T+0 is written as 2000-01-01T00:00:00.";
    if (spread) comments[n_comments++] = trajectory_text_spread(trajectory, arena);
    COSMO_NEED(comments[n_comments - 1], run);
    cosmo_utc start = m->liftoff;
    if (!dated && cosmo_time_parse(TRAJECTORY_TEXT_NO_DATE, &start) != NULL)
        return cosmo_run_fail(run, COSMO_INTERNAL, "error: the date of undated missions cannot be read");
    const char *created = created_utc != NULL ? created_utc : dated ? m->liftoff_utc : TRAJECTORY_TEXT_NO_DATE;
    cosmo_oem oem = {.object_name = m->name,
                     .originator = "COSMODROME",
                     .creation_utc = created,
                     .centre = "EARTH",
                     .frame = "ITRF2000",
                     .time_system = "UTC",
                     .n_comments = n_comments,
                     .comments = comments};
    COSMO_TRY(trajectory_text_states(flown, start, arena, run, &oem));
    if (spread) COSMO_TRY(trajectory_text_covariances(trajectory, start, arena, run, &oem));
    cosmo_oem_write(out, &oem);
    return out->failed ? cosmo_run_out_of_memory(run) : COSMO_OK;
}
