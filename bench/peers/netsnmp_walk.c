/*
 * Peer: net-snmp's asynchronous C library, one session per device, all sessions in flight.
 * Walks ifTable and ifXTable of each device by GETBULK and prints the varbinds it got and its own CPU seconds.
 *
 *   netsnmp_walk PORT MAX_REPETITIONS CONCURRENCY < addresses
 */
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static oid roots[2][9] = {{1, 3, 6, 1, 2, 1, 2, 2, 1}, {1, 3, 6, 1, 2, 1, 31, 1, 1}};
enum { ROOT_LENGTH = 9 };

struct walk {
    netsnmp_session *session;
    int root;
    int done;
};

static long max_repetitions;
static long varbinds, failures;
static int active;

static void ask(struct walk *walk, const oid *from, size_t length);

static void finish_table(struct walk *walk) {
    if (++walk->root < 2) {
        ask(walk, roots[walk->root], ROOT_LENGTH);
    } else {
        walk->done = 1;
        active--;
    }
}

static int answered(int operation, netsnmp_session *session, int request, netsnmp_pdu *pdu, void *magic) {
    struct walk *walk = magic;
    (void)session;
    (void)request;
    if (operation != NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE || pdu->errstat != SNMP_ERR_NOERROR) {
        failures++;
        walk->done = 1;
        active--;
        return 1;
    }
    netsnmp_variable_list *last = NULL;
    for (netsnmp_variable_list *v = pdu->variables; v; v = v->next_variable) {
        if (v->type == SNMP_ENDOFMIBVIEW ||
            netsnmp_oid_is_subtree(roots[walk->root], ROOT_LENGTH, v->name, v->name_length) != 0) {
            finish_table(walk);
            return 1;
        }
        varbinds++;
        last = v;
    }
    if (!last) {
        finish_table(walk);
        return 1;
    }
    ask(walk, last->name, last->name_length);
    return 1;
}

static void ask(struct walk *walk, const oid *from, size_t length) {
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GETBULK);
    pdu->non_repeaters = 0;
    pdu->max_repetitions = max_repetitions;
    snmp_add_null_var(pdu, from, length);
    if (!snmp_async_send(walk->session, pdu, answered, walk)) {
        snmp_free_pdu(pdu);
        failures++;
        walk->done = 1;
        active--;
    }
}

int main(int argc, char **argv) {
    if (argc != 4) return 64;
    const char *port = argv[1];
    max_repetitions = atol(argv[2]);
    int concurrency = atoi(argv[3]);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD, 1);
    setenv("MIBS", "", 1);
    init_snmp("netsnmp_walk");
    struct walk *walks = calloc((size_t)concurrency, sizeof *walks);
    char address[64], peer[128];
    int more = 1;
    while (more || active) {
        for (int i = 0; more && i < concurrency; i++) {
            if (walks[i].session && !walks[i].done) continue;
            if (walks[i].session) snmp_close(walks[i].session);
            walks[i].session = NULL;
            if (scanf("%63s", address) != 1) {
                more = 0;
                break;
            }
            snprintf(peer, sizeof peer, "udp:%s:%s", address, port);
            netsnmp_session settings;
            snmp_sess_init(&settings);
            settings.peername = peer;
            settings.version = SNMP_VERSION_2c;
            settings.community = (u_char *)"public";
            settings.community_len = 6;
            settings.retries = 3;
            settings.timeout = 2000000;
            walks[i].session = snmp_open(&settings);
            if (!walks[i].session) return 1;
            walks[i].root = 0;
            walks[i].done = 0;
            active++;
            ask(&walks[i], roots[0], ROOT_LENGTH);
        }
        int count = 0, block = 1;
        netsnmp_large_fd_set set;
        netsnmp_large_fd_set_init(&set, 4096);
        struct timeval wait = {1, 0};
        snmp_select_info2(&count, &set, &wait, &block);
        count = netsnmp_large_fd_set_select(count, &set, NULL, NULL, block ? NULL : &wait);
        if (count > 0) snmp_read2(&set);
        else snmp_timeout();
        netsnmp_large_fd_set_cleanup(&set);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("{\"varbinds\":%ld,\"failures\":%ld,\"cpu_seconds\":%.6f}\n", varbinds, failures, cpu);
    return failures ? 1 : 0;
}
