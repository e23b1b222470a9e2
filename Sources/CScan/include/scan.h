#ifndef HALFYEAR_SCAN_H
#define HALFYEAR_SCAN_H
#endif
