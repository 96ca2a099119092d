/* The worst blast of a mission: the vehicle explodes on its pad, fully loaded, in the air of the day. */
#include "cosmodrome/study.h"
#include "study/risk_parts.h"

#include <math.h>

static const double RISK_FAR_FIELD_DEGREES = 180.0 / 3.14159265358979323846;
/* What the overpressures do: the casualties of the law, then Clancey's table (1972, at second hand). */
static const struct {
    double overpressure_pa;
    const char *key, *meaning;
} RISK_FAR_FIELD_LEVELS[COSMO_RISK_FAR_FIELD_LEVELS] = {
    {6894.757293168361, "reach_1_psi_m", "people are counted as casualties"},
    {2070.0, "reach_2070_pa_m", "a tenth of the windows breaks"},
    {1030.0, "reach_1030_pa_m", "typical for glass to break"},
    {210.0, "reach_210_pa_m", "large windows under strain break now and then"}};

static double risk_far_field_propellant_kg(const cosmo_stage *stage)
{
    const cosmo_tank *tanks = stage->tanks.items;
    double sum_kg = 0.0;
    for (size_t i = 0; i < stage->tanks.n; i++)
        if (tanks[i].burns) sum_kg += tanks[i].load_kg;
    return (double)stage->count * sum_kg;
}

static double risk_far_field_tnt_kg(const cosmo_vehicle *vehicle, cosmo_run *run)
{
    const cosmo_stage *stages = vehicle->stages.items;
    double propellant_kg[COSMO_PROPELLANTS_KINDS] = {0.0};
    for (size_t i = 0; i < vehicle->stages.n; i++) {
        const cosmo_propellants kind = cosmo_blast_propellants_of(&stages[i]);
        propellant_kg[kind] += risk_far_field_propellant_kg(&stages[i]);
        if (kind == COSMO_PROPELLANTS_INERT)
            cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                           "far-field blast: no yield is known for the propellants of %s, which count for nothing",
                           stages[i].id);
    }
    return cosmo_blast_pad_tnt_of_all_kg(propellant_kg);
}

static const char *risk_far_field_weather(const cosmo_mission *mission)
{
    if (mission->sounding_file != NULL) return mission->sounding_file;
    return mission->has_weather ? "standard air, one wind at every height" : "standard air without wind";
}

static cosmo_risk_far_field_row risk_far_field_row(const cosmo_far_field *field, size_t azimuth)
{
    const double *focus = field->fans[azimuth].focus;
    size_t peak = 0;
    for (size_t i = 1; i < COSMO_FAR_FIELD_CELLS; i++)
        if (focus[i] > focus[peak]) peak = i;
    cosmo_risk_far_field_row row = {.azimuth_rad = cosmo_far_field_azimuth_rad(azimuth), .focus = focus[peak]};
    row.focus_distance_m = row.focus > 1.0 ? ((double)peak + 0.5) * COSMO_FAR_FIELD_CELL_M : NAN;
    for (int k = 0; k < COSMO_RISK_FAR_FIELD_LEVELS; k++)
        row.reach_m[k] = cosmo_far_field_reach_m(field, azimuth, RISK_FAR_FIELD_LEVELS[k].overpressure_pa);
    return row;
}

static void risk_far_field_rows(const cosmo_far_field *field, cosmo_risk_far_field *result)
{
    for (size_t i = 0; i < COSMO_FAR_FIELD_AZIMUTHS; i++) result->rows[i] = risk_far_field_row(field, i);
    for (int k = 0; k < COSMO_RISK_FAR_FIELD_LEVELS; k++)
        result->uniform_reach_m[k] =
            cosmo_blast_sachs_radius_m(field->tnt_kg, field->ambient_pa, RISK_FAR_FIELD_LEVELS[k].overpressure_pa);
}

cosmo_status cosmo_risk_far_field_run(const cosmo_mission *mission, const cosmo_people *people, cosmo_arena *arena,
                                      cosmo_run *run, cosmo_risk_far_field *result)
{
    const cosmo_pad *pad = mission->pad;
    const cosmo_geodetic place = {pad->latitude_rad, pad->longitude_rad, pad->altitude_m};
    *result = (cosmo_risk_far_field){.weather = risk_far_field_weather(mission)};
    result->tnt_kg = risk_far_field_tnt_kg(&mission->vehicle, run);
    if (!(result->tnt_kg > 0.0)) return COSMO_OK;
    cosmo_far_field *field = cosmo_arena_alloc(arena, sizeof *field);
    COSMO_NEED(field, run);
    cosmo_far_field_make(result->tnt_kg, mission->has_weather ? &mission->air : NULL, pad->altitude_m, field);
    risk_far_field_rows(field, result);
    result->broken_panes = cosmo_far_field_broken_panes(field, place, people, mission->risk.clear_distance_m);
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "far-field blast: all propellant explodes on the pad, %.3g t of TNT by the yields for siting; flat "
                   "hard ground, focus from 1 to 5, 19 panes a person; air: %s",
                   1e-3 * result->tnt_kg, result->weather);
    return COSMO_OK;
}

/* ---- in the summary ---- */

/* The fan where an overpressure reaches farthest; of several alike the first. */
static const cosmo_risk_far_field_row *risk_far_field_farthest(const cosmo_risk_far_field *result, size_t level)
{
    const cosmo_risk_far_field_row *best = &result->rows[0];
    for (size_t i = 1; i < COSMO_FAR_FIELD_AZIMUTHS; i++)
        if (result->rows[i].reach_m[level] > best->reach_m[level]) best = &result->rows[i];
    return best;
}

static const cosmo_risk_far_field_row *risk_far_field_strongest(const cosmo_risk_far_field *result)
{
    const cosmo_risk_far_field_row *best = &result->rows[0];
    for (size_t i = 1; i < COSMO_FAR_FIELD_AZIMUTHS; i++)
        if (result->rows[i].focus > best->focus) best = &result->rows[i];
    return best;
}

static void risk_far_field_focus(cosmo_described *out, const cosmo_risk_far_field_row *row)
{
    cosmo_described_number(out, "azimuth_deg", row->azimuth_rad * RISK_FAR_FIELD_DEGREES, "from north, clockwise");
    cosmo_described_number(out, "focus", row->focus, "largest overpressure over that in uniform air, 1 to 5");
    cosmo_described_number(out, "focus_distance_m", row->focus_distance_m, "where; null: nowhere gathered");
}

static void risk_far_field_reach(cosmo_described *out, const cosmo_risk_far_field *result, size_t level)
{
    const cosmo_risk_far_field_row *row = risk_far_field_farthest(result, level);
    cosmo_described_item(out);
    cosmo_described_number(out, "overpressure_pa", RISK_FAR_FIELD_LEVELS[level].overpressure_pa, "peak, incident");
    cosmo_described_text(out, "meaning", RISK_FAR_FIELD_LEVELS[level].meaning, "what it does");
    cosmo_described_number(out, "distance_m", row->reach_m[level], "farthest from the pad");
    cosmo_described_number(out, "azimuth_deg", row->azimuth_rad * RISK_FAR_FIELD_DEGREES, "in which direction");
    cosmo_described_number(out, "uniform_air_m", result->uniform_reach_m[level], "distance in uniform air");
    cosmo_described_item_end(out);
}

static void risk_far_field_azimuth(cosmo_described *out, const cosmo_risk_far_field_row *row)
{
    cosmo_described_item(out);
    risk_far_field_focus(out, row);
    for (int k = 0; k < COSMO_RISK_FAR_FIELD_LEVELS; k++)
        cosmo_described_number(out, RISK_FAR_FIELD_LEVELS[k].key, row->reach_m[k], RISK_FAR_FIELD_LEVELS[k].meaning);
    cosmo_described_item_end(out);
}

void cosmo_risk_far_field_describe(cosmo_described *out, const cosmo_risk_far_field *result)
{
    const char *help = "blast of the full vehicle on its pad; null: no propellant with a known yield";
    if (!cosmo_described_object(out, "far_field", result->tnt_kg > 0.0, help)) return;
    cosmo_described_number(out, "tnt_kg", result->tnt_kg, "by the yields for siting, 14 CFR 420.67");
    cosmo_described_text(out, "weather", out->schema ? "" : result->weather, "the air that bends the blast");
    cosmo_described_number(out, "broken_panes", result->broken_panes,
                           "expected, 19 a person, outside risk.clear_distance");
    cosmo_described_object(out, "strongest", true, "where the blast is gathered most");
    risk_far_field_focus(out, risk_far_field_strongest(result));
    cosmo_described_object_end(out);
    const size_t levels =
        cosmo_described_list(out, "reach", COSMO_RISK_FAR_FIELD_LEVELS, "how far overpressures reach");
    for (size_t i = 0; i < levels; i++) risk_far_field_reach(out, result, i);
    cosmo_described_list_end(out);
    const size_t n = cosmo_described_list(out, "azimuths", COSMO_FAR_FIELD_AZIMUTHS, "all round");
    for (size_t i = 0; i < n; i++) risk_far_field_azimuth(out, &result->rows[i]);
    cosmo_described_list_end(out);
    cosmo_described_object_end(out);
}

void cosmo_risk_far_field_print(const cosmo_risk_far_field *result, cosmo_text *out)
{
    if (!(result->tnt_kg > 0.0)) return;
    const cosmo_risk_far_field_row *strongest = risk_far_field_strongest(result);
    cosmo_text_print(out, "\nBlast far away, the full vehicle on its pad: %.1f t of TNT, focus at most %.2f",
                     1e-3 * result->tnt_kg, strongest->focus);
    if (strongest->focus > 1.0)
        cosmo_text_print(out, " (%.1f km, %.0f deg)", 1e-3 * strongest->focus_distance_m,
                         strongest->azimuth_rad * RISK_FAR_FIELD_DEGREES);
    cosmo_text_print(out, "\n  %-36s %9.2e\n", "window panes broken", result->broken_panes);
    for (size_t k = 0; k < COSMO_RISK_FAR_FIELD_LEVELS; k++) {
        const cosmo_risk_far_field_row *row = risk_far_field_farthest(result, k);
        cosmo_text_print(out, "  %5.0f Pa to %5.1f km (%3.0f deg; %.1f in uniform air): %s\n",
                         RISK_FAR_FIELD_LEVELS[k].overpressure_pa, 1e-3 * row->reach_m[k],
                         row->azimuth_rad * RISK_FAR_FIELD_DEGREES, 1e-3 * result->uniform_reach_m[k],
                         RISK_FAR_FIELD_LEVELS[k].meaning);
    }
}
