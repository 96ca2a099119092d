/* Arenas: bump allocation in blocks, given back all at once. */
#include "cosmodrome/core.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_ALIGN = 64, ARENA_BLOCK_DEFAULT = 65536 };

typedef struct arena_block {
    struct arena_block *next;
    size_t capacity, used;
    unsigned char *data; /* aligned inside the same allocation */
} arena_block;

struct cosmo_arena {
    cosmo_allocator allocator;
    size_t block_bytes;
    arena_block *first, *current;
};

static void *arena_malloc(size_t bytes, void *user)
{
    (void)user;
    return malloc(bytes);
}

static void arena_free(void *memory, void *user)
{
    (void)user;
    free(memory);
}

static arena_block *arena_block_create(cosmo_arena *arena, size_t bytes)
{
    arena_block *block = arena->allocator.allocate(sizeof *block + bytes + ARENA_ALIGN, arena->allocator.user);
    if (block == NULL) return NULL;
    const uintptr_t start = ((uintptr_t)(block + 1) + ARENA_ALIGN - 1) & ~(uintptr_t)(ARENA_ALIGN - 1);
    *block = (arena_block){.next = NULL, .capacity = bytes, .used = 0, .data = (unsigned char *)start};
    return block;
}

cosmo_arena *cosmo_arena_create(size_t block_bytes, const cosmo_allocator *allocator)
{
    const cosmo_allocator standard = {arena_malloc, arena_free, NULL};
    const cosmo_allocator chosen = allocator != NULL ? *allocator : standard;
    cosmo_arena *arena = chosen.allocate(sizeof *arena, chosen.user);
    if (arena == NULL) return NULL;
    *arena = (cosmo_arena){.allocator = chosen, .block_bytes = block_bytes != 0 ? block_bytes : ARENA_BLOCK_DEFAULT};
    return arena;
}

static void arena_release_from(cosmo_arena *arena, arena_block *block)
{
    while (block != NULL) {
        arena_block *next = block->next;
        arena->allocator.release(block, arena->allocator.user);
        block = next;
    }
}

void cosmo_arena_destroy(cosmo_arena *arena)
{
    if (arena == NULL) return;
    arena_release_from(arena, arena->first);
    const cosmo_allocator allocator = arena->allocator;
    allocator.release(arena, allocator.user);
}

void *cosmo_arena_alloc(cosmo_arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 2) return NULL;
    const size_t rounded = (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    arena_block *block = arena->current;
    if (block == NULL || block->capacity - block->used < rounded) {
        block = arena_block_create(arena, rounded > arena->block_bytes ? rounded : arena->block_bytes);
        if (block == NULL) return NULL;
        if (arena->current != NULL)
            arena->current->next = block;
        else
            arena->first = block;
        arena->current = block;
    }
    void *memory = block->data + block->used;
    block->used += rounded;
    return memset(memory, 0, rounded);
}

void *cosmo_arena_array(cosmo_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 2 / size) return NULL;
    return cosmo_arena_alloc(arena, count * size);
}

char *cosmo_arena_text(cosmo_arena *arena, const char *text, size_t length)
{
    char *copy = cosmo_arena_alloc(arena, length + 1);
    if (copy != NULL && length > 0) memcpy(copy, text, length);
    return copy;
}

char *cosmo_arena_print(cosmo_arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : cosmo_arena_alloc(arena, (size_t)length + 1);
    if (text != NULL) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void cosmo_arena_reset(cosmo_arena *arena)
{
    if (arena->first == NULL) return;
    arena_release_from(arena, arena->first->next);
    arena->first->next = NULL;
    arena->first->used = 0;
    arena->current = arena->first;
}
