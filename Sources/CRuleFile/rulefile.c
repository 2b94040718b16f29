#include "CRuleFile.h"

static const unsigned char rules[] = {
#embed "rules.yaml"
};

static const unsigned char alerts[] = {
#embed "alerts.yaml"
};

const unsigned char *crulefile_bytes(void) { return rules; }

size_t crulefile_length(void) { return sizeof rules; }

const unsigned char *crulefile_alert_bytes(void) { return alerts; }

size_t crulefile_alert_length(void) { return sizeof alerts; }
