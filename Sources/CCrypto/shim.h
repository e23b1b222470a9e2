// The plain SHA-256 functions draw in the digest alone; EVP would draw in every provider, and the
// program is linked against the static library so that a start loads nothing it does not use.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/aes.h>
#include <openssl/md5.h>
#include <openssl/sha.h>
