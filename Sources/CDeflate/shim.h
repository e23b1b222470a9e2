// The program is linked against the static library, so that a start loads nothing of it.
#include <libdeflate.h>
