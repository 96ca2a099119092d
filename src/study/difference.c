/* What differs between two JSON trees. */
#include "cosmodrome/study.h"

#include <math.h>
#include <string.h>

typedef struct difference_found {
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_difference *items;
    size_t n, capacity;
} difference_found;

static cosmo_status difference_add(difference_found *found, const char *path, const cosmo_yaml *before,
                                   const cosmo_yaml *after)
{
    if (found->n == found->capacity) {
        const size_t capacity = found->capacity != 0 ? 2 * found->capacity : 64;
        cosmo_difference *items = cosmo_arena_array(found->arena, capacity, sizeof *items);
        COSMO_NEED(items, found->run);
        if (found->n > 0) memcpy(items, found->items, found->n * sizeof *items);
        found->items = items;
        found->capacity = capacity;
    }
    double a, b, change = NAN;
    const char *x = before != NULL ? before->text : NULL, *y = after != NULL ? after->text : NULL;
    if (x != NULL && y != NULL && cosmo_text_number(x, &a) && cosmo_text_number(y, &b)) change = b - a;
    found->items[found->n++] = (cosmo_difference){path, x, y, change};
    return COSMO_OK;
}

/* What an entry of a list is known by, so that entries are compared with their like and not by their place. */
static const char *difference_name(const cosmo_yaml *entry)
{
    static const char *const keys[] = {"name", "body", "path", "id"};
    if (entry->kind == COSMO_YAML_SCALAR) return entry->text;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const cosmo_yaml *child = cosmo_yaml_child(entry, keys[i]);
        if (child != NULL && child->kind == COSMO_YAML_SCALAR) return child->text;
    }
    return NULL;
}

/* The entry of `list` with this name that stands at the same count of like-named ones. */
static const cosmo_yaml *difference_like(const cosmo_yaml *list, const char *name, size_t nth)
{
    for (const cosmo_yaml *entry = list->first_child; entry != NULL; entry = entry->next)
        if (difference_name(entry) != NULL && strcmp(difference_name(entry), name) == 0 && nth-- == 0) return entry;
    return NULL;
}

static size_t difference_count_before(const cosmo_yaml *list, const cosmo_yaml *stop)
{
    size_t n = 0;
    for (const cosmo_yaml *entry = list->first_child; entry != stop; entry = entry->next)
        n += difference_name(entry) != NULL && strcmp(difference_name(entry), difference_name(stop)) == 0;
    return n;
}

static cosmo_status difference_walk(difference_found *found, const char *path, const cosmo_yaml *before,
                                    const cosmo_yaml *after);

/* Children of one side that have no like on the other; `forward` false swaps the sides. */
static cosmo_status difference_children(difference_found *found, const char *path, const cosmo_yaml *from,
                                        const cosmo_yaml *to, bool forward)
{
    size_t index = 0;
    for (const cosmo_yaml *child = from->first_child; child != NULL; child = child->next, index++) {
        const char *name = from->kind == COSMO_YAML_MAP ? child->key : difference_name(child);
        if (name == NULL) name = cosmo_arena_print(found->arena, "%zu", index);
        COSMO_NEED(name, found->run);
        const cosmo_yaml *like = NULL;
        if (to != NULL && to->kind == from->kind)
            like = from->kind == COSMO_YAML_MAP     ? cosmo_yaml_child(to, name)
                   : difference_name(child) != NULL ? difference_like(to, name, difference_count_before(from, child))
                                                    : NULL;
        if (!forward && like != NULL) continue; /* seen from the other side */
        const bool scalar_entry = from->kind == COSMO_YAML_LIST && child->kind == COSMO_YAML_SCALAR;
        const char *inside = scalar_entry      ? path
                             : path[0] == '\0' ? name
                                               : cosmo_arena_print(found->arena, "%s.%s", path, name);
        COSMO_NEED(inside, found->run);
        COSMO_TRY(forward ? difference_walk(found, inside, child, like) : difference_walk(found, inside, like, child));
    }
    return COSMO_OK;
}

static cosmo_status difference_walk(difference_found *found, const char *path, const cosmo_yaml *before,
                                    const cosmo_yaml *after)
{
    const bool leaf_before = before == NULL || before->kind == COSMO_YAML_SCALAR,
               leaf_after = after == NULL || after->kind == COSMO_YAML_SCALAR;
    if (leaf_before && leaf_after) {
        const bool same = before != NULL && after != NULL && strcmp(before->text, after->text) == 0 &&
                          before->quoted == after->quoted;
        return same ? COSMO_OK : difference_add(found, path, before, after);
    }
    if (!leaf_before) COSMO_TRY(difference_children(found, path, before, leaf_after ? NULL : after, true));
    if (!leaf_after) COSMO_TRY(difference_children(found, path, after, leaf_before ? NULL : before, false));
    return COSMO_OK;
}

cosmo_status cosmo_difference_find(const cosmo_yaml *before, const cosmo_yaml *after, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_list *differences)
{
    difference_found found = {.arena = arena, .run = run};
    COSMO_TRY(difference_walk(&found, "", before, after));
    *differences = (cosmo_list){found.n, found.items};
    return COSMO_OK;
}
