#include "scan.h"

// What a block of text is made of, and its digest, in one go over its bytes.
//
// The rounds of SHA-256 wait for each other, so that a processor has nothing to do for most of the time
// that they take. Here each 64 bytes are looked at while their rounds go on: of a province's gigabyte the
// look that took 0.13 s behind the digest takes next to nothing beside it, and so do the 0.06 s that the places
// of its separators took behind the look.

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include "utf8.h"

#define LOOKS __attribute__((target("avx2,bmi,popcnt,lzcnt,sha")))

// FIPS 180-4, 4.2.2.
static const uint32_t rounds[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The eight words of a running digest in the order in which the processor takes them.
typedef struct {
  __m128i abef, cdgh;
} Chain;

LOOKS static inline Chain chain_of(const uint32_t *words) {
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)words), 0xB1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(words + 4)), 0x1B);
  return (Chain){_mm_alignr_epi8(low, high, 8), _mm_blend_epi16(high, low, 0xF0)};
}

LOOKS static inline void store(Chain chain, uint32_t *words) {
  __m128i low = _mm_shuffle_epi32(chain.abef, 0x1B);
  __m128i high = _mm_shuffle_epi32(chain.cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)words, _mm_blend_epi16(low, high, 0xF0));
  _mm_storeu_si128((__m128i *)(words + 4), _mm_alignr_epi8(high, low, 8));
}

// Takes 64 bytes into a digest.
LOOKS static inline __attribute__((always_inline)) Chain compressed(Chain chain, const uint8_t *bytes) {
  const __m128i big_endian =
      _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  __m128i words[4];
  Chain now = chain;
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i++) {
    if (i < 4) {
      words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)bytes + i), big_endian);
    } else {
      __m128i last = words[(i + 3) & 3];
      __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(words[i & 3], words[(i + 1) & 3]),
                                  _mm_alignr_epi8(last, words[(i + 2) & 3], 4));
      words[i & 3] = _mm_sha256msg2_epu32(sum, last);
    }
    __m128i taken = _mm_add_epi32(words[i & 3], _mm_load_si128((const __m128i *)rounds + i));
    now.cdgh = _mm_sha256rnds2_epu32(now.cdgh, now.abef, taken);
    now.abef = _mm_sha256rnds2_epu32(now.abef, now.cdgh, _mm_shuffle_epi32(taken, 0x0E));
  }
  return (Chain){_mm_add_epi32(now.abef, chain.abef), _mm_add_epi32(now.cdgh, chain.cdgh)};
}

LOOKS static inline uint64_t equal(__m256i a, __m256i b, char wanted) {
  __m256i needle = _mm256_set1_epi8(wanted);
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, needle)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, needle)) << 32;
}

// Writes the offset behind each of a group's marks. More are written than there are, so that nothing has to be
// guessed about their number.
LOOKS static inline __attribute__((always_inline)) uint32_t *places_behind(uint64_t marks, size_t found,
                                                                           uint32_t base, uint32_t *next) {
  uint64_t rest = marks;
  for (size_t made = 0; made == 0 || made < found; made += 8) {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 8; i++) {
      next[made + i] = base + (uint32_t)_tzcnt_u64(rest);
      rest = _blsr_u64(rest);
    }
  }
  return next + found;
}

LOOKS static void look_fast(ScanLook *look, const uint8_t *bytes, size_t count, int is_final,
                            size_t lead, uint32_t *places, uint32_t *digest, size_t hashed_from) {
  const char separator = (char)look->separator, quote = (char)look->quote;
  uint64_t strange = 0, behind_return = 0;
  __m256i before = _mm256_setzero_si256(), errors = before;
  Chain chain = {_mm_setzero_si128(), _mm_setzero_si128()};
  if (digest) chain = chain_of(digest);
  for (size_t at = 0; at < count; at += 64) {
    if (digest && at >= hashed_from && count - at >= 64) chain = compressed(chain, bytes + at);
    __m256i a = _mm256_loadu_si256((const __m256i *)(bytes + at));
    __m256i b = _mm256_loadu_si256((const __m256i *)(bytes + at + 32));
    uint64_t feeds = equal(a, b, '\n'), returns = equal(a, b, '\r');
    uint64_t both = feeds | equal(a, b, separator);
    // What stands behind a carriage return must be a line feed.
    strange |= equal(a, b, quote) | ((returns << 1 | behind_return) & ~feeds);
    behind_return = returns >> 63;
    size_t found = (size_t)__builtin_popcountll(both);
    places = places_behind(both, found, (uint32_t)(at + 1 - lead), places);
    look->feeds += (size_t)__builtin_popcountll(feeds);
    look->marks += found;
    look->returns += (size_t)__builtin_popcountll(returns);
    if (feeds) {
      look->end = at + 64 - (size_t)__builtin_clzll(feeds);
      look->marks_behind = 0;
      both = (uint64_t)__builtin_popcountll(both & ~(~(uint64_t)0 >> __builtin_clzll(feeds)));
    } else {
      both = found;
    }
    look->marks_behind += (size_t)both;
    errors = _mm256_or_si256(errors, errors_of(a, before));
    errors = _mm256_or_si256(errors, errors_of(b, a));
    before = b;
  }
  // Before the end of the text a character must have ended.
  if (is_final) errors = _mm256_or_si256(errors, errors_of(_mm256_setzero_si256(), before));
  look->is_strange = (strange | behind_return) != 0;
  look->is_utf8 = _mm256_testz_si256(errors, errors);
  if (digest) store(chain, digest);
}

// Whether the processor can all that. It is asked once: under a hypervisor an answer takes 10 microseconds.
static int is_fast(void) {
  static _Atomic signed char known = -1;
  if (known < 0) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    known = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
            __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("lzcnt") &&
            __get_cpuid_count(7, 0, &a, &b, &c, &d) && b >> 29 & 1;
  }
  return known;
}
#else
static int is_fast(void) { return 0; }
#endif

// The same without instructions that not every processor has; digest and encoding are left to others.
void scan_look_plainly(ScanLook *look, const uint8_t *bytes, size_t count, size_t lead, uint32_t *places) {
  uint64_t strange = 0, behind_return = 0;
  for (size_t at = 0; at < count; at += 64) {
    uint64_t feeds = scan_equal64(bytes + at, '\n'), returns = scan_equal64(bytes + at, '\r');
    uint64_t both = feeds | scan_equal64(bytes + at, look->separator);
    strange |= scan_equal64(bytes + at, look->quote) | ((returns << 1 | behind_return) & ~feeds);
    behind_return = returns >> 63;
    for (uint64_t rest = both; rest; rest &= rest - 1) {
      *places++ = (uint32_t)(at + 1 - lead) + (uint32_t)__builtin_ctzll(rest);
    }
    look->feeds += (size_t)__builtin_popcountll(feeds);
    look->marks += (size_t)__builtin_popcountll(both);
    look->returns += (size_t)__builtin_popcountll(returns);
    look->marks_behind += (size_t)__builtin_popcountll(both);
    if (!feeds) continue;
    look->end = at + 64 - (size_t)__builtin_clzll(feeds);
    look->marks_behind = (size_t)__builtin_popcountll(both & ~(~(uint64_t)0 >> __builtin_clzll(feeds)));
  }
  look->is_strange = (strange | behind_return) != 0;
  look->is_utf8 = -1;
}

int scan_look(ScanLook *look, const uint8_t *bytes, size_t count, int is_final, size_t lead,
              uint32_t *places, uint32_t *digest, size_t hashed_from) {
#if defined(__x86_64__)
  if (is_fast()) {
    look_fast(look, bytes, count, is_final, lead, places, digest, hashed_from);
    return digest != NULL;
  }
#endif
  (void)is_final;
  (void)digest;
  (void)hashed_from;
  scan_look_plainly(look, bytes, count, lead, places);
  return 0;
}
