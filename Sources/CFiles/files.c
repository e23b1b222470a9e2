#define _GNU_SOURCE
#include "files.h"
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>

int files_exchange(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
}

void files_begin_sync(int descriptor) {
  (void)sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

void files_keep_memory(void) {
  (void)mallopt(M_MMAP_THRESHOLD, 4 << 20);
  // What one thread has given back the next one takes, whichever it is: of a hospital's 20 MB one is so saved,
  // and of a city's 49 MB two. Each thread has a store of small pieces of its own, so that they seldom wait.
  (void)mallopt(M_ARENA_MAX, 1);
  (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
  (void)mallopt(M_TOP_PAD, 256 << 10);
}
