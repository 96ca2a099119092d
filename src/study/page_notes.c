/* What a run noted, sorted for the page: assumptions, warnings, files that were read. */
#include "study/page_notes.h"

static const char *const *page_notes_texts(const cosmo_run *run, cosmo_note_kind kind, cosmo_arena *arena, size_t *n)
{
    const char **texts = cosmo_arena_array(arena, run->n_notes + 1, sizeof *texts);
    *n = 0;
    for (size_t i = 0; i < run->n_notes && texts != NULL; i++)
        if (run->notes[i].kind == kind) texts[(*n)++] = run->notes[i].text;
    return texts;
}

bool cosmo_page_notes_take(const cosmo_run *run, cosmo_arena *arena, cosmo_page *page)
{
    cosmo_note *inputs = cosmo_arena_array(arena, run->n_notes + 1, sizeof *inputs);
    page->n_inputs = 0;
    for (size_t i = 0; i < run->n_notes && inputs != NULL; i++)
        if (run->notes[i].kind == COSMO_NOTE_INPUT) inputs[page->n_inputs++] = run->notes[i];
    page->inputs = inputs;
    page->assumptions = page_notes_texts(run, COSMO_NOTE_ASSUMPTION, arena, &page->n_assumptions);
    page->warnings = page_notes_texts(run, COSMO_NOTE_WARNING, arena, &page->n_warnings);
    return inputs != NULL && page->assumptions != NULL && page->warnings != NULL;
}
