// A run that writes no workbook has no use for libxlsxwriter, and one that does, not before its figures are
// counted. Linked in the usual way, it and what it needs in turn (minizip, and for that all of OpenSSL) take a
// millisecond of each start to load. So the program is not linked to it: each function below is a jump to where
// it has been loaded.
//
// The jumps are not exported: what the library calls of itself stays its own.
#include "loading.h"
#include "functions.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static const char library[] = "libxlsxwriter.so." LXW_SOVERSION;

static void call_too_early(void) {
  (void)fputs("libxlsxwriter is called before it is loaded\n", stderr);
  abort();
}

#if defined(__x86_64__)
#define JUMP_THROUGH(slot) "jmp *" slot "(%rip)\n"
#elif defined(__aarch64__)
// x16 is free for what lies between a call and its function.
#define JUMP_THROUGH(slot) "adrp x16, " slot "\nldr x16, [x16, :lo12:" slot "]\nbr x16\n"
#else
#error "For this processor, say here how to jump to an address in memory and keep all arguments."
#endif

/// A function of the library, and where its address is kept.
#define FUNCTION(name)                                                                                         \
  __attribute__((used, visibility("hidden"))) void (*xlsxwriter_at_##name)(void) = call_too_early;             \
  __asm__(".pushsection .text." #name ", \"ax\", %progbits\n"                                                  \
          ".globl " #name "\n.hidden " #name "\n.type " #name ", %function\n"                                  \
          #name ":\n.cfi_startproc\n" JUMP_THROUGH("xlsxwriter_at_" #name) ".cfi_endproc\n"                    \
          ".size " #name ", .-" #name "\n.popsection\n");

FUNCTIONS(FUNCTION)

static const struct {
  const char *name;
  void (**address)(void);
} functions[] = {
#define ENTRY(name) {#name, &xlsxwriter_at_##name},
    FUNCTIONS(ENTRY)};

/// Why the library cannot be used; empty where it can.
static char obstacle[512];

static void load(void) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  for (size_t i = 0; handle != NULL && i < sizeof functions / sizeof *functions; i++) {
    void *address = dlsym(handle, functions[i].name);
    if (address == NULL) handle = NULL;
    else *functions[i].address = (void (*)(void))address;
  }
  if (handle != NULL) return;
  const char *reason = dlerror();
  (void)snprintf(obstacle, sizeof obstacle, "%s", reason != NULL ? reason : library);
}

const char *xlsxwriter_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
  return obstacle[0] == '\0' ? NULL : obstacle;
}
