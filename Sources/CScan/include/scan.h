// Byte searches that Swift has no instruction for: which of 64 bytes equal a separator, as bit masks.
// SSE2 is part of every x86-64, NEON of every arm64; elsewhere a plain loop gives the same bits.
#ifndef HALFYEAR_SCAN_H
#define HALFYEAR_SCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t scan_equal64(const uint8_t *bytes, uint8_t wanted) {
  const __m128i *at = (const __m128i *)bytes;
  const __m128i needle = _mm_set1_epi8((char)wanted);
  uint64_t a = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(at), needle));
  uint64_t b = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(at + 1), needle));
  uint64_t c = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(at + 2), needle));
  uint64_t d = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(at + 3), needle));
  return a | b << 16 | c << 32 | d << 48;
}

// The bits of bytes that are not ASCII.
static inline uint64_t scan_high64(const uint8_t *bytes) {
  const __m128i *at = (const __m128i *)bytes;
  uint64_t a = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128(at));
  uint64_t b = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128(at + 1));
  uint64_t c = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128(at + 2));
  uint64_t d = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128(at + 3));
  return a | b << 16 | c << 32 | d << 48;
}

#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>

static inline uint64_t scan_gather(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t ab = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
  uint8x16_t cd = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
  uint8x16_t all = vpaddq_u8(ab, cd);
  all = vpaddq_u8(all, all);
  return vgetq_lane_u64(vreinterpretq_u64_u8(all), 0);
}

static inline uint64_t scan_equal64(const uint8_t *bytes, uint8_t wanted) {
  const uint8x16_t needle = vdupq_n_u8(wanted);
  return scan_gather(vceqq_u8(vld1q_u8(bytes), needle), vceqq_u8(vld1q_u8(bytes + 16), needle),
                     vceqq_u8(vld1q_u8(bytes + 32), needle),
                     vceqq_u8(vld1q_u8(bytes + 48), needle));
}

static inline uint64_t scan_high64(const uint8_t *bytes) {
  const uint8x16_t high = vdupq_n_u8(0x80);
  return scan_gather(vtstq_u8(vld1q_u8(bytes), high), vtstq_u8(vld1q_u8(bytes + 16), high),
                     vtstq_u8(vld1q_u8(bytes + 32), high),
                     vtstq_u8(vld1q_u8(bytes + 48), high));
}

#else

static inline uint64_t scan_equal64(const uint8_t *bytes, uint8_t wanted) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == wanted) << i;
  return mask;
}

static inline uint64_t scan_high64(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] >> 7) << i;
  return mask;
}

#endif

// Whether two short pieces of memory hold the same bytes; ids differ at their end, so that is looked at
// first.
static inline int scan_is_equal(const uint8_t *a, const uint8_t *b, size_t count) {
  if (count > 0 && a[count - 1] != b[count - 1]) return 0;
  return count == 0 || memcmp(a, b, count) == 0;
}

// Asks for the cache line of an address that will be read or written soon, into the nearest cache. Asking for
// any address is harmless.
static inline void scan_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

// The length of the run of characters of three bytes (U+0800 to U+FFFF, which is where Chinese lies)
// at the beginning of the bytes; surrogates and overlong forms end it. Four bytes are read at a time,
// so one byte behind the last character must be readable.
static inline size_t scan_three_byte_run(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (count - at >= 3) {
    uint32_t word;
    memcpy(&word, bytes + at, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    if ((word & 0x00C0C0F0) != 0x008080E0) break;
    uint32_t lead = word & 0xFF, second = (word >> 8) & 0xFF;
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) break;
    at += 3;
  }
  return at;
}

// Whether bytes are UTF-8 as of RFC 3629: 1 or 0, or -1 where this processor has no fast way to tell.
int scan_is_utf8(const uint8_t *bytes, size_t count);

// What a text is made of, 64 bytes at a time.
typedef struct {
  // What to look for. A quote of 0xFF, which is in no text, means that there are none.
  uint8_t separator, quote;
  // The line feeds; these and the separators; the carriage returns.
  size_t feeds, marks, returns;
  // The offset behind the last line feed, and the marks behind it.
  size_t end, marks_behind;
  // There is a quote, or a carriage return without a line feed behind it.
  int is_strange;
  // 1 or 0, or -1 where nobody has looked. What is cut at the end of a text that goes on is none.
  int is_utf8;
} ScanLook;

// Looks at bytes in whole groups of 64; behind the last byte of the text must be zeros.
//
// look: all counts zero before.
// lead: so many zeros before the text.
// places: receives the offset behind each separator and line feed, counted from the text's beginning; there must
// be room for eight more than there are.
// digest: the eight words of a running SHA-256, which takes in the groups from an offset on; or NULL.
// Returns whether the digest was taken.
int scan_look(ScanLook *look, const uint8_t *bytes, size_t count, int is_final, size_t lead,
              uint32_t *places, uint32_t *digest, size_t hashed_from);

// The same on any processor: takes no digest, and does not look at the encoding.
void scan_look_plainly(ScanLook *look, const uint8_t *bytes, size_t count, size_t lead, uint32_t *places);

// The cells of a column by row: where they begin and end in some bytes, from one row to the next `stride` further
// on; the ends are that much less as `gap` says. Behind the beginning of each cell ten bytes may be read.
typedef struct {
  const uint8_t *bytes;
  const uint32_t *starts, *ends;
  size_t stride;
  uint32_t gap;
} ScanCells;

// Of each month from a year on the number of its first day, and in the lowest five bits its length.
typedef struct {
  const int32_t *entries;
  uint64_t first_year, years;
} ScanMonths;

// Decodes days that are written as 2023-06-05; `empty` for empty cells, `other` for all else.
// Returns how many others there are.
size_t scan_days(ScanCells cells, size_t rows, ScanMonths months, int64_t empty, int64_t other, int64_t *out);

// Ids of one length, a prefix and digits, of eight bytes at most: see `IdentifierShape`.
typedef struct {
  uint32_t count;
  uint64_t shift, zero, prefix;
} ScanShape;

// The numbers of some rows' ids below a limit, -1 for cells that hold none; asks for the memory of the numbers'
// entries in a table.
void scan_numbers(ScanCells cells, size_t first, size_t last, ScanShape shape, const int32_t *table,
                  uint64_t limit, int64_t *out);

#endif
