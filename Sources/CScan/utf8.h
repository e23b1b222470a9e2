// The errors of UTF-8 in 32 bytes at once; for processors with AVX2.
#ifndef HALFYEAR_UTF8_H
#define HALFYEAR_UTF8_H
#include <immintrin.h>

// The method of Keiser and Lemire, Validating UTF-8 in less than one instruction per byte (2021): three
// look-ups by half a byte each tell every error that shows in two bytes beside each other; what is left is
// that the third and fourth byte of a character continue it. Of a file of Chinese it takes a third of the
// time that character by character takes.
enum {
  TOO_SHORT = 1,         // a lead byte or ASCII where the character before goes on
  TOO_LONG = 2,          // ASCII and a byte that goes on
  OVERLONG_3 = 4,        // E0 followed by less than A0
  TOO_LARGE = 8,         // beyond F4 8F
  SURROGATE = 16,        // ED followed by more than 9F
  OVERLONG_2 = 32,       // C0 or C1
  TOO_LARGE_1000 = 64,   // F5 and more
  OVERLONG_4 = 64,       // F0 followed by less than 90
  TWO_CONTINUE = 128,    // two bytes that go on
  ANY = TOO_SHORT | TOO_LONG | TWO_CONTINUE
};

#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
#define AVX2 __attribute__((target("avx2")))

// The bytes that stand so many places before each byte.
#define BEFORE(count)                                                                          \
  _mm256_alignr_epi8(bytes, _mm256_permute2x128_si256(before, bytes, 0x21), 16 - (count))

AVX2 static inline __m256i errors_of(__m256i bytes, __m256i before) {
  const __m256i low = _mm256_set1_epi8(0x0F);
  const __m256i by_first_high = TWICE(
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
      (char)TWO_CONTINUE, (char)TWO_CONTINUE, (char)TWO_CONTINUE, (char)TWO_CONTINUE,
      TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
      TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
  const char large = (char)(ANY | TOO_LARGE | TOO_LARGE_1000);
  const __m256i by_first_low = TWICE(
      (char)(ANY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(ANY | OVERLONG_2), (char)ANY,
      (char)ANY, (char)(ANY | TOO_LARGE), large, large, large, large, large, large, large, large,
      (char)(large | SURROGATE), large, large);
  const char over = (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUE);
  const __m256i by_second_high = TWICE(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      (char)(over | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
      (char)(over | OVERLONG_3 | TOO_LARGE), (char)(over | SURROGATE | TOO_LARGE),
      (char)(over | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
  __m256i first = BEFORE(1);
  __m256i first_high = _mm256_and_si256(_mm256_srli_epi16(first, 4), low);
  __m256i second_high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low);
  __m256i pairs = _mm256_and_si256(
      _mm256_and_si256(_mm256_shuffle_epi8(by_first_high, first_high),
                       _mm256_shuffle_epi8(by_first_low, _mm256_and_si256(first, low))),
      _mm256_shuffle_epi8(by_second_high, second_high));
  // A third or fourth byte is the second of two that go on, and nothing else is.
  __m256i third = _mm256_subs_epu8(BEFORE(2), _mm256_set1_epi8(0xE0 - 0x80));
  __m256i fourth = _mm256_subs_epu8(BEFORE(3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
  __m256i go_on = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  return _mm256_xor_si256(go_on, pairs);
}

#endif
