#include "scan.h"

#if defined(__x86_64__)
#include "utf8.h"

AVX2 static int is_utf8(const uint8_t *bytes, size_t count) {
  __m256i before = _mm256_setzero_si256(), errors = before;
  size_t at = 0;
  for (; count - at >= 32; at += 32) {
    __m256i now = _mm256_loadu_si256((const __m256i *)(bytes + at));
    // ASCII behind ASCII has no errors.
    if (_mm256_movemask_epi8(_mm256_or_si256(now, before)) != 0) {
      errors = _mm256_or_si256(errors, errors_of(now, before));
    }
    before = now;
  }
  // The rest with zeros behind it, before which a character must have ended.
  uint8_t rest[32] = {0};
  memcpy(rest, bytes + at, count - at);
  __m256i now = _mm256_loadu_si256((const __m256i *)rest);
  errors = _mm256_or_si256(errors, errors_of(now, before));
  errors = _mm256_or_si256(errors, errors_of(_mm256_setzero_si256(), now));
  return _mm256_testz_si256(errors, errors);
}

int scan_is_utf8(const uint8_t *bytes, size_t count) {
  return __builtin_cpu_supports("avx2") ? is_utf8(bytes, count) : -1;
}

#else

int scan_is_utf8(const uint8_t *bytes, size_t count) {
  (void)bytes;
  (void)count;
  return -1;
}

#endif
