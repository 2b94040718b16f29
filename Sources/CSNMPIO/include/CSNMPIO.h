/* What Glibc's Swift module lacks for datagram I/O on Linux: struct mmsghdr with sendmmsg and recvmmsg, epoll,
   eventfd, control messages, and the extended error queue. Everything is inline; the target has no state.

   _GNU_SOURCE is not defined here: with it this module's types (fd_set) would differ from those of Swift's Glibc
   module, which is built without. The few GNU declarations needed are written out below. */
#ifndef CSNMPIO_H
#define CSNMPIO_H

#include <arpa/inet.h>
#include <errno.h>
#include <linux/errqueue.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#ifndef __USE_GNU
/* <sys/socket.h> */
struct mmsghdr {
    struct msghdr msg_hdr;
    unsigned int msg_len;
};
/* <netinet/in.h> */
struct in6_pktinfo {
    struct in6_addr ipi6_addr;
    unsigned int ipi6_ifindex;
};
#endif

/* recvmmsg(2): the number of messages received, or -1 and errno. */
static inline int csnmpio_receive(int fd, struct mmsghdr *messages, unsigned int count, int flags) {
    return (int)syscall(SYS_recvmmsg, fd, messages, count, flags, NULL);
}

/* sendmmsg(2): the number of messages sent, or -1 and the errno of the first. */
static inline int csnmpio_send(int fd, struct mmsghdr *messages, unsigned int count, int flags) {
    return (int)syscall(SYS_sendmmsg, fd, messages, count, flags);
}

/* The room a datagram's control messages may take: packet info, drop count, extended error with its offender. */
#define CSNMPIO_CONTROL_SIZE 256

/* An address family, 16 octets (4 used for IPv4), and a port in host order, out of Swift. */
struct csnmpio_address {
    uint8_t octets[16];
    uint32_t scope;
    uint16_t port;
    uint8_t is_ipv6;
    uint8_t is_valid;
};

/* What the control messages of one received datagram said. */
struct csnmpio_received {
    struct csnmpio_address local; /* where it was sent to (IP_PKTINFO); port 0 */
    uint32_t interface_index;
    uint32_t dropped; /* SO_RXQ_OVFL: datagrams lost so far */
    uint8_t has_dropped;
    int32_t error; /* errno of an extended error, 0 if none */
    uint8_t error_origin;
    uint8_t error_type;
    uint8_t error_code;
};

static inline socklen_t csnmpio_write_address(const struct csnmpio_address *from, struct sockaddr_storage *to) {
    if (from->is_ipv6) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)to;
        memset(six, 0, sizeof(*six));
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(from->port);
        six->sin6_scope_id = from->scope;
        memcpy(&six->sin6_addr, from->octets, 16);
        return sizeof(*six);
    }
    struct sockaddr_in *four = (struct sockaddr_in *)to;
    memset(four, 0, sizeof(*four));
    four->sin_family = AF_INET;
    four->sin_port = htons(from->port);
    memcpy(&four->sin_addr, from->octets, 4);
    return sizeof(*four);
}

static inline struct csnmpio_address csnmpio_read_address(const struct sockaddr_storage *from) {
    struct csnmpio_address to;
    memset(&to, 0, sizeof(to));
    if (from->ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)from;
        memcpy(to.octets, &six->sin6_addr, 16);
        to.scope = six->sin6_scope_id;
        to.port = ntohs(six->sin6_port);
        to.is_ipv6 = 1;
        to.is_valid = 1;
    } else if (from->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)from;
        memcpy(to.octets, &four->sin_addr, 4);
        to.port = ntohs(four->sin_port);
        to.is_valid = 1;
    }
    return to;
}

/* Reads what this library knows of a received message's control messages. */
static inline struct csnmpio_received csnmpio_read_control(struct msghdr *message) {
    struct csnmpio_received seen;
    memset(&seen, 0, sizeof(seen));
    if (message->msg_controllen == 0) { return seen; }
    for (struct cmsghdr *each = CMSG_FIRSTHDR(message); each != NULL; each = CMSG_NXTHDR(message, each)) {
        if (each->cmsg_level == SOL_SOCKET && each->cmsg_type == SO_RXQ_OVFL) {
            memcpy(&seen.dropped, CMSG_DATA(each), sizeof(uint32_t));
            seen.has_dropped = 1;
        } else if (each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(each), sizeof(info));
            memcpy(seen.local.octets, &info.ipi_addr, 4);
            seen.interface_index = (uint32_t)info.ipi_ifindex;
            seen.local.is_valid = 1;
        } else if (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo info;
            memcpy(&info, CMSG_DATA(each), sizeof(info));
            memcpy(seen.local.octets, &info.ipi6_addr, 16);
            seen.interface_index = info.ipi6_ifindex;
            seen.local.is_ipv6 = 1;
            seen.local.is_valid = 1;
        } else if ((each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_RECVERR)
                   || (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_RECVERR)) {
            struct sock_extended_err error;
            memcpy(&error, CMSG_DATA(each), sizeof(error));
            seen.error = (int32_t)error.ee_errno;
            seen.error_origin = error.ee_origin;
            seen.error_type = error.ee_type;
            seen.error_code = error.ee_code;
        }
    }
    return seen;
}

/* Fills a control buffer so that a message leaves from the given local address (IP_PKTINFO, IPV6_PKTINFO).
   The buffer holds CSNMPIO_CONTROL_SIZE octets and is aligned for struct cmsghdr. Returns the length for
   msg_controllen. */
static inline size_t csnmpio_write_source(const struct csnmpio_address *local, void *control) {
    struct msghdr message;
    memset(&message, 0, sizeof(message));
    memset(control, 0, CMSG_SPACE(sizeof(struct in6_pktinfo)));
    message.msg_control = control;
    message.msg_controllen = CSNMPIO_CONTROL_SIZE;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (local->is_ipv6) {
        struct in6_pktinfo info;
        memset(&info, 0, sizeof(info));
        memcpy(&info.ipi6_addr, local->octets, 16);
        header->cmsg_level = IPPROTO_IPV6;
        header->cmsg_type = IPV6_PKTINFO;
        header->cmsg_len = CMSG_LEN(sizeof(info));
        memcpy(CMSG_DATA(header), &info, sizeof(info));
        return CMSG_SPACE(sizeof(info));
    }
    struct in_pktinfo info;
    memset(&info, 0, sizeof(info));
    memcpy(&info.ipi_spec_dst, local->octets, 4);
    header->cmsg_level = IPPROTO_IP;
    header->cmsg_type = IP_PKTINFO;
    header->cmsg_len = CMSG_LEN(sizeof(info));
    memcpy(CMSG_DATA(header), &info, sizeof(info));
    return CMSG_SPACE(sizeof(info));
}

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

/* Whether the kernel cuts one large message into equal datagrams (Linux 4.18). */
static inline bool csnmpio_can_segment(int fd) {
    int octets = 0;
    socklen_t size = sizeof(octets);
    return getsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &octets, &size) == 0;
}

/* Fills a control buffer so that the message goes out as datagrams of so many octets, the last one shorter perhaps.
   The buffer is as for csnmpio_write_source. Returns the length for msg_controllen. */
static inline size_t csnmpio_write_segment(uint16_t octets, void *control) {
    struct msghdr message;
    memset(&message, 0, sizeof(message));
    memset(control, 0, CMSG_SPACE(sizeof(octets)));
    message.msg_control = control;
    message.msg_controllen = CSNMPIO_CONTROL_SIZE;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_UDP;
    header->cmsg_type = UDP_SEGMENT;
    header->cmsg_len = CMSG_LEN(sizeof(octets));
    memcpy(CMSG_DATA(header), &octets, sizeof(octets));
    return CMSG_SPACE(sizeof(octets));
}

/* Sets an int option; 0 on success, else errno. */
static inline int csnmpio_set_option(int fd, int level, int name, int value) {
    return setsockopt(fd, level, name, &value, sizeof(value)) == 0 ? 0 : errno;
}

/* Asks for a receive buffer, beyond the system's limit where that is allowed, and returns what was granted,
   in octets of kernel memory. */
static inline int csnmpio_set_receive_buffer(int fd, int octets) {
    if (csnmpio_set_option(fd, SOL_SOCKET, SO_RCVBUFFORCE, octets) != 0) {
        csnmpio_set_option(fd, SOL_SOCKET, SO_RCVBUF, octets);
    }
    int granted = 0;
    socklen_t size = sizeof(granted);
    getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &granted, &size);
    return granted;
}

/* The same for the send buffer. */
static inline int csnmpio_set_send_buffer(int fd, int octets) {
    if (csnmpio_set_option(fd, SOL_SOCKET, SO_SNDBUFFORCE, octets) != 0) {
        csnmpio_set_option(fd, SOL_SOCKET, SO_SNDBUF, octets);
    }
    int granted = 0;
    socklen_t size = sizeof(granted);
    getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &granted, &size);
    return granted;
}

/* Turns on the error queue, so that an ICMP error names the datagram it answers. */
static inline int csnmpio_enable_error_queue(int fd, bool is_ipv6) {
    return is_ipv6 ? csnmpio_set_option(fd, IPPROTO_IPV6, IPV6_RECVERR, 1)
                   : csnmpio_set_option(fd, IPPROTO_IP, IP_RECVERR, 1);
}

/* Turns on the local address of each received datagram. */
static inline int csnmpio_enable_packet_info(int fd, bool is_ipv6) {
    return is_ipv6 ? csnmpio_set_option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
                   : csnmpio_set_option(fd, IPPROTO_IP, IP_PKTINFO, 1);
}

/* Watches a descriptor; events is a set of EPOLLIN, EPOLLOUT, EPOLLERR. Returns 0 or errno. */
static inline int csnmpio_watch(int epoll_fd, int operation, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event;
    memset(&event, 0, sizeof(event));
    event.events = events;
    event.data.u64 = token;
    return epoll_ctl(epoll_fd, operation, fd, &event) == 0 ? 0 : errno;
}

static inline uint64_t csnmpio_event_token(const struct epoll_event *event) { return event->data.u64; }

static inline uint32_t csnmpio_event_bits(const struct epoll_event *event) { return event->events; }

/* CLOCK_MONOTONIC in nanoseconds. */
static inline uint64_t csnmpio_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

/* The processor time a thread has used, in nanoseconds; 0 if it has ended. */
static inline uint64_t csnmpio_thread_nanoseconds(pthread_t thread) {
    clockid_t clock;
    struct timespec used;
    if (pthread_getcpuclockid(thread, &clock) != 0 || clock_gettime(clock, &used) != 0) { return 0; }
    return (uint64_t)used.tv_sec * 1000000000ull + (uint64_t)used.tv_nsec;
}

#endif
