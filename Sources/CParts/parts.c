#define _GNU_SOURCE
#include "parts.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SMALL = 1 << 20, FIRST = 16 << 10 };

/// A part: its bytes, or the descriptor of the file that has them all once they are too many.
struct part {
  char *bytes;
  size_t size, capacity;
  size_t place;
  int descriptor;
  char folder[];
};

/// A file without a name; where the folder's file system has none, one whose name is gone at once.
static int open_nameless(const char *folder) {
  int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
  char *name = NULL;
  if (asprintf(&name, "%s/part-XXXXXX", folder) < 0) return -1;
  descriptor = mkostemp(name, O_CLOEXEC);
  if (descriptor >= 0) (void)unlink(name);
  free(name);
  return descriptor;
}

/// Writes all bytes at a place; false where that cannot be.
static int put(int descriptor, const char *bytes, size_t count, size_t place) {
  while (count > 0) {
    ssize_t written = pwrite(descriptor, bytes, count, (off_t)place);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return 0;
    bytes += written;
    count -= (size_t)written;
    place += (size_t)written;
  }
  return 1;
}

/// Moves a part from memory to a file; false where that cannot be.
static int move_out(struct part *part) {
  int descriptor = open_nameless(part->folder);
  if (descriptor < 0) return 0;
  if (!put(descriptor, part->bytes, part->size, 0)) {
    (void)close(descriptor);
    return 0;
  }
  part->descriptor = descriptor;
  free(part->bytes);
  part->bytes = NULL;
  return 1;
}

/// Makes room for so many bytes, at most `SMALL`; false where there is no memory.
static int reserve(struct part *part, size_t size) {
  if (size <= part->capacity) return 1;
  size_t capacity = part->capacity == 0 ? FIRST : part->capacity;
  while (capacity < size) capacity *= 2;
  char *bytes = realloc(part->bytes, capacity);
  if (bytes == NULL) return 0;
  part->bytes = bytes;
  part->capacity = capacity;
  return 1;
}

static ssize_t write_part(void *cookie, const char *bytes, size_t count) {
  struct part *part = cookie;
  size_t end;
  // By the rules for such files 0, not -1, says that nothing was written.
  if (__builtin_add_overflow(part->place, count, &end)) return 0;
  if (part->descriptor < 0 && end > SMALL && !move_out(part)) return 0;
  if (part->descriptor >= 0) {
    if (!put(part->descriptor, bytes, count, part->place)) return 0;
  } else {
    if (!reserve(part, end)) return 0;
    memcpy(part->bytes + part->place, bytes, count);
  }
  part->place = end;
  if (end > part->size) part->size = end;
  return (ssize_t)count;
}

static ssize_t read_part(void *cookie, char *bytes, size_t count) {
  struct part *part = cookie;
  size_t left = part->size - part->place;
  if (count > left) count = left;
  if (part->descriptor >= 0) {
    ssize_t found = pread(part->descriptor, bytes, count, (off_t)part->place);
    if (found < 0) return -1;
    count = (size_t)found;
  } else if (count > 0) {
    memcpy(bytes, part->bytes + part->place, count);
  }
  part->place += count;
  return (ssize_t)count;
}

/// A place behind the end is none: nothing here leaves gaps.
static int seek_part(void *cookie, off64_t *offset, int origin) {
  struct part *part = cookie;
  off64_t base = origin == SEEK_SET ? 0 : (off64_t)(origin == SEEK_CUR ? part->place : part->size);
  off64_t place;
  if (__builtin_add_overflow(base, *offset, &place) || place < 0 || (size_t)place > part->size) {
    errno = EINVAL;
    return -1;
  }
  part->place = (size_t)place;
  *offset = place;
  return 0;
}

static int close_part(void *cookie) {
  struct part *part = cookie;
  if (part->descriptor >= 0) (void)close(part->descriptor);
  free(part->bytes);
  free(part);
  return 0;
}

FILE *lxw_tmpfile(char *folder) {
  // Without a folder of its own, libxlsxwriter takes that of the system.
  const char *where = folder != NULL ? folder : "/tmp";
  size_t length = strlen(where) + 1;
  struct part *part = calloc(1, sizeof *part + length);
  if (part == NULL) return NULL;
  part->descriptor = -1;
  memcpy(part->folder, where, length);
  cookie_io_functions_t functions = {
      .read = read_part, .write = write_part, .seek = seek_part, .close = close_part};
  FILE *file = fopencookie(part, "w+", functions);
  if (file == NULL) {
    free(part);
    return NULL;
  }
  // One thread has the file; without locks its thousands of small writes are shorter.
  (void)__fsetlocking(file, FSETLOCKING_BYCALLER);
  return file;
}
