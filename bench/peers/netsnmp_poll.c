/*
 * Peer: net-snmp's asynchronous C library, one session per device kept open, all sessions in flight.
 * Reads columns of each device by GETBULK, POLLS times, and prints the varbinds it got and the CPU seconds of
 * polling: from when the first CONCURRENCY sessions were open (keys made, engines discovered) to the end.
 *
 *   netsnmp_poll PORT MAX_REPETITIONS CONCURRENCY POLLS tables|counters [USER AUTH_PASS PRIV_PASS] < addresses
 *
 * tables: ifTable and ifXTable; counters: the eight 64-bit packet and octet counters of ifXTable, each column by
 * its own GETBULK. With a user: version 3, SHA and AES-128; else version 2c, community public.
 */
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct root {
    oid name[11];
    size_t length;
};

static const struct root tables[] = {
    {{1, 3, 6, 1, 2, 1, 2, 2, 1}, 9},
    {{1, 3, 6, 1, 2, 1, 31, 1, 1}, 9},
};
#define COUNTER(column) {{1, 3, 6, 1, 2, 1, 31, 1, 1, 1, column}, 11}
static const struct root counters[] = {COUNTER(6),  COUNTER(7),  COUNTER(8),  COUNTER(9),
                                       COUNTER(10), COUNTER(11), COUNTER(12), COUNTER(13)};

struct device {
    netsnmp_session *session;
    int root;
    long polls_left;
    int done;
};

static const struct root *roots;
static int root_count;
static long max_repetitions, polls;
static long varbinds, responses, failures;
static int active;

static void ask(struct device *device, const oid *from, size_t length);

static void end_device(struct device *device, int failed) {
    failures += failed;
    device->done = 1;
    active--;
}

static void finish_root(struct device *device) {
    if (++device->root == root_count) {
        device->root = 0;
        if (--device->polls_left == 0) {
            end_device(device, 0);
            return;
        }
    }
    ask(device, roots[device->root].name, roots[device->root].length);
}

static int answered(int operation, netsnmp_session *session, int request, netsnmp_pdu *pdu, void *magic) {
    struct device *device = magic;
    (void)session;
    (void)request;
    if (operation == NETSNMP_CALLBACK_OP_RESEND || operation == NETSNMP_CALLBACK_OP_CONNECT) return 1;
    if (operation != NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE || pdu->command != SNMP_MSG_RESPONSE ||
        pdu->errstat != SNMP_ERR_NOERROR) {
        end_device(device, 1);
        return 1;
    }
    responses++;
    const struct root *root = &roots[device->root];
    netsnmp_variable_list *last = NULL;
    for (netsnmp_variable_list *v = pdu->variables; v; v = v->next_variable) {
        if (v->type == SNMP_ENDOFMIBVIEW ||
            netsnmp_oid_is_subtree(root->name, root->length, v->name, v->name_length) != 0) {
            finish_root(device);
            return 1;
        }
        varbinds++;
        last = v;
    }
    if (last) ask(device, last->name, last->name_length);
    else finish_root(device);
    return 1;
}

static void ask(struct device *device, const oid *from, size_t length) {
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GETBULK);
    pdu->non_repeaters = 0;
    pdu->max_repetitions = max_repetitions;
    snmp_add_null_var(pdu, from, length);
    if (!snmp_async_send(device->session, pdu, answered, device)) {
        snmp_free_pdu(pdu);
        end_device(device, 1);
    }
}

static netsnmp_session settings;

/* What all sessions share; the keys are made from the pass phrases once. */
static int prepare(char **user) {
    snmp_sess_init(&settings);
    settings.retries = 3;
    settings.timeout = 5000000;
    if (!user) {
        settings.version = SNMP_VERSION_2c;
        settings.community = (u_char *)"public";
        settings.community_len = 6;
        return 1;
    }
    settings.version = SNMP_VERSION_3;
    settings.securityName = user[0];
    settings.securityNameLen = strlen(user[0]);
    settings.securityLevel = SNMP_SEC_LEVEL_AUTHPRIV;
    settings.securityAuthProto = (oid *)usmHMACSHA1AuthProtocol;
    settings.securityAuthProtoLen = USM_AUTH_PROTO_SHA_LEN;
    settings.securityAuthKeyLen = USM_AUTH_KU_LEN;
    settings.securityPrivProto = (oid *)usmAESPrivProtocol;
    settings.securityPrivProtoLen = USM_PRIV_PROTO_AES_LEN;
    settings.securityPrivKeyLen = USM_PRIV_KU_LEN;
    return generate_Ku(settings.securityAuthProto, settings.securityAuthProtoLen, (u_char *)user[1], strlen(user[1]),
                       settings.securityAuthKey, &settings.securityAuthKeyLen) == SNMPERR_SUCCESS &&
           generate_Ku(settings.securityAuthProto, settings.securityAuthProtoLen, (u_char *)user[2], strlen(user[2]),
                       settings.securityPrivKey, &settings.securityPrivKeyLen) == SNMPERR_SUCCESS;
}

/* Takes the next address for a place whose device is done; 0 when there is none. */
static int start_next(struct device *device, const char *port) {
    char address[64], peer[128];
    if (scanf("%63s", address) != 1) return 0;
    if (device->session) snmp_close(device->session);
    snprintf(peer, sizeof peer, "udp:%s:%s", address, port);
    netsnmp_session own = settings;
    own.peername = peer;
    device->session = snmp_open(&own);
    if (!device->session) {
        snmp_perror(peer);
        exit(1);
    }
    device->root = 0;
    device->polls_left = polls;
    device->done = 0;
    active++;
    ask(device, roots[0].name, roots[0].length);
    return 1;
}

static void wait_and_read(void) {
    int count = 0, block = 1;
    fd_set set;
    FD_ZERO(&set);
    struct timeval wait = {1, 0};
    snmp_select_info(&count, &set, &wait, &block);
    count = select(count, &set, NULL, NULL, block ? NULL : &wait);
    if (count > 0) snmp_read(&set);
    else snmp_timeout();
}

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
    if (argc != 6 && argc != 9) return 64;
    const char *port = argv[1];
    max_repetitions = atol(argv[2]);
    int concurrency = atoi(argv[3]);
    polls = atol(argv[4]);
    int is_counters = strcmp(argv[5], "counters") == 0;
    roots = is_counters ? counters : tables;
    root_count = is_counters ? 8 : 2;
    if (concurrency < 1 || concurrency > 900 || polls < 1) return 64; /* select knows descriptors below 1024 */
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE, 1);
    netsnmp_ds_set_int(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_CLIENTRECVBUF, 1 << 20);
    setenv("MIBS", "", 1);
    init_snmp("netsnmp_poll");
    if (!prepare(argc == 9 ? argv + 6 : NULL)) return 1;
    struct device *devices = calloc((size_t)concurrency, sizeof *devices);
    double start = 0;
    for (int more = 1; more || active;) {
        for (int i = 0; more && i < concurrency; i++) {
            if (!devices[i].session || devices[i].done) more = start_next(&devices[i], port);
        }
        if (start == 0) start = cpu_seconds();
        wait_and_read();
    }
    printf("{\"varbinds\":%ld,\"responses\":%ld,\"failures\":%ld,\"cpu_seconds\":%.6f}\n", varbinds, responses,
           failures, cpu_seconds() - start);
    return failures ? 1 : 0;
}
