#define _GNU_SOURCE
#include "parts.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_IN_MEMORY = 256 << 10, LEAST_IN_MEMORY = 8 << 10 };

typedef struct {
  char *bytes;  // while the part is in memory
  size_t capacity;
  int file;  // -1 until it has left it
  off_t size, at;
  char folder[];
} Part;

static int is_written(int file, const char *bytes, size_t count, off_t at) {
  while (count > 0) {
    ssize_t written = pwrite(file, bytes, count, at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return 0;
    bytes += written;
    count -= (size_t)written;
    at += written;
  }
  return 1;
}

static int moved_to_file(Part *part) {
  char *path = NULL;
  if (asprintf(&path, "%s/part.XXXXXX", part->folder) < 0) return 0;
  int file = mkostemp(path, O_CLOEXEC);
  if (file >= 0) unlink(path);
  free(path);
  if (file < 0) return 0;
  if (!is_written(file, part->bytes, (size_t)part->size, 0)) {
    close(file);
    return 0;
  }
  free(part->bytes);
  part->bytes = NULL;
  part->file = file;
  return 1;
}

static int has_room(Part *part, size_t wanted) {
  if (wanted <= part->capacity) return 1;
  size_t capacity = part->capacity ? part->capacity : LEAST_IN_MEMORY;
  while (capacity < wanted) capacity *= 2;
  char *larger = realloc(part->bytes, capacity);
  if (!larger) return 0;
  part->bytes = larger;
  part->capacity = capacity;
  return 1;
}

static ssize_t part_write(void *cookie, const char *bytes, size_t count) {
  Part *part = cookie;
  size_t end = (size_t)part->at + count;
  if (part->file < 0 && end > MOST_IN_MEMORY && !moved_to_file(part)) return 0;
  if (part->file >= 0) {
    if (!is_written(part->file, bytes, count, part->at)) return 0;
  } else {
    if (!has_room(part, end)) return 0;
    // What nobody has written, behind the end, reads as zeros.
    if (part->at > part->size) memset(part->bytes + part->size, 0, (size_t)(part->at - part->size));
    memcpy(part->bytes + part->at, bytes, count);
  }
  part->at += (off_t)count;
  if (part->at > part->size) part->size = part->at;
  return (ssize_t)count;
}

static ssize_t part_read(void *cookie, char *bytes, size_t count) {
  Part *part = cookie;
  if (part->at >= part->size) return 0;
  if (count > (size_t)(part->size - part->at)) count = (size_t)(part->size - part->at);
  if (part->file >= 0) {
    ssize_t got = pread(part->file, bytes, count, part->at);
    if (got < 0) return -1;
    count = (size_t)got;
  } else {
    memcpy(bytes, part->bytes + part->at, count);
  }
  part->at += (off_t)count;
  return (ssize_t)count;
}

static int part_seek(void *cookie, off64_t *to, int origin) {
  Part *part = cookie;
  off_t base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? part->at : part->size;
  off_t at;
  if (__builtin_add_overflow(base, *to, &at) || at < 0) {
    errno = EINVAL;
    return -1;
  }
  part->at = at;
  *to = part->at;
  return 0;
}

static int part_close(void *cookie) {
  Part *part = cookie;
  int result = part->file >= 0 ? close(part->file) : 0;
  free(part->bytes);
  free(part);
  return result;
}

FILE *lxw_tmpfile(char *folder) {
  const char *place = folder && *folder ? folder : P_tmpdir;
  Part *part = calloc(1, sizeof *part + strlen(place) + 1);
  if (!part) return NULL;
  part->file = -1;
  strcpy(part->folder, place);
  cookie_io_functions_t functions = {part_read, part_write, part_seek, part_close};
  FILE *stream = fopencookie(part, "w+", functions);
  if (!stream) free(part);
  return stream;
}
