#define _GNU_SOURCE
#include "files.h"
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
// Older headers do not have it; an older system refuses it.
#define MADV_POPULATE_WRITE 23
#endif

int files_exchange(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
}

void files_begin_sync(int descriptor) {
  (void)sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

/// What the heap takes from the system beyond what is asked for.
enum { PADDING = 256 << 10 };

void files_keep_memory(void) {
  (void)mallopt(M_MMAP_THRESHOLD, 4 << 20);
  (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
  (void)mallopt(M_TOP_PAD, PADDING);
}

struct files_room files_make_room(size_t size) {
  if (size > INT_MAX) size = INT_MAX;
  char *before = sbrk(0);
  (void)mallopt(M_TOP_PAD, (int)size);
  // More than the heap has left when a program begins. The compiler must not see that nobody wants it.
  void *volatile grown = malloc(PADDING);
  free(grown);
  (void)mallopt(M_TOP_PAD, PADDING);
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t start = ((uintptr_t)before + page - 1) / page * page;
  uintptr_t end = (uintptr_t)sbrk(0);
  struct files_room room = {(char *)start, end > start ? end - start : 0};
  return room;
}

void files_fill(struct files_room room) {
  // In pieces: as long as the system is about one, no other thread gets or gives back memory.
  enum { PIECE = 128 << 10 };
  for (size_t done = 0; done < room.size; done += PIECE) {
    size_t left = room.size - done;
    if (madvise(room.start + done, left < PIECE ? left : PIECE, MADV_POPULATE_WRITE) != 0) return;
  }
}

void files_release_code(void) {
  // Nothing changes it, so nothing is lost but what a debugger has set in it.
  extern const char __executable_start, etext;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t start = ((uintptr_t)&__executable_start + page - 1) / page * page;
  uintptr_t end = (uintptr_t)&etext / page * page;
  if (end > start) (void)madvise((void *)start, end - start, MADV_DONTNEED);
}
