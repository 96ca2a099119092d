/* The files of data/: which ids there are, where an id's file lies, and the nearest id to a misspelt one. */
#ifndef COSMO_CATALOGUE_H
#define COSMO_CATALOGUE_H

#include "cosmodrome/core.h"

/* Read and parse the file of `id` ("data/KIND/ID.yaml"; a path of its own when it ends in .yaml, relative to the file
 * that asked for it). `noun` is what a message calls it ("vehicle"). The id in the file must be the file's name. */
cosmo_status cosmo_catalogue_open(const char *kind, const char *noun, const char *id, const cosmo_yaml *asked,
                                  cosmo_arena *arena, cosmo_run *run, const cosmo_yaml **root);

/* Fail with "unknown NOUN 'WORD'; did you mean 'NAME'?" or, when none is near, with the list of those known. The place
 * is that of `asked` when there is one. */
cosmo_status cosmo_catalogue_unknown(const char *noun, const char *word, const cosmo_list *known,
                                     const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run);

#endif
