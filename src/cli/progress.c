/* Progress on a terminal, an interrupt that ends a run cleanly. */
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { PROGRESS_WIDTH = 30 };

/* A signal handler can reach nothing else: the one variable of the program that is not on a stack. */
static volatile sig_atomic_t progress_interrupted;
_Static_assert(sizeof progress_interrupted == sizeof(int), "cosmo_run.cancel points at it");

static void progress_on_interrupt(int signal_number)
{
    (void)signal_number;
    progress_interrupted = 1;
}

static void progress_show(void *user, double fraction, const char *what)
{
    (void)user;
    static const char full[] = "##############################", empty[] = "------------------------------";
    _Static_assert(sizeof full == PROGRESS_WIDTH + 1, "one mark a column");
    const int done = fraction <= 0.0 ? 0 : fraction >= 1.0 ? PROGRESS_WIDTH : (int)(fraction * PROGRESS_WIDTH);
    fprintf(stderr, "\r  [%.*s%.*s] %3.0f %% %.40s\033[K", done, full, PROGRESS_WIDTH - done, empty, 100.0 * fraction,
            what);
    fflush(stderr);
}

void cosmo_progress_attach(cosmo_run *run, bool quiet)
{
    struct sigaction action = {.sa_handler = progress_on_interrupt};
    sigemptyset(&action.sa_mask);
    action.sa_flags = (int)SA_RESETHAND; /* a second Ctrl-C ends the program at once */
    sigaction(SIGINT, &action, NULL);
    run->cancel = &progress_interrupted;
    if (!quiet && isatty(STDERR_FILENO)) run->progress = progress_show;
}

void cosmo_progress_clear(const cosmo_run *run)
{
    if (run->progress != NULL) fputs("\r\033[K", stderr);
}
