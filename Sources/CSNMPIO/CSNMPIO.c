#include "CSNMPIO.h"
