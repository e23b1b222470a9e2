// The C library's character set conversion, which Swift's own module of it leaves out.
#ifndef HALFYEAR_ENCODING_H
#define HALFYEAR_ENCODING_H
#include <iconv.h>
#endif
