// Peer: gosnmp, one session a device, fifty goroutines (what telegraf and snmp_exporter embed).
// Walks ifTable and ifXTable of each device by BulkWalk and prints the varbinds it got and its own CPU seconds.
//
//	gosnmp_walk PORT MAX_REPETITIONS CONCURRENCY < addresses
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

func main() {
	port, _ := strconv.Atoi(os.Args[1])
	repetitions, _ := strconv.Atoi(os.Args[2])
	concurrency, _ := strconv.Atoi(os.Args[3])
	var varbinds, failures int64
	addresses := make(chan string)
	var workers sync.WaitGroup
	for i := 0; i < concurrency; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for address := range addresses {
				session := &gosnmp.GoSNMP{
					Target: address, Port: uint16(port), Community: "public", Version: gosnmp.Version2c,
					Timeout: 2 * time.Second, Retries: 3, MaxRepetitions: uint32(repetitions), MaxOids: 60,
				}
				if session.Connect() != nil {
					atomic.AddInt64(&failures, 1)
					continue
				}
				for _, root := range []string{".1.3.6.1.2.1.2.2.1", ".1.3.6.1.2.1.31.1.1"} {
					err := session.BulkWalk(root, func(gosnmp.SnmpPDU) error {
						atomic.AddInt64(&varbinds, 1)
						return nil
					})
					if err != nil {
						atomic.AddInt64(&failures, 1)
					}
				}
				session.Conn.Close()
			}
		}()
	}
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		addresses <- input.Text()
	}
	close(addresses)
	workers.Wait()
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	cpu := float64(usage.Utime.Sec+usage.Stime.Sec) + float64(usage.Utime.Usec+usage.Stime.Usec)/1e6
	fmt.Printf("{\"varbinds\":%d,\"failures\":%d,\"cpu_seconds\":%.6f}\n", varbinds, failures, cpu)
	if failures > 0 {
		os.Exit(1)
	}
}
