// Peer: gosnmp, one session a device kept open, a goroutine for each of CONCURRENCY devices at a time (what telegraf
// and snmp_exporter embed). Reads columns of each device by BulkWalk, POLLS times, and prints the varbinds it got and
// the CPU seconds of polling: from when the first CONCURRENCY sessions were open (keys made, engines discovered).
//
//	gosnmp_poll PORT MAX_REPETITIONS CONCURRENCY POLLS tables|counters [USER AUTH_PASS PRIV_PASS] < addresses
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gosnmp/gosnmp"
)

const upTime = ".1.3.6.1.2.1.1.3.0"

func cpuSeconds() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Sec+usage.Stime.Sec) + float64(usage.Utime.Usec+usage.Stime.Usec)/1e6
}

func rootsOf(set string) []string {
	if set == "tables" {
		return []string{".1.3.6.1.2.1.2.2.1", ".1.3.6.1.2.1.31.1.1"}
	}
	var roots []string
	for column := 6; column <= 13; column++ {
		roots = append(roots, fmt.Sprintf(".1.3.6.1.2.1.31.1.1.1.%d", column))
	}
	return roots
}

func open(address string, port int, repetitions int, user []string) (*gosnmp.GoSNMP, error) {
	session := &gosnmp.GoSNMP{
		Target: address, Port: uint16(port), Community: "public", Version: gosnmp.Version2c,
		Timeout: 2 * time.Second, Retries: 3, MaxRepetitions: uint32(repetitions), MaxOids: 60,
	}
	if len(user) == 3 {
		session.Version = gosnmp.Version3
		session.SecurityModel = gosnmp.UserSecurityModel
		session.MsgFlags = gosnmp.AuthPriv
		session.SecurityParameters = &gosnmp.UsmSecurityParameters{
			UserName:               user[0],
			AuthenticationProtocol: gosnmp.SHA, AuthenticationPassphrase: user[1],
			PrivacyProtocol: gosnmp.AES, PrivacyPassphrase: user[2],
		}
	}
	if err := session.Connect(); err != nil {
		return nil, err
	}
	if len(user) == 3 {
		// Discovers the engine and makes the keys, so that neither is counted as polling.
		if _, err := session.Get([]string{upTime}); err != nil {
			return nil, err
		}
	}
	return session, nil
}

func main() {
	port, _ := strconv.Atoi(os.Args[1])
	repetitions, _ := strconv.Atoi(os.Args[2])
	concurrency, _ := strconv.Atoi(os.Args[3])
	polls, _ := strconv.Atoi(os.Args[4])
	roots := rootsOf(os.Args[5])
	user := os.Args[6:]
	var varbinds, failures int64
	var addresses []string
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		addresses = append(addresses, input.Text())
	}
	waiting := make(chan string, len(addresses))
	for _, address := range addresses {
		waiting <- address
	}
	close(waiting)
	var opened, workers sync.WaitGroup
	begin := make(chan struct{})
	opened.Add(concurrency)
	for i := 0; i < concurrency; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			isFirst := true
			ready := func() {
				if isFirst {
					isFirst = false
					opened.Done()
					<-begin
				}
			}
			defer ready()
			for address := range waiting {
				session, err := open(address, port, repetitions, user)
				ready()
				if err != nil {
					atomic.AddInt64(&failures, 1)
					continue
				}
				var count int64
				for poll := 0; poll < polls; poll++ {
					for _, root := range roots {
						err := session.BulkWalk(root, func(gosnmp.SnmpPDU) error {
							count++
							return nil
						})
						if err != nil {
							atomic.AddInt64(&failures, 1)
						}
					}
				}
				atomic.AddInt64(&varbinds, count)
				session.Conn.Close()
			}
		}()
	}
	opened.Wait()
	start := cpuSeconds()
	close(begin)
	workers.Wait()
	fmt.Printf("{\"varbinds\":%d,\"failures\":%d,\"cpu_seconds\":%.6f}\n", varbinds, failures, cpuSeconds()-start)
	if failures > 0 {
		os.Exit(1)
	}
}
