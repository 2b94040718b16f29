#include "CRuleFile.h"

static const unsigned char rules[] = {
#embed "rules.yaml"
};

const unsigned char *crulefile_bytes(void) { return rules; }

size_t crulefile_length(void) { return sizeof rules; }
