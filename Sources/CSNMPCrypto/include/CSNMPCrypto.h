/* The hashes and ciphers of the user-based security model (RFC 3414, 3826, 7860), from OpenSSL's libcrypto.
   Nothing of the model itself is here: keys, messages and time windows are Swift. */
#ifndef CSNMPCRYPTO_H
#define CSNMPCRYPTO_H

#include <openssl/crypto.h>

#endif
