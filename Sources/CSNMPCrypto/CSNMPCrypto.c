#include "CSNMPCrypto.h"
