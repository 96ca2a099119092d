/* The generated table against a fresh integration of the species equations, and the kernel's behaviour at its seams. */
#include "../../tools/us76_model.h"
#include "cosmodrome/earth.h"
#include "suite.h"

static us76_point points[US76_POINTS];

START_TEST(table_agrees_with_a_new_integration)
{
    double worst[3] = {0};
    us76_integrate(points);
    for (int i = 0; i < US76_POINTS; i++) {
        const double z = 86.0 + i / (double)US76_STEPS_PER_KM;
        if (z > 148.0 && z < 150.0) continue; /* hydrogen begins at 150 km: see the next test */
        const cosmo_air_state air = cosmo_atmosphere_us76(1000.0 * z);
        worst[0] = fmax(worst[0], fabs(air.temperature_k / points[i].temperature_k - 1.0));
        worst[1] = fmax(worst[1], fabs(air.pressure_pa / points[i].pressure_pa - 1.0));
        worst[2] = fmax(worst[2], fabs(air.density_kg_m3 / points[i].density_kg_m3 - 1.0));
    }
    suite_error("temperature, relative", worst[0], "", 1e-6);
    suite_error("pressure, relative", worst[1], "", 1e-6);
    suite_error("density, relative (N_A k against R*: 2.3e-6)", worst[2], "", 3.5e-6);
}
END_TEST

/* The steps at the joints: the layers against 86 km's species (4e-5, the source's own), hydrogen's start (7e-6). */
START_TEST(joints)
{
    static const struct {
        double altitude_km, pressure_step;
    } joint[] = {
        {11.019, 1e-6}, {20.063, 1e-6}, {32.162, 1e-6}, {47.35, 1e-6}, {51.413, 1e-6}, {71.802, 1e-6}, {86, 4e-5},
        {91, 1e-6},     {100, 1e-6},    {120, 1e-6},    {126, 1e-6},   {150, 1e-5},    {216, 1e-6},    {1000, 1e-6},
    };
    for (size_t i = 0; i < sizeof joint / sizeof joint[0]; i++) {
        const double z = 1000.0 * joint[i].altitude_km;
        const double under = cosmo_atmosphere_us76(z - 1e-3).pressure_pa,
                     over = cosmo_atmosphere_us76(z + 1e-3).pressure_pa;
        char what[64];
        snprintf(what, sizeof what, "pressure step at %g km", joint[i].altitude_km);
        suite_error(what, over / under - 1.0, "", joint[i].pressure_step);
    }
}
END_TEST

START_TEST(hydrostatic_between_layers)
{
    double worst = 0.0;
    for (double z = -4000.0; z < 85000.0; z += 100.0) {
        const double g = US76_G0 * pow(6356766.0 / (6356766.0 + z), 2.0);
        const double slope =
            (cosmo_atmosphere_us76(z + 1.0).pressure_pa - cosmo_atmosphere_us76(z - 1.0).pressure_pa) / 2.0;
        worst = fmax(worst, fabs(slope / (g * cosmo_atmosphere_us76(z).density_kg_m3) + 1.0));
    }
    suite_error("dp/dz + g rho, relative, -4 to 85 km", worst, "", 1e-6);
}
END_TEST

START_TEST(outside_the_tables)
{
    const cosmo_air_state deep = cosmo_atmosphere_us76(-1e7), floor_air = cosmo_atmosphere_us76(-20000.0);
    ck_assert_double_eq(deep.density_kg_m3, floor_air.density_kg_m3);
    const double a = cosmo_atmosphere_us76(1.1e6).density_kg_m3, b = cosmo_atmosphere_us76(1.2e6).density_kg_m3;
    const double c = cosmo_atmosphere_us76(1.3e6).density_kg_m3;
    suite_error("exponential above 1,000 km", a * c / (b * b) - 1.0, "", 1e-12);
    ck_assert(cosmo_atmosphere_us76(1e9).density_kg_m3 == 0.0);
    ck_assert(isfinite(cosmo_atmosphere_us76(1e9).sound_speed_m_s));
    ck_assert(cosmo_atmosphere_us76(NAN).density_kg_m3 != 0.0); /* read as the floor or NaN, never a wild index */
}
END_TEST

COSMO_SUITE("earth/us76_table", table_agrees_with_a_new_integration, joints, hydrostatic_between_layers,
            outside_the_tables)
