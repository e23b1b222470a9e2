#include "scan.h"

// Loops over the cells of a column in which nothing has to be guessed: of a ledger's days each eighth is empty,
// and a branch that is guessed wrong at every second of these takes longer than the decoding.
//
// What a row turns out to be is picked by masks, because a compiler makes branches of choices again. In Swift the
// same loops kept half of their values in memory; in C they took a sixtieth off the counting of a city's rows.

static inline uint64_t little(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline int64_t picked(int condition, int64_t value, int64_t other) {
  return other ^ ((value ^ other) & -(int64_t)condition);
}

size_t scan_days(ScanCells cells, size_t rows, ScanMonths months, int64_t empty, int64_t other, int64_t *out) {
  size_t others = 0;
  for (size_t row = 0; row < rows; row++) {
    uint32_t start = cells.starts[row * cells.stride];
    uint32_t count = cells.ends[row * cells.stride] - cells.gap - start;
    const uint8_t *bytes = cells.bytes + start;
    // Afterwards every byte is a digit's value, or 0 where a hyphen must be.
    uint64_t head = little(bytes) ^ 0x2D30302D30303030;
    uint64_t tail = (uint64_t)(bytes[8] | bytes[9] << 8) ^ 0x3030;
    uint64_t wrong = head | (head + 0x7F76767F76767676) | tail | (tail + 0x7676);
    uint64_t pairs = (head & 0xFFFFFFFF) * 10 + ((head & 0xFFFFFFFF) >> 8);
    uint64_t year = (pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF) - months.first_year;
    uint64_t month = (head >> 40 & 0xFF) * 10 + (head >> 48 & 0xFF) - 1;
    uint64_t day = (tail & 0xFF) * 10 + (tail >> 8) - 1;
    int is_usual = (count == 10) & ((wrong & 0x8080808080808080) == 0) & (year < months.years) & (month < 12);
    int32_t entry = months.entries[(year * 12 + month) & (uint64_t) - (int64_t)is_usual];
    is_usual &= day < (uint64_t)(entry & 31);
    int64_t value = picked(is_usual, (entry >> 5) + (int64_t)day, picked(count == 0, empty, other));
    others += value == other;
    out[row] = value;
  }
  return others;
}

void scan_numbers(ScanCells cells, size_t first, size_t last, ScanShape shape, const int32_t *table,
                  uint64_t limit, int64_t *out) {
  for (size_t row = first; row < last; row++) {
    uint32_t start = cells.starts[row * cells.stride];
    uint32_t count = cells.ends[row * cells.stride] - cells.gap - start;
    uint64_t word = little(cells.bytes + start) << shape.shift ^ shape.zero;
    uint64_t wrong = ((word | (word + 0x7676767676767676)) & 0x8080808080808080) | (word & shape.prefix);
    // Pairs of digits, fours and eights.
    uint64_t pairs = word * 10 + (word >> 8);
    uint64_t even = (pairs & 0x000000FF000000FF) * 0x000F424000000064;
    uint64_t odd = (pairs >> 16 & 0x000000FF000000FF) * 0x0000271000000001;
    uint64_t number = (uint32_t)((even + odd) >> 32);
    int has_shape = (count == shape.count) & (wrong == 0) & (number < limit);
    uint64_t place = number & (uint64_t) - (int64_t)has_shape;
    __builtin_prefetch(table + place, 0, 3);
    out[row] = picked(has_shape, (int64_t)place, -1);
  }
}
