// The floor: what it costs to count the benchmark's data where nothing is checked.
//
//   cc -O3 -march=native -pthread -o floor floor.c && ./floor DATA THREADS
//   cc -O3 -march=native -pthread -DDIGESTS -o floor-digests floor.c -lcrypto, which also takes the digests
//
// Scans staff, sessions, attendance and issues of `halfyear generate datasets/benchmark.yaml` into the
// sums that the figures of 2023H1, its comparison periods and its months are made from: by department
// and bucket, by label and bucket, and one bit mask a person. Rows are read in batches and counted when
// the memory that they need has come: without that it takes two and a half times as long.
//
// It takes for granted what a program for people cannot: the order of the columns, ids that are dense
// numbers behind one letter, days that are days. There is no look-up of an id, no search for duplicates,
// no order of days, no finding with its row, no quoted cell, no encoding, no digest. A number out of
// range is put on a place of its own, so that the faults in the data do no harm.
//
// With digests it takes the SHA-256 of the same bytes, too: of each piece that is read by itself, which costs what
// the digest of the file does.
//
// Prints the rows (which are those of a report's manifest), some totals (of which a report has less, for
// the rejected rows) and the CPU seconds that it took.
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif
#if defined(DIGESTS)
#include <openssl/evp.h>
#endif

enum { CHUNK = 512 << 10, SLACK = 64 << 10, BUCKETS = 10, LABELS = 64, DAYS = 1024, MOST_CELLS = 16,
       BATCH = 256 };

// Buckets: before 2022, its two halves, the months of 2023H1, what comes later.
static uint8_t bucket_of_month[4096];

static inline unsigned digits(const uint8_t *at, int count) {
  unsigned value = 0;
  for (int i = 0; i < count; i++) value = value * 10 + (at[i] & 15);
  return value;
}

static inline unsigned month_of(const uint8_t *day) {  // counted from the year 1900
  return ((digits(day, 4) - 1900) * 12 + digits(day + 5, 2) - 1) & 4095;
}

// Days since some day in the past; the difference of two is all that is asked for.
static inline int day_number(const uint8_t *day) {
  static const uint16_t before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  unsigned year = digits(day, 4), month = (digits(day + 5, 2) - 1) & 15;
  unsigned leaps = year / 4 - year / 100 + year / 400;
  int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month > 11) month = 0;
  return (int)(year * 365 + leaps + before[month] + digits(day + 8, 2)) - (leap && month < 2);
}

static inline uint64_t marks_of(const uint8_t *at, uint8_t wanted) {
#if defined(__SSE2__)
  const __m128i needle = _mm_set1_epi8((char)wanted);
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)at + i);
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, needle)) << (16 * i);
  }
  return mask;
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(at[i] == wanted) << i;
  return mask;
#endif
}

typedef struct {
  uint64_t rows, hours;
} Attendance;

typedef struct {
  int32_t raised, measured, closed, on_time, with_due, due, due_met, rechecked, reopened, overdue;
} Items;

// A row that has been read: it is counted some rows later, when the memory that it needs has come.
typedef struct {
  uint32_t session, person, department, bucket, tenths;
} Attended;

typedef struct {
  uint32_t department, person;
  int8_t raised, due, closed, rechecked, measured, on_time, reopened, has_person;
  uint8_t labels[3];
  uint16_t days;
} Item;

// What the rows of one table are added to; each thread has its own.
typedef struct {
  _Alignas(128) Attendance *attendance;  // by department and bucket
  Items *departments;                    // the same
  Items labels[3][LABELS][BUCKETS];      // by column, hash of the label and bucket
  int32_t days[3][LABELS][DAYS];
  uint32_t *person_buckets, *issue_buckets;
  uint64_t *person_labels;
  uint64_t rows, participations, raised, closed;
  uint8_t digests;
  union {
    Attended attended[BATCH];
    Item items[BATCH];
  } batch;
  int count;
} Sums;

static size_t people, departments, sessions;
static int32_t *department_of;  // by person
static uint8_t *session_bucket;

typedef void Row(Sums *sums, const uint8_t *const *cells);
typedef void Flush(Sums *sums);

typedef struct {
  const char *path;
  size_t from, to;
  Row *row;
  Flush *flush;
  Sums *sums;
} Part;

// Finds the cells of all lines that begin in a part of a file.
static void *scan(void *argument) {
  Part *part = argument;
  int file = open(part->path, O_RDONLY);
  uint8_t *buffer = malloc(CHUNK + SLACK + 64);
  const uint8_t *cells[MOST_CELLS + 1];
  // One byte earlier, so that a line which begins right where the part does has its break in front.
  size_t carried = 0, offset = part->from > 0 ? part->from - 1 : 0, line_at = offset;
  int is_first = 1;  // the heading, or the end of a line that the part before has
  for (int is_last = 0; !is_last;) {
    ssize_t got = pread(file, buffer + carried, CHUNK, (off_t)offset);
    if (got <= 0) break;
#if defined(DIGESTS)
    uint8_t digest[EVP_MAX_MD_SIZE];
    if (!EVP_Digest(buffer + carried, (size_t)got, digest, NULL, EVP_sha256(), NULL)) abort();
    part->sums->digests ^= digest[0];
#endif
    offset += (size_t)got;
    size_t count = carried + (size_t)got, start = 0;
    int cell = 1;
    cells[0] = buffer;
    for (size_t at = 0; at < count && !is_last; at += 64) {
      uint64_t feeds = marks_of(buffer + at, '\n');
      uint64_t marks = feeds | marks_of(buffer + at, ',');
      if (count - at < 64) marks &= ((uint64_t)1 << (count - at)) - 1;
      for (; marks; marks &= marks - 1) {
        int bit = __builtin_ctzll(marks);
        const uint8_t *behind = buffer + at + bit + 1;
        if (cell <= MOST_CELLS) cells[cell++] = behind;
        if (!(feeds >> bit & 1)) continue;
        if (!is_first) {
          part->row(part->sums, cells);
          part->sums->rows++;
        }
        is_first = 0;
        line_at += (size_t)(behind - buffer) - start;
        start = (size_t)(behind - buffer);
        cells[0] = behind;
        cell = 1;
        if (line_at >= part->to) {
          is_last = 1;
          break;
        }
      }
    }
    carried = count - start;
    memmove(buffer, buffer + start, carried);
  }
  part->flush(part->sums);
  free(buffer);
  close(file);
  return NULL;
}

static void scan_table(const char *folder, const char *name, Row *row, Flush *flush, Sums *sums,
                       int threads) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.csv", folder, name);
  struct stat status;
  if (stat(path, &status) != 0) {
    perror(path);
    exit(66);
  }
  pthread_t ids[64];
  Part parts[64];
  size_t size = (size_t)status.st_size;
  for (int i = 0; i < threads; i++) {
    parts[i] = (Part){path, size / threads * i, i + 1 == threads ? size : size / threads * (i + 1),
                      row, flush, sums + i};
    pthread_create(&ids[i], NULL, scan, &parts[i]);
  }
  for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
}

// The number behind the letter of an id; the cell ends where the next begins.
static inline size_t number(const uint8_t *const *cells, int cell, size_t limit) {
  size_t value = digits(cells[cell] + 1, (int)(cells[cell + 1] - cells[cell]) - 2);
  return value < limit ? value : limit;
}

static void flush_nothing(Sums *sums) { (void)sums; }

static void staff_row(Sums *sums, const uint8_t *const *cells) {
  (void)sums;
  department_of[number(cells, 0, people)] = (int32_t)number(cells, 1, departments);
}

static void session_row(Sums *sums, const uint8_t *const *cells) {
  (void)sums;
  session_bucket[number(cells, 0, sessions)] = bucket_of_month[month_of(cells[1])];
}

static void flush_attendance(Sums *sums) {
  Attended *rows = sums->batch.attended;
  int count = sums->count;
  for (int i = 0; i < count; i++) {
    rows[i].department = (uint32_t)department_of[rows[i].person];
    rows[i].bucket = session_bucket[rows[i].session];
    __builtin_prefetch(sums->attendance + (size_t)rows[i].department * BUCKETS + rows[i].bucket, 1);
  }
  for (int i = 0; i < count; i++) {
    Attendance *sum = sums->attendance + (size_t)rows[i].department * BUCKETS + rows[i].bucket;
    sum->rows++;
    sum->hours += rows[i].tenths;
    sums->person_buckets[rows[i].person] |= 1u << rows[i].bucket;
    sums->participations += rows[i].bucket >= 3 && rows[i].bucket <= 8;
  }
  sums->count = 0;
}

static void attendance_row(Sums *sums, const uint8_t *const *cells) {
  Attended *row = sums->batch.attended + sums->count;
  row->session = (uint32_t)number(cells, 0, sessions);
  row->person = (uint32_t)number(cells, 1, people);
  __builtin_prefetch(department_of + row->person);
  __builtin_prefetch(sums->person_buckets + row->person, 1);
  __builtin_prefetch(session_bucket + row->session);
  const uint8_t *hours = cells[2];
  unsigned tenths = 0;
  for (; *hours >= '0'; hours++) tenths = tenths * 10 + (*hours & 15);
  row->tenths = tenths * 10 + (*hours == '.' ? hours[1] & 15u : 0);
  if (++sums->count == BATCH) flush_attendance(sums);
}

static inline unsigned label(const uint8_t *const *cells, int cell) {
  uint64_t word;
  memcpy(&word, cells[cell], 8);
  unsigned count = (unsigned)(cells[cell + 1] - cells[cell]) - 1;
  if (count < 8) word &= ((uint64_t)1 << 8 * count) - 1;
  return (unsigned)(word * 0x9E3779B97F4A7C15u >> 58);
}

static inline void add(Items *cells, int raised, int measured, int closed, int on_time, int due,
                       int overdue_from, int rechecked, int reopened) {
  cells[raised].raised++;
  cells[raised].measured += measured;
  if (closed >= 0) {
    cells[closed].closed++;
    cells[closed].on_time += on_time;
    cells[closed].with_due += due >= 0;
  }
  if (due >= 0) {
    cells[due].due++;
    cells[due].due_met += on_time;
    if (closed < 0 || overdue_from < closed) {
      cells[overdue_from].overdue++;
      if (closed >= 0) cells[closed].overdue--;
    }
  }
  if (rechecked >= 0) {
    cells[rechecked].rechecked++;
    cells[rechecked].reopened += reopened;
  }
}

static inline int bucket_of(const uint8_t *const *cells, int cell) {
  return cells[cell + 1] - cells[cell] == 11 ? bucket_of_month[month_of(cells[cell])] : -1;
}

static void flush_issues(Sums *sums) {
  for (int n = 0; n < sums->count; n++) {
    const Item *item = sums->batch.items + n;
    // The day after the due day, where that lies in the next bucket, is left out.
    Items *cells = sums->departments + (size_t)item->department * BUCKETS;
    add(cells, item->raised, item->measured, item->closed, item->on_time, item->due, item->due,
        item->rechecked, item->reopened);
    for (int i = 0; i < 3; i++) {
      add(sums->labels[i][item->labels[i]], item->raised, item->measured, item->closed, item->on_time,
          item->due, item->due, item->rechecked, item->reopened);
      if (item->closed >= 0) sums->days[i][item->labels[i]][item->days]++;
    }
    if (item->has_person) {
      sums->issue_buckets[item->person] |= 1u << item->raised;
      sums->person_labels[item->person] |= (uint64_t)1 << item->labels[0] |
                                           (uint64_t)1 << item->labels[1] |
                                           (uint64_t)1 << item->labels[2];
    }
    sums->raised += item->raised >= 3 && item->raised <= 8;
    sums->closed += item->closed >= 3 && item->closed <= 8;
  }
  sums->count = 0;
}

static void issue_row(Sums *sums, const uint8_t *const *cells) {
  Item *item = sums->batch.items + sums->count;
  item->department = (uint32_t)number(cells, 2, departments);
  item->raised = (int8_t)bucket_of_month[month_of(cells[6])];
  item->due = (int8_t)bucket_of(cells, 8);
  item->closed = (int8_t)bucket_of(cells, 9);
  item->rechecked = (int8_t)bucket_of(cells, 10);
  Items *row = sums->departments + (size_t)item->department * BUCKETS;
  __builtin_prefetch(row + item->raised, 1);
  if (item->due >= 0) __builtin_prefetch(row + item->due, 1);
  if (item->closed >= 0) __builtin_prefetch(row + item->closed, 1);
  item->measured = cells[8] - cells[7] > 1;
  // Days of one form compare as their text does.
  item->on_time = item->due >= 0 && item->closed >= 0 && memcmp(cells[9], cells[8], 10) <= 0;
  item->reopened = item->rechecked >= 0 && *cells[11] == 'r';
  item->labels[0] = (uint8_t)label(cells, 1);
  item->labels[1] = (uint8_t)label(cells, 4);
  item->labels[2] = (uint8_t)label(cells, 5);
  item->days = 0;
  if (item->closed >= 0) {
    item->days = (uint16_t)((day_number(cells[9]) - day_number(cells[6])) & (DAYS - 1));
  }
  item->has_person = cells[4] - cells[3] > 1;
  if (item->has_person) {
    item->person = (uint32_t)number(cells, 3, people);
    __builtin_prefetch(sums->issue_buckets + item->person, 1);
    __builtin_prefetch(sums->person_labels + item->person, 1);
  }
  if (++sums->count == BATCH) flush_issues(sums);
}

static size_t lines(const char *folder, const char *name) {
  // Ids are dense, so the last one tells how many there are.
  char path[4096], tail[4096];
  snprintf(path, sizeof path, "%s/%s.csv", folder, name);
  int file = open(path, O_RDONLY);
  off_t size = lseek(file, 0, SEEK_END);
  off_t from = size > 4095 ? size - 4095 : 0;
  ssize_t got = pread(file, tail, 4095, from);
  close(file);
  if (got <= 1) {
    perror(path);
    exit(66);
  }
  tail[got - 1] = 0;
  char *last = strrchr(tail, '\n');
  return (size_t)strtoul((last ? last : tail) + 2, NULL, 10) + 1;
}

int main(int argc, char **argv) {
  if (argc != 3 || atoi(argv[2]) < 1 || atoi(argv[2]) > 64) {
    fprintf(stderr, "floor DATA THREADS\n");
    return 64;
  }
  const char *folder = argv[1];
  int threads = atoi(argv[2]);
  for (int month = 0; month < 4096; month++) {
    int since = month - (2022 - 1900) * 12;
    bucket_of_month[month] =
        since < 0 ? 0 : since < 6 ? 1 : since < 12 ? 2 : since < 18 ? 3 + since - 12 : 9;
  }
  departments = lines(folder, "departments");
  people = lines(folder, "staff");
  sessions = lines(folder, "training_sessions");
  department_of = calloc(people + 1, sizeof *department_of);
  session_bucket = calloc(sessions + 1, 1);
  Sums *sums = aligned_alloc(128, (size_t)threads * sizeof *sums);
  memset(sums, 0, (size_t)threads * sizeof *sums);
  for (int i = 0; i < threads; i++) {
    sums[i].attendance = calloc((departments + 1) * BUCKETS, sizeof(Attendance));
    sums[i].departments = calloc((departments + 1) * BUCKETS, sizeof(Items));
    sums[i].person_buckets = calloc(people + 1, sizeof(uint32_t));
    sums[i].issue_buckets = calloc(people + 1, sizeof(uint32_t));
    sums[i].person_labels = calloc(people + 1, sizeof(uint64_t));
  }
  scan_table(folder, "staff", staff_row, flush_nothing, sums, threads);
  scan_table(folder, "training_sessions", session_row, flush_nothing, sums, threads);
  scan_table(folder, "training_attendance", attendance_row, flush_attendance, sums, threads);
  scan_table(folder, "issues", issue_row, flush_issues, sums, threads);
  uint64_t rows = 0, participations = 0, raised = 0, closed = 0;
  for (int i = 0; i < threads; i++) {
    rows += sums[i].rows;
    participations += sums[i].participations;
    raised += sums[i].raised;
    closed += sums[i].closed;
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
  printf("{\"rows\": %llu, \"participations\": %llu, \"raised\": %llu, \"closed\": %llu, \"cpu\": %.4f}\n",
         (unsigned long long)rows, (unsigned long long)participations, (unsigned long long)raised,
         (unsigned long long)closed, cpu);
  return 0;
}
