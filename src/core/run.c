/* The run context: failure messages, assumptions, warnings, inputs. */
#include "cosmodrome/core.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cosmo_run_init(cosmo_run *run, cosmo_arena *arena)
{
    memset(run, 0, sizeof *run);
    run->seed = 1;
    run->arena = arena;
}

/* A message quotes the user's words; it stays one line, and no terminal obeys it. */
static void run_make_plain(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f) *text = ' ';
}

cosmo_status cosmo_run_fail(cosmo_run *run, cosmo_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(run->message, sizeof run->message, format, arguments);
    va_end(arguments);
    run_make_plain(run->message);
    return run->status = status;
}

cosmo_status cosmo_run_out_of_memory(cosmo_run *run)
{
    snprintf(run->message, sizeof run->message, "error: out of memory");
    return run->status = COSMO_NO_RESOURCES;
}

static bool run_has(const cosmo_run *run, cosmo_note_kind kind, const char *text)
{
    for (size_t i = 0; i < run->n_notes; i++)
        if (run->notes[i].kind == kind && strcmp(run->notes[i].text, text) == 0) return true;
    return false;
}

/* Words that are there already cost no memory, however often a block of samples says them. */
static void run_add(cosmo_run *run, cosmo_note_kind kind, const char *words, const char *details)
{
    if (run_has(run, kind, words)) return;
    const char *text = cosmo_arena_text(run->arena, words, strlen(words));
    const char *detail = details == NULL ? NULL : cosmo_arena_text(run->arena, details, strlen(details));
    if (text == NULL || (details != NULL && detail == NULL)) return;
    if (run->n_notes == run->notes_capacity) {
        const size_t capacity = run->notes_capacity != 0 ? 2 * run->notes_capacity : 32;
        cosmo_note *notes = cosmo_arena_array(run->arena, capacity, sizeof *notes);
        if (notes == NULL) return; /* a lost note never hides a result; the next allocation reports it */
        if (run->n_notes > 0) memcpy(notes, run->notes, run->n_notes * sizeof *notes);
        run->notes = notes;
        run->notes_capacity = capacity;
    }
    run->notes[run->n_notes++] = (cosmo_note){kind, text, detail};
}

void cosmo_run_note(cosmo_run *run, cosmo_note_kind kind, const char *format, ...)
{
    char buffer[COSMO_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    run_make_plain(buffer);
    run_add(run, kind, buffer, NULL);
}

void cosmo_run_input(cosmo_run *run, const char *path, const char *sha256)
{
    run_add(run, COSMO_NOTE_INPUT, path, sha256);
}

bool cosmo_run_cancelled(const cosmo_run *run)
{
    return run->cancel != NULL && *run->cancel != 0;
}
