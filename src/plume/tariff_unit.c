/* Units of rates: read, multiplied, compared, written back. */
#include "plume/tariff_unit.h"

#include <string.h>

enum { TARIFF_UNIT_KG, TARIFF_UNIT_M, TARIFF_UNIT_YEAR, TARIFF_UNIT_PERSON, TARIFF_UNIT_SAMPLE, TARIFF_UNIT_HEAD };
enum { TARIFF_UNIT_WORD_MAX = 15, TARIFF_UNIT_CODE_LENGTH = 3, TARIFF_UNIT_FACTORS_MAX = 8 };

static const char *const TARIFF_UNIT_BASE_NAMES[COSMO_TARIFF_UNIT_BASES] = {"kg",     "m",      "year",
                                                                            "person", "sample", "head"};
static const struct {
    const char *name;
    int base, power;
    double factor;
} TARIFF_UNIT_WORDS[] = {
    {"kg", TARIFF_UNIT_KG, 1, 1.0},         {"t", TARIFF_UNIT_KG, 1, 1000.0},   {"m", TARIFF_UNIT_M, 1, 1.0},
    {"m2", TARIFF_UNIT_M, 2, 1.0},          {"m3", TARIFF_UNIT_M, 3, 1.0},      {"ha", TARIFF_UNIT_M, 2, 1e4},
    {"km2", TARIFF_UNIT_M, 2, 1e6},         {"year", TARIFF_UNIT_YEAR, 1, 1.0}, {"person", TARIFF_UNIT_PERSON, 1, 1.0},
    {"sample", TARIFF_UNIT_SAMPLE, 1, 1.0}, {"head", TARIFF_UNIT_HEAD, 1, 1.0},
};
enum { TARIFF_UNIT_N = sizeof TARIFF_UNIT_WORDS / sizeof TARIFF_UNIT_WORDS[0] };

static bool tariff_unit_is_code(const char *word)
{
    return strlen(word) == TARIFF_UNIT_CODE_LENGTH && strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(word);
}

static bool tariff_unit_add_code(cosmo_tariff_unit *unit, const char *name, int power)
{
    for (size_t i = 0; i < unit->n_codes; i++) {
        if (strcmp(unit->codes[i].name, name) != 0) continue;
        unit->codes[i].power += power;
        return true;
    }
    if (unit->n_codes == COSMO_TARIFF_UNIT_CODES) return false;
    memcpy(unit->codes[unit->n_codes].name, name, TARIFF_UNIT_CODE_LENGTH + 1);
    unit->codes[unit->n_codes++].power = power;
    return true;
}

static const char *tariff_unit_explain(const char *word, cosmo_arena *arena)
{
    const char *names[TARIFF_UNIT_N];
    for (size_t i = 0; i < TARIFF_UNIT_N; i++) names[i] = TARIFF_UNIT_WORDS[i].name;
    const char *nearest = cosmo_text_nearest(word, names, TARIFF_UNIT_N);
    const char *hint =
        nearest != NULL ? cosmo_arena_print(arena, "has an unknown part '%s'; did you mean '%s'?", word, nearest)
                        : cosmo_arena_print(arena, "has an unknown part '%s'; write for example KZT/t or RUB/m2", word);
    return hint != NULL ? hint : "has an unknown part";
}

/* One word times or over what there is. */
static const char *tariff_unit_take(const char *word, int power, cosmo_arena *arena, cosmo_tariff_unit *unit)
{
    for (size_t i = 0; i < TARIFF_UNIT_N; i++) {
        if (strcmp(TARIFF_UNIT_WORDS[i].name, word) != 0) continue;
        const double factor = TARIFF_UNIT_WORDS[i].factor;
        unit->powers[TARIFF_UNIT_WORDS[i].base] += power * TARIFF_UNIT_WORDS[i].power;
        unit->factor = power > 0 ? unit->factor * factor : unit->factor / factor;
        return NULL;
    }
    if (strcmp(word, "1") == 0) return NULL;
    if (!tariff_unit_is_code(word)) return tariff_unit_explain(word, arena);
    return tariff_unit_add_code(unit, word, power) ? NULL : "has more than four currencies or units of account";
}

const char *cosmo_tariff_unit_parse(const char *text, cosmo_arena *arena, cosmo_tariff_unit *unit)
{
    *unit = (cosmo_tariff_unit){.factor = 1.0};
    int power = 1;
    const char *c = text;
    for (size_t n = 0; n < TARIFF_UNIT_FACTORS_MAX; n++) {
        const size_t length = strcspn(c, " /");
        if (length == 0 || length > TARIFF_UNIT_WORD_MAX) return "is not a unit such as KZT/t, RUB/m2 or 1";
        char word[TARIFF_UNIT_WORD_MAX + 1] = "";
        memcpy(word, c, length);
        const char *trouble = tariff_unit_take(word, power, arena, unit);
        if (trouble != NULL || c[length] == '\0') return trouble;
        power = c[length] == '/' ? -1 : 1;
        c += length + 1;
    }
    return "has too many parts";
}

bool cosmo_tariff_unit_multiply(cosmo_tariff_unit *product, const cosmo_tariff_unit *by, int power)
{
    product->factor = power > 0 ? product->factor * by->factor : product->factor / by->factor;
    for (size_t i = 0; i < COSMO_TARIFF_UNIT_BASES; i++) product->powers[i] += power * by->powers[i];
    for (size_t i = 0; i < by->n_codes; i++)
        if (!tariff_unit_add_code(product, by->codes[i].name, power * by->codes[i].power)) return false;
    return true;
}

bool cosmo_tariff_unit_alike(const cosmo_tariff_unit *a, const cosmo_tariff_unit *b)
{
    cosmo_tariff_unit ratio = *a;
    if (!cosmo_tariff_unit_multiply(&ratio, b, -1)) return false;
    for (size_t i = 0; i < COSMO_TARIFF_UNIT_BASES; i++)
        if (ratio.powers[i] != 0) return false;
    for (size_t i = 0; i < ratio.n_codes; i++)
        if (ratio.codes[i].power != 0) return false;
    return true;
}

static void tariff_unit_put(cosmo_text *out, const char *name, int power)
{
    const bool below = power < 0;
    if (below && out->length == 0) cosmo_text_put(out, "1");
    cosmo_text_print(out, "%s%s", below ? "/" : out->length > 0 ? " " : "", name);
    if (power * power > 1) cosmo_text_print(out, "%d", below ? -power : power);
}

const char *cosmo_tariff_unit_show(const cosmo_tariff_unit *unit, cosmo_arena *arena)
{
    cosmo_text out = cosmo_text_begin(arena);
    for (int sign = 1; sign >= -1; sign -= 2) {
        for (size_t i = 0; i < unit->n_codes; i++)
            if (sign * unit->codes[i].power > 0) tariff_unit_put(&out, unit->codes[i].name, unit->codes[i].power);
        for (size_t i = 0; i < COSMO_TARIFF_UNIT_BASES; i++)
            if (sign * unit->powers[i] > 0) tariff_unit_put(&out, TARIFF_UNIT_BASE_NAMES[i], unit->powers[i]);
    }
    if (out.length == 0) cosmo_text_put(&out, "1");
    return out.failed ? NULL : out.data;
}
