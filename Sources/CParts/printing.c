#define _GNU_SOURCE
#include "printing.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter/utility.h>
#include <xlsxwriter/xmlwriter.h>

/// Writes a whole number; returns the length.
static int put_whole(char *text, uint64_t value) {
  char digits[20];
  int count = 0;
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  for (int index = 0; index < count; index++) text[index] = digits[count - 1 - index];
  return count;
}

static int put_signed(char *text, int value) {
  if (value >= 0) return put_whole(text, (uint64_t)value);
  text[0] = '-';
  return 1 + put_whole(text + 1, -(uint64_t)(int64_t)value);
}

enum { DIGITS = 16 };
static const uint64_t powers[] = {
    1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u, 1000000000u,
    10000000000u, 100000000000u, 1000000000000u, 10000000000000u, 100000000000000u,
    1000000000000000u, 10000000000000000u, 100000000000000000u, 1000000000000000000u,
    10000000000000000000u};

/// `significand` × 2^-`shift` × 10^`scale`, rounded half to even. The product has at most 53 + 64 bits, so that
/// nothing is lost before the rounding.
static uint64_t scaled(uint64_t significand, int shift, int scale) {
  unsigned __int128 product = (unsigned __int128)significand * powers[scale];
  if (shift <= 0) return (uint64_t)(product << -shift);
  unsigned __int128 whole = product >> shift, rest = product - (whole << shift);
  unsigned __int128 half = (unsigned __int128)1 << (shift - 1);
  if (rest > half || (rest == half && (whole & 1) == 1)) whole++;
  return (uint64_t)whole;
}

/// Writes 16 digits, of which the first stands for 10^`exponent`, without the zeros at their end.
static int put_decimal(char *text, uint64_t digits, int exponent) {
  int count = DIGITS;
  while (digits % 10 == 0) {
    digits /= 10;
    count--;
  }
  int length = 0;
  if (exponent < 0) {
    length = 1 - exponent;
    memset(text, '0', (size_t)length + 1);
    text[1] = '.';
    length += put_whole(text + length, digits);
  } else if (count <= exponent + 1) {
    length = put_whole(text, digits * powers[exponent + 1 - count]);
  } else {
    length = put_whole(text, digits);
    memmove(text + exponent + 2, text + exponent + 1, (size_t)(count - exponent - 1));
    text[exponent + 1] = '.';
    length++;
  }
  return length;
}

int printing_number(char *text, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  int sign = (int)(bits >> 63);
  double size = sign ? -value : value;
  // 10^-4 is the least that has no exponent. What is no number fails both comparisons.
  if (!(size >= 1e-4 && size < 1e16) && size != 0) return 0;
  if (sign) *text++ = '-';
  uint64_t whole = (uint64_t)size;
  if ((double)whole == size) return sign + put_whole(text, whole);

  uint64_t significand = (bits & ((1ull << 52) - 1)) | 1ull << 52;
  int shift = 1075 - (int)(bits >> 52 & 0x7ff);
  int exponent = -4;
  // A power's double is the least that is not below it: so the comparison is that of the exact values.
  static const double bounds[] = {1e-3, 1e-2, 1e-1, 1,    1e1,  1e2,  1e3,  1e4,  1e5, 1e6,
                                  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  while (exponent < DIGITS - 1 && size >= bounds[exponent + 4]) exponent++;
  uint64_t digits = scaled(significand, shift, DIGITS - 1 - exponent);
  if (digits >= powers[DIGITS]) {
    // Rounded up to the next power of ten.
    digits /= 10;
    exponent++;
    if (exponent == DIGITS) return 0;
  }
  return sign + put_decimal(text, digits, exponent);
}

/// Appends bytes to a text that has room for `PRINTING_ROOM`; false where it has none for these.
static int append(char *text, int *length, const char *bytes, size_t count) {
  if (count > (size_t)(PRINTING_ROOM - *length)) return 0;
  memcpy(text + *length, bytes, count);
  *length += (int)count;
  return 1;
}

int printing_text(char *text, const char *format, va_list arguments) {
  int length = 0;
  for (const char *at = format; *at != 0; at++) {
    if (*at != '%') {
      if (length == PRINTING_ROOM) return -1;
      text[length++] = *at;
      continue;
    }
    at++;
    if (*at == 's') {
      const char *string = va_arg(arguments, const char *);
      if (string == NULL || !append(text, &length, string, strlen(string))) return -1;
      continue;
    }
    if (length > PRINTING_ROOM - PRINTING_NUMBER_ROOM) return -1;
    if (*at == 'd') {
      length += put_signed(text + length, va_arg(arguments, int));
    } else if (*at == 'u') {
      length += put_whole(text + length, va_arg(arguments, unsigned));
    } else if (*at == '%') {
      text[length++] = '%';
    } else if (strncmp(at, ".16G", 4) == 0) {
      int count = printing_number(text + length, va_arg(arguments, double));
      if (count == 0) return -1;
      length += count;
      at += 3;
    } else {
      return -1;
    }
  }
  return length;
}

extern int __vfprintf_chk(FILE *file, int flag, const char *format, va_list arguments);
int __fprintf_chk(FILE *file, int flag, const char *format, ...);

// What `fprintf` is in a library that was built with checks of its formats, as Debian's are.
int __fprintf_chk(FILE *file, int flag, const char *format, ...) {
  char text[PRINTING_ROOM];
  va_list arguments;
  va_start(arguments, format);
  int length = printing_text(text, format, arguments);
  va_end(arguments);
  if (length >= 0) return fwrite(text, 1, (size_t)length, file) == (size_t)length ? length : -1;
  va_start(arguments, format);
  length = __vfprintf_chk(file, flag, format, arguments);
  va_end(arguments);
  return length;
}

void lxw_rowcol_to_cell(char *cell_name, lxw_row_t row, lxw_col_t col) {
  char letters[4];
  int count = 0;
  // A number to the base of 26 whose digits count from one.
  for (unsigned rest = (unsigned)col + 1; rest > 0; rest = (rest - 1) / 26) {
    letters[count++] = (char)('A' + (rest - 1) % 26);
  }
  while (count > 0) *cell_name++ = letters[--count];
  cell_name[put_whole(cell_name, (uint64_t)row + 1)] = 0;
}

/// Copies as much as an attribute has room for. (libxlsxwriter fills the rest of its two kilobytes with zeros,
/// which was half the time that an attribute takes.)
static void copy_attribute(char *place, const char *text) {
  size_t count = strnlen(text, LXW_MAX_ATTRIBUTE_LENGTH - 1);
  memcpy(place, text, count);
  place[count] = 0;
}

/// An attribute without a value.
static struct xml_attribute *new_attribute(const char *key) {
  struct xml_attribute *attribute = malloc(sizeof *attribute);
  // As libxlsxwriter, which has no way to say so either.
  if (attribute == NULL) abort();
  copy_attribute(attribute->key, key);
  return attribute;
}

struct xml_attribute *lxw_new_attribute_str(const char *key, const char *value) {
  struct xml_attribute *attribute = new_attribute(key);
  copy_attribute(attribute->value, value);
  return attribute;
}

struct xml_attribute *lxw_new_attribute_int(const char *key, uint32_t value) {
  struct xml_attribute *attribute = new_attribute(key);
  // It is written as a signed number there.
  attribute->value[put_signed(attribute->value, (int)value)] = 0;
  return attribute;
}

struct xml_attribute *lxw_new_attribute_dbl(const char *key, double value) {
  struct xml_attribute *attribute = new_attribute(key);
  int length = printing_number(attribute->value, value);
  if (length > 0) {
    attribute->value[length] = 0;
  } else {
    (void)snprintf(attribute->value, LXW_ATTR_32, "%.16G", value);
  }
  return attribute;
}
