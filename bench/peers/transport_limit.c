/*
 * The limit: request and response datagrams by sendmmsg and recvmmsg on one unconnected socket, nothing decoded.
 *
 * Sends the requests of REQUESTS (each: 2 octets of length, big endian, then the octets) in turn, the whole list to
 * each address before the next address gets it, and keeps OUTSTANDING of them unanswered. Every response that arrives
 * lets one more request go, whichever it answers. Prints round trips, octets and the CPU seconds they cost.
 *
 *   transport_limit PORT REQUESTS OUTSTANDING ROUND_TRIPS < addresses
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { BATCH = 64, BUFFER = 65536, REQUESTS_MAX = 256, REQUEST_OCTETS_MAX = 2048 };

static struct iovec requests[REQUESTS_MAX];
static int request_count;
static struct sockaddr_in *destinations;
static int destination_count;

static void read_requests(const char *path) {
    FILE *file = fopen(path, "rb");
    int high, low;
    while (file && request_count < REQUESTS_MAX && (high = getc(file)) != EOF && (low = getc(file)) != EOF) {
        size_t length = (size_t)(high << 8 | low);
        void *octets = malloc(length);
        if (length > REQUEST_OCTETS_MAX || fread(octets, 1, length, file) != length) exit(65);
        requests[request_count++] = (struct iovec){octets, length};
    }
    if (file) fclose(file);
}

static void read_destinations(int port) {
    char text[64];
    size_t room = 0;
    while (scanf("%63s", text) == 1) {
        if ((size_t)destination_count == room) {
            room = room ? 2 * room : 1024;
            destinations = realloc(destinations, room * sizeof *destinations);
        }
        struct sockaddr_in *to = &destinations[destination_count++];
        memset(to, 0, sizeof *to);
        to->sin_family = AF_INET;
        to->sin_port = htons((uint16_t)port);
        if (inet_pton(AF_INET, text, &to->sin_addr) != 1) exit(65);
    }
}

static struct mmsghdr sending[BATCH], receiving[BATCH];
static struct sockaddr_in sources[BATCH];
static struct iovec buffers[BATCH];
static long next_request, octets_out, octets_in;

static void prepare_receiving(void) {
    char *memory = aligned_alloc(4096, (size_t)BATCH * BUFFER);
    for (int i = 0; i < BATCH; i++) {
        buffers[i] = (struct iovec){memory + (size_t)i * BUFFER, BUFFER};
        receiving[i].msg_hdr.msg_iov = &buffers[i];
        receiving[i].msg_hdr.msg_iovlen = 1;
        receiving[i].msg_hdr.msg_name = &sources[i]; /* whoever polls from an unconnected socket needs it */
        receiving[i].msg_hdr.msg_namelen = sizeof sources[i];
    }
}

/* Sends up to `wanted` requests; returns how many. */
static long send_requests(int fd, long wanted) {
    int count = wanted < BATCH ? (int)wanted : BATCH;
    for (int i = 0; i < count; i++) {
        long number = next_request + i;
        sending[i].msg_hdr.msg_iov = &requests[number % request_count];
        sending[i].msg_hdr.msg_iovlen = 1;
        sending[i].msg_hdr.msg_name = &destinations[number / request_count % destination_count];
        sending[i].msg_hdr.msg_namelen = sizeof *destinations;
    }
    int sent = sendmmsg(fd, sending, (unsigned)count, MSG_DONTWAIT);
    if (sent < 0) {
        if (errno == EAGAIN || errno == ENOBUFS) return 0;
        perror("sendmmsg");
        exit(1);
    }
    for (int i = 0; i < sent; i++) octets_out += (long)sending[i].msg_len;
    next_request += sent;
    return sent;
}

static long receive_responses(int fd) {
    int count = recvmmsg(fd, receiving, BATCH, MSG_DONTWAIT, NULL);
    if (count < 0) {
        if (errno == EAGAIN) return 0;
        perror("recvmmsg");
        exit(1);
    }
    for (int i = 0; i < count; i++) {
        octets_in += receiving[i].msg_len;
        receiving[i].msg_hdr.msg_namelen = sizeof sources[i];
    }
    return count;
}

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int open_socket(void) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), octets = 16 << 20;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    return fd;
}

int main(int argc, char **argv) {
    if (argc != 5) return 64;
    read_requests(argv[2]);
    long outstanding = atol(argv[3]), wanted = atol(argv[4]);
    read_destinations(atoi(argv[1]));
    if (!request_count || !destination_count || outstanding < 1) return 65;
    prepare_receiving();
    int fd = open_socket();
    long done = 0, in_flight = 0, lost = 0;
    double start = cpu_seconds();
    while (done < wanted) {
        while (in_flight < outstanding) {
            long sent = send_requests(fd, outstanding - in_flight);
            if (!sent) break;
            in_flight += sent;
        }
        struct pollfd wait = {fd, POLLIN, 0};
        if (poll(&wait, 1, 200) == 0) {
            lost += in_flight;
            in_flight = 0;
            continue;
        }
        long received = 0, some;
        for (int round = 0; round < 8 && (some = receive_responses(fd)) > 0; round++) {
            received += some;
            if (some < BATCH) break;
        }
        done += received;
        in_flight = in_flight > received ? in_flight - received : 0;
    }
    printf("{\"round_trips\":%ld,\"lost\":%ld,\"octets_out\":%ld,\"octets_in\":%ld,\"requests\":%d,", done, lost,
           octets_out, octets_in, request_count);
    printf("\"cpu_seconds\":%.6f}\n", cpu_seconds() - start);
    return 0;
}
