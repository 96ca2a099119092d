/* Cosmodrome core: status, memory, the run context, units, mission-file trees and descriptor tables.
 *
 * Everything above this room speaks SI (metres, seconds, kilograms, radians, kelvin) and reports trouble through
 * cosmo_status and the run's message; nothing in the library prints or exits.
 */
#ifndef COSMODROME_CORE_H
#define COSMODROME_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status ------------------------------------------------------------------------------------------------ */

typedef enum cosmo_status {
    COSMO_OK = 0,
    COSMO_BAD_INPUT,    /* a file or an argument is wrong; run->message has place, reason and hint        (exit 2) */
    COSMO_NO_RESOURCES, /* memory, disk, processor features                                                (exit 3) */
    COSMO_INTERNAL,     /* an invariant failed: a defect of this program                                   (exit 4) */
    COSMO_NO_SOLUTION,  /* the question is well posed and has no answer (no impact, no feasible ascent) */
    COSMO_CANCELLED     /* the caller asked to stop; what was reached is valid */
} cosmo_status;

/* One English word for a status ("ok", "bad input", ...). Never NULL. */
const char *cosmo_status_text(cosmo_status status);

/* Return from the calling function when `expression` is not COSMO_OK. */
#define COSMO_TRY(expression)                                                                                          \
    do {                                                                                                               \
        const cosmo_status cosmo_try_status_ = (expression);                                                           \
        if (cosmo_try_status_ != COSMO_OK) return cosmo_try_status_;                                                   \
    } while (0)

/* Return COSMO_NO_RESOURCES through `run` when an allocation failed. */
#define COSMO_NEED(pointer, run)                                                                                       \
    do {                                                                                                               \
        if ((pointer) == NULL) return cosmo_run_out_of_memory(run);                                                    \
    } while (0)

/* ---- memory ------------------------------------------------------------------------------------------------- */

/* The allocator behind every arena; replace it (before any arena exists) so that tests can make it fail. */
typedef struct cosmo_allocator {
    void *(*allocate)(size_t bytes, void *user);
    void (*release)(void *memory, void *user);
    void *user;
} cosmo_allocator;

typedef struct cosmo_arena cosmo_arena;

/* Create an arena whose blocks hold at least `block_bytes` (0: 64 KiB). NULL allocator: malloc and free.
 * Returns NULL when memory is out. */
cosmo_arena *cosmo_arena_create(size_t block_bytes, const cosmo_allocator *allocator);
/* Give back the arena and everything allocated from it. NULL is allowed. */
void cosmo_arena_destroy(cosmo_arena *arena);
/* `bytes` zeroed bytes, 64-byte aligned, valid until reset or destroy; NULL when memory is out. */
void *cosmo_arena_alloc(cosmo_arena *arena, size_t bytes);
/* The same for `count` items of `size` bytes, with the product checked for overflow. */
void *cosmo_arena_array(cosmo_arena *arena, size_t count, size_t size);
/* A copy of `length` bytes of `text`, NUL-terminated; NULL when memory is out. */
char *cosmo_arena_text(cosmo_arena *arena, const char *text, size_t length);
/* printf into the arena; NULL when memory is out. */
char *cosmo_arena_print(cosmo_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Forget all allocations but keep the first block. */
void cosmo_arena_reset(cosmo_arena *arena);

/* ---- run context ------------------------------------------------------------------------------------------- */

typedef enum cosmo_note_kind {
    COSMO_NOTE_ASSUMPTION, /* becomes assumptions[] of every summary */
    COSMO_NOTE_WARNING,    /* becomes warnings[], and a line on standard error */
    COSMO_NOTE_INPUT       /* a file that was read: text is the path as written, detail its sha256 */
} cosmo_note_kind;

typedef struct cosmo_note {
    cosmo_note_kind kind;
    const char *text;
    const char *detail; /* sha256 of an input, else NULL */
} cosmo_note;

enum { COSMO_MESSAGE_BYTES = 1024 };

/* What goes into every long call. Fill it with cosmo_run_init, then set the public members. */
typedef struct cosmo_run {
    uint64_t seed;
    int threads;                /* 0: as many as the machine has */
    const char *data_folder;    /* where data/ lies; NULL: no data pack */
    const volatile int *cancel; /* set to non-zero by the caller to stop; may be NULL */
    void (*progress)(void *user, double fraction, const char *what); /* may be NULL */
    void *progress_user;
    cosmo_arena *arena; /* where notes and messages live; the caller's */
    cosmo_note *notes;  /* n_notes entries, in the order they were made, without repeats */
    size_t n_notes, notes_capacity;
    cosmo_status status; /* of the last failure */
    char message[COSMO_MESSAGE_BYTES];
} cosmo_run;

/* Set defaults. `arena` must outlive the run. */
void cosmo_run_init(cosmo_run *run, cosmo_arena *arena);
/* Record a failure with a printf message and return `status`, so that `return cosmo_run_fail(...)` reads well. */
cosmo_status cosmo_run_fail(cosmo_run *run, cosmo_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Record that memory ran out; allocates nothing. */
cosmo_status cosmo_run_out_of_memory(cosmo_run *run);
/* Add an assumption or warning; the same text is kept once. */
void cosmo_run_note(cosmo_run *run, cosmo_note_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Add an input file and its sha256. */
void cosmo_run_input(cosmo_run *run, const char *path, const char *sha256);
/* True when the caller asked to stop. */
bool cosmo_run_cancelled(const cosmo_run *run);

/* ---- files and hashes ---------------------------------------------------------------------------------------- */

/* SHA-256 of a buffer as 64 lower-case hex digits and a NUL. Source: FIPS 180-4. */
void cosmo_hash_sha256(const void *data, size_t bytes, char hex[65]);
/* The same of a file of any size, read in pieces. Errors: COSMO_BAD_INPUT "PATH: error: ...". */
cosmo_status cosmo_hash_file(const char *path, cosmo_run *run, char hex[65]);

/* Read a whole file of at most `limit` bytes into the arena (NUL-terminated; the NUL is not counted).
 * Errors: COSMO_BAD_INPUT "PATH: error: ..." when it is missing, not a regular file, or longer than `limit`. */
cosmo_status cosmo_file_read(const char *path, size_t limit, cosmo_arena *arena, cosmo_run *run, const char **data,
                             size_t *bytes);
/* Write a whole file or nothing: a temporary beside it, fsync, rename. What is there and is no file (a device, a
 * folder) is COSMO_BAD_INPUT and stays. */
cosmo_status cosmo_file_write(const char *path, const void *data, size_t bytes, cosmo_run *run);
/* The same for several files: all are written aside before the first gets its name, so that a full disk leaves none. */
typedef struct cosmo_file_part {
    const char *path;
    const void *data;
    size_t bytes;
} cosmo_file_part;
cosmo_status cosmo_file_write_all(const cosmo_file_part *parts, size_t n, cosmo_run *run);
/* Create a folder and its parents (0777 & ~umask). */
cosmo_status cosmo_file_make_folder(const char *path, cosmo_run *run);
/* "folder/name" in the arena; `name` alone when it is absolute or folder is NULL or empty. */
const char *cosmo_file_join(cosmo_arena *arena, const char *folder, const char *name);
/* "soyuz-ms" of "missions/soyuz-ms.yaml"; "mission" where nothing is left; NULL when memory is out. */
const char *cosmo_file_stem(cosmo_arena *arena, const char *path);
/* May a folder be called so? At most COSMO_FILE_NAME_MAX letters, digits, '-', '_' and '.'; neither '.' nor '-' in
 * front. */
enum { COSMO_FILE_NAME_MAX = 64 };
bool cosmo_file_may_be_called(const char *name);
/* The folder part of a path ("." when there is none). */
const char *cosmo_file_folder(cosmo_arena *arena, const char *path);

/* ---- text ------------------------------------------------------------------------------------------------------ */

/* A growing text buffer in an arena; `failed` is set once memory is out and every later call does nothing. */
typedef struct cosmo_text {
    cosmo_arena *arena;
    char *data;
    size_t length, capacity;
    bool failed;
} cosmo_text;

cosmo_text cosmo_text_begin(cosmo_arena *arena);
void cosmo_text_put(cosmo_text *text, const char *piece);
void cosmo_text_put_bytes(cosmo_text *text, const char *piece, size_t bytes);
void cosmo_text_print(cosmo_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Parse a decimal number in the C locale from the whole of `text`; false when it is not one (or not finite). */
bool cosmo_text_number(const char *text, double *value);
/* The entry of `names` (n entries) nearest to `word` by edit distance, or NULL when none is near. */
const char *cosmo_text_nearest(const char *word, const char *const *names, size_t n);

/* ---- units in text ----------------------------------------------------------------------------------------- */

typedef enum cosmo_dimension {
    COSMO_DIM_NONE = 0, /* a bare number */
    COSMO_DIM_LENGTH,
    COSMO_DIM_MASS,
    COSMO_DIM_TIME,
    COSMO_DIM_ANGLE,
    COSMO_DIM_SPEED,
    COSMO_DIM_ACCELERATION,
    COSMO_DIM_FORCE,
    COSMO_DIM_PRESSURE,
    COSMO_DIM_AREA,
    COSMO_DIM_TEMPERATURE,
    COSMO_DIM_ANGULAR_RATE,
    COSMO_DIM_HEAT_FLUX,
    COSMO_DIM_ANGLE_PRESSURE, /* q-alpha: Pa rad */
    COSMO_DIM_MASS_RATE,
    COSMO_DIM_AREAL_DENSITY, /* ballistic coefficient: kg/m2 */
    COSMO_DIM_FRACTION,      /* "%" or a bare number */
    COSMO_DIM_ENERGY,
    COSMO_DIM_DENSITY,      /* of liquids and soils; mass per volume of air or water: mg/m3, mg/l */
    COSMO_DIM_MIXING_RATIO, /* volume per volume of air: ppm. Into mg/m3: cosmo_dose_mass_concentration (plume.h) */
    COSMO_DIM_CONTENT,      /* mass per mass of soil: mg/kg */
    COSMO_DIM_MOLAR_MASS,
    COSMO_DIM_MOLAR_ENERGY,
    COSMO_DIM_SPECIFIC_ENERGY,
    COSMO_DIM_RATE,           /* of a first-order loss: 1/s */
    COSMO_DIM_COLLISION_RATE, /* of a reaction of two gases, a molecule: cm3/s */
    COSMO_DIM_COUNT_
} cosmo_dimension;

/* Parse "7.22 t", "51.67 deg", "-1.75 s" into SI. Returns NULL and sets *value, or an explanation (static or in
 * `arena`) that names an example or the nearest unit: missing unit, unknown unit, wrong dimension, ambiguous unit. */
const char *cosmo_units_parse(const char *text, cosmo_dimension dimension, cosmo_arena *arena, double *value);
/* An example of a quantity of this dimension ("7.2 t"). */
const char *cosmo_units_example(cosmo_dimension dimension);

/* ---- trees of mission files ------------------------------------------------------------------------------- */

typedef enum cosmo_yaml_kind { COSMO_YAML_SCALAR, COSMO_YAML_MAP, COSMO_YAML_LIST } cosmo_yaml_kind;

/* A node; children form a list in file order. Places are 1-based. */
typedef struct cosmo_yaml {
    cosmo_yaml_kind kind;
    const char *file; /* path as written by the user */
    int line, column; /* of the value; for a child of a map see also key_line and key_column */
    const char *key;  /* in a map: the key; else NULL */
    int key_line, key_column;
    const char *text; /* scalar only, NUL-terminated, no NUL inside */
    bool quoted;
    const struct cosmo_yaml *first_child, *next;
    size_t n_children;
} cosmo_yaml;

/* Parse a YAML (or JSON) text. Anchors, aliases, tags, duplicate keys, several documents, NUL bytes, tabs used as
 * indentation, more than 1 MiB, a line over 64 KiB, a depth over 32, an empty document: refused, each with
 * "file:line:col: error: ...". */
cosmo_status cosmo_yaml_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                              const cosmo_yaml **root);
/* Read a file and parse it; the file becomes an input note of the run. `shown` is the path for messages and notes
 * (NULL: `path`). */
cosmo_status cosmo_yaml_read(const char *path, const char *shown, cosmo_arena *arena, cosmo_run *run,
                             const cosmo_yaml **root);
/* The child with this key, or NULL. */
const cosmo_yaml *cosmo_yaml_child(const cosmo_yaml *map, const char *key);
/* Fail with "file:line:col: error: <message>" at the node's value. */
cosmo_status cosmo_yaml_fail(const cosmo_yaml *node, cosmo_run *run, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- descriptor tables ------------------------------------------------------------------------------------- */

typedef enum cosmo_field_kind {
    COSMO_FIELD_NUMBER,  /* double; SI; NaN when absent and no default */
    COSMO_FIELD_COUNT,   /* int64_t */
    COSMO_FIELD_FLAG,    /* bool: true / false / yes / no */
    COSMO_FIELD_TEXT,    /* const char *; NULL when absent */
    COSMO_FIELD_CHOICE,  /* int: index into choices */
    COSMO_FIELD_UTC,     /* cosmo_utc_text: const char * checked as ISO 8601 with Z */
    COSMO_FIELD_RANGE,   /* cosmo_range: one quantity, or [low, mode, high]; NaN when absent and no default */
    COSMO_FIELD_TABLE,   /* cosmo_table: list of rows, each column with its own dimension */
    COSMO_FIELD_TEXTS,   /* cosmo_list of const char * */
    COSMO_FIELD_SECTION, /* the struct `section` describes, in place */
    COSMO_FIELD_SECTIONS /* cosmo_list of such structs */
} cosmo_field_kind;

enum { COSMO_TABLE_COLUMNS_MAX = 4 };
typedef struct cosmo_table {
    size_t n_rows, n_columns;
    const double *values; /* row-major, SI */
} cosmo_table;
/* A figure that is not known well: triangular between low and high, all three alike where it is known. */
typedef struct cosmo_range {
    double low, mode, high;
} cosmo_range;
typedef struct cosmo_list {
    size_t n;
    const void *items;
} cosmo_list;

struct cosmo_section;
typedef struct cosmo_field {
    const char *key;
    cosmo_field_kind kind;
    size_t offset;             /* of the member in the section's struct */
    cosmo_dimension dimension; /* NUMBER, RANGE */
    double min, max;           /* NUMBER, COUNT, RANGE: inclusive; both 0: unbounded */
    const char *default_text;  /* as a user would write it; NULL: none */
    bool required;
    const char *const *choices;                       /* CHOICE: NULL-terminated */
    const struct cosmo_section *section;              /* SECTION, SECTIONS */
    cosmo_dimension columns[COSMO_TABLE_COLUMNS_MAX]; /* TABLE */
    size_t n_columns;                                 /* TABLE */
    const char *help;                                 /* one or two plain sentences; no trailing newline */
} cosmo_field;

typedef struct cosmo_section {
    const char *name;
    const char *help;
    size_t size; /* sizeof the struct; 0: a section without members of its own */
    const cosmo_field *fields;
    size_t n_fields;
} cosmo_section;

/* Where a figure comes from. Any quantity in a data file may be written as text, or as
 * {value: "3784 kg", source: "...", confidence: high|medium|low|estimate, note: "..."}; a plain one takes the
 * `source` and `confidence` of the nearest enclosing section that has them. */
typedef struct cosmo_fact {
    const char *path;       /* "stages.core.dry_mass" */
    const char *value_text; /* as written */
    const char *source;     /* NULL: none given */
    const char *confidence; /* NULL: none given */
    const char *note;
    const char *file;
    int line;
} cosmo_fact;
typedef struct cosmo_facts {
    size_t n, capacity;
    cosmo_fact *items;
} cosmo_facts;

/* Fill `target` (a struct of section->size bytes) from a map node: unknown keys are refused with the nearest known
 * one, types, units and ranges checked, defaults filled in. `facts` may be NULL. The keys `source`, `confidence` and
 * `note` are understood in every section. */
cosmo_status cosmo_section_read(const cosmo_section *section, const cosmo_yaml *map, void *target, cosmo_arena *arena,
                                cosmo_run *run, cosmo_facts *facts);
/* Fill `target` with the defaults alone. */
void cosmo_section_defaults(const cosmo_section *section, void *target, cosmo_arena *arena);
/* Help for a key or a dotted path ("launch.azimuth") under the given top sections; false when there is none.
 * `nearest` (may be NULL) receives the nearest known path. */
bool cosmo_section_help(const cosmo_section *const *sections, size_t n, const char *key, cosmo_text *out,
                        const char **nearest);
/* The generated reference page (Markdown) of the given top sections. */
void cosmo_section_reference(const cosmo_section *const *sections, size_t n, cosmo_text *out);

/* ---- random numbers ---------------------------------------------------------------------------------------- */

/* A random number is a pure function of where it is used: no state, any order, any thread. `seed` is the run's,
 * `stream` the quantity that is drawn (one a parameter), `sample` the flight or fragment, `draw` a number within it.
 * Different places are different 128-bit counters of Philox4x32-10 under the key `seed`; for one seed no two of them
 * share their bits. One draw is one number (or one direction), so a distribution can be exchanged and no other number
 * changes. Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3". */

/* Uniform in (0,1): never 0, never 1, a multiple of 2^-53 with 52 random bits. */
double cosmo_random_uniform(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw);
/* Standard normal: the quantile of one uniform, hence within +-8.3. */
double cosmo_random_normal(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw);
/* The z that a standard normal variable stays below with probability p: -infinity at 0, infinity at 1, NaN outside.
 * Relative error below 1e-15. Source: Wichura 1988, algorithm AS 241, routine PPND16. */
double cosmo_random_normal_quantile(double p);
/* The other way round: the probability that a standard normal variable stays below z. 0 at -infinity, 1 at infinity.
 * Relative error below 1e-12 down to z = -37; at -38 it leaves the range of doubles. Source: the series of Marsaglia
 * 2004, "Evaluating the normal distribution", below 1.5; Laplace's continued fraction (Abramowitz and Stegun 26.2.14)
 * beyond. */
double cosmo_random_normal_probability(double z);
/* Triangular between low and high with its peak at mode; low <= mode <= high, and all three may be equal. */
double cosmo_random_triangular(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw, double low, double mode,
                               double high);
/* A unit vector, every direction alike. Archimedes: its z is uniform in (-1,1). */
void cosmo_random_direction(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw, double unit[3]);
/* Like n observed values, sorted upwards: linear between them, each gap equally likely, nothing beyond the ends
 * (Hyndman and Fan 1996, definition 7). One value is returned as it is; NaN when there is none. */
double cosmo_random_empirical(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw, const double *sorted,
                              size_t n);

/* ---- blocks of samples --------------------------------------------------------------------------------------- */

enum { COSMO_BLOCKS_SAMPLES = 256 };

/* Compute samples first .. first + count - 1, which are block number `block`, into the zeroed `out` (block_bytes
 * bytes, 64-byte aligned). Called on several threads at once, so `user` is only read. `scratch` is the thread's own
 * and emptied after each block; `run` is the block's own: its notes and its failure reach the caller's run in block
 * order, as if the blocks had been computed one after another. */
typedef cosmo_status (*cosmo_blocks_work)(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                          cosmo_arena *scratch, cosmo_run *run);

/* Work over many samples: computed in blocks of 256 on threads, reduced in block order. */
typedef struct cosmo_blocks {
    uint64_t n_samples;
    size_t block_bytes; /* of one block's result */
    void *user;         /* for work, reduce and enough */
    cosmo_blocks_work work;
    /* Take a block's result into the state. Called exactly once a block, in block order, by one thread at a time. */
    void (*reduce)(void *user, uint64_t block, const void *out);
    /* True when blocks 0 .. blocks_done - 1 are enough; later ones are dropped. May be NULL. A function of the state
     * alone, so that every run stops at the same block. */
    bool (*enough)(void *user, uint64_t blocks_done);
    uint64_t enough_every;            /* ask it after every so many blocks; 0: after each */
    const char *what;                 /* what progress says is being done; NULL: "samples" */
    const cosmo_allocator *allocator; /* NULL: malloc and free; called on several threads at once */

    const char *key;        /* 64 hex digits: sha256 of all that the result depends on; for checkpoints and shards */
    const char *checkpoint; /* path of the file to resume from and save to; NULL: none */
    void *state;            /* with a checkpoint: all that reduce changes and enough reads, one flat piece of memory */
    size_t state_bytes;
    uint64_t checkpoint_blocks; /* save after so many blocks; 0: by time alone */
    double checkpoint_s;        /* save after so many seconds; 0: 30 */
} cosmo_blocks;

/* Compute, reduce, stop. The state is the same to the last bit for any run->threads (0: as many as there are), and
 * whether or not the run was interrupted and resumed. Progress is reported, one thread at a time, with the fraction of
 * blocks reduced. At most four blocks a thread are in memory. `blocks_done` (may be NULL) receives how many blocks the
 * state holds, whatever the status.
 * With a checkpoint: one that exists is loaded into `state` first, its notes into the run; the state is saved now and
 * then, and when the call ends. The caller deletes the file once the result is safe.
 * Errors: that of the first block in block order; COSMO_CANCELLED when the caller asked to stop (between blocks);
 * COSMO_BAD_INPUT "PATH: error: ..." for a checkpoint that is truncated, altered, or of other inputs, which is left as
 * it is; COSMO_NO_RESOURCES when it cannot be written (tried before the first block). In all but the last two the
 * state holds the blocks before. */
cosmo_status cosmo_blocks_run(const cosmo_blocks *job, cosmo_run *run, uint64_t *blocks_done);

/* Compute the blocks whose number leaves `shard` (0 .. n_shards - 1) when divided by n_shards, and keep the result of
 * each in the file `path`: sums of doubles depend on their order, so nothing is reduced here, and `enough` is not
 * asked. Until it is complete the file is called PATH.part; a call resumes it, dropping a last block that was cut
 * short. The notes of the blocks are kept with them, and reach the run that merges. reduce, enough, state and
 * checkpoint of the job are not used. Errors as for cosmo_blocks_run. */
cosmo_status cosmo_blocks_run_shard(const cosmo_blocks *job, uint32_t shard, uint32_t n_shards, const char *path,
                                    cosmo_run *run);
/* Reduce the complete shards of a job, in any order of their paths, into the state that cosmo_blocks_run would reach,
 * bit for bit, stopping where it would. One block is in memory at a time. The job's work, state and checkpoint are not
 * used. Errors: COSMO_BAD_INPUT "PATH: error: ..." for a shard that is missing, doubled, incomplete, altered or of
 * other inputs; the state then holds the blocks before (`blocks_done`). */
cosmo_status cosmo_blocks_merge(const cosmo_blocks *job, const char *const *paths, uint32_t n_paths, cosmo_run *run,
                                uint64_t *blocks_done);

/* One job on several processes (ranks 0 .. n_ranks - 1, on one machine or many) that see the same folder: each computes
 * every n_ranks-th block on its own threads and keeps it in the folder, reads there what the others have kept, and
 * reduces all blocks in block order. So every rank returns with the same state as cosmo_blocks_run on one process, bit
 * for bit, and all stop at the same block. Nothing is sent, so any launcher will do (mpirun, srun, a shell); n_ranks 1
 * is cosmo_blocks_run. A rank that was killed goes on where it was when it is started again. The job's checkpoint is
 * used by n_ranks 1 alone. Waits for the others as long as it takes: a launcher ends all ranks when one fails.
 * Errors as for cosmo_blocks_run; a failed block is reported when no earlier one was enough. */
cosmo_status cosmo_ranks_run(const cosmo_blocks *job, uint32_t rank, uint32_t n_ranks, const char *folder,
                             cosmo_run *run, uint64_t *blocks_done);
/* Say that this rank needs the folder's files no more (rank 0: once the result is safe). The last to say so deletes
 * them. */
cosmo_status cosmo_ranks_leave(const cosmo_blocks *job, uint32_t rank, uint32_t n_ranks, const char *folder,
                               cosmo_run *run);

/* ---- instruction sets ---------------------------------------------------------------------------------------- */

typedef enum cosmo_isa { COSMO_ISA_ONE = 0, COSMO_ISA_V3 = 1, COSMO_ISA_V4 = 2, COSMO_ISA_NONE = 3 } cosmo_isa;
/* The widest build this processor can run, or what the environment's COSMO_ISA (one, v3, v4) asks for when the
 * processor has it; COSMO_ISA_NONE when it is older than x86-64-v3. */
cosmo_isa cosmo_isa_best(void);
/* Lanes of a build: 1, 4 or 8. */
int cosmo_isa_lanes(cosmo_isa isa);

#ifdef __cplusplus
}
#endif
#endif
