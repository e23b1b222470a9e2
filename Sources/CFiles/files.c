#define _GNU_SOURCE
#include "files.h"
#include <fcntl.h>
#include <stdio.h>

int files_exchange(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
}

void files_begin_sync(int descriptor) {
  (void)sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}
